"""Takes mail that came before Carrel read the mailbox, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import aclosing
from datetime import datetime

from channels.email.access import ImapAccess
from channels.email.intake.connection import connected
from channels.email.intake.faults import Fault, MailboxFailed
from channels.email.intake.mailbox import Listed, Mailbox
from channels.email.intake.taken import Outcome
from channels.email.intake.taking import Taking

Progress = Callable[[int, int], None]  # hears how many are done, and of how many


async def import_since(
    access: ImapAccess, taking: Taking, since: datetime, *, progress: Progress, dry: bool
) -> Counter[Outcome]:
    """How many became what, of all that the server got since the instant (aware UTC).

    What is dealt with is marked and moved as when it comes; what is `dry` is only looked at. Raises
    `MailboxFailed`. Another process may read the mailbox meanwhile.
    """

    def listed(box: Mailbox) -> Iterator[Listed]:
        return box.listed(1, since=since)

    counts: Counter[Outcome] = Counter()
    refused: frozenset[int] = frozenset()
    copied: set[int] = set()
    async with connected(access) as connection:
        total = await connection.do(lambda box: sum(1 for _ in listed(box)))
        progress(0, total)
        async with aclosing(connection.parcels(listed)) as parcels:
            async for parcel in parcels:
                taken = await (taking.look(parcel) if dry else taking.take(parcel))
                if not dry:
                    refused |= await connection.settle(taken, copied=copied)
                counts.update(taken.outcomes.values())
                progress(counts.total(), total)
    if refused:  # all are kept: nothing is lost, and to import them again does nothing twice
        raise MailboxFailed("move", Fault.NOT_MOVED)
    return counts
