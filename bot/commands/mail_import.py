"""`carrel mail import`: takes mail that came before Carrel read the mailbox."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import click

from bot.app import Store, open_store, utc_now
from bot.configured import rooms
from bot.domain.messages import Address
from bot.domain.program import Program
from bot.errors import CarrelError, ConfigurationError
from bot.knowledge.pack import load_pack
from bot.ports import UnitOfWork
from bot.settings import Settings
from bot.usecases.link_tokens import seal
from bot.usecases.note_bounce import CameBack, note_bounce
from bot.usecases.note_set_aside import SetAside, note_set_aside
from bot.vendors.email import EMAIL, reading, reads, sender
from scheduler.receiver import Receiver

WORDS = {
    "processed": "{} taken",
    "known": "{} known already",
    "silent": "{} from machines",
    "failed": "{} set aside",
    "again": "{} left where they are",
}
AGAIN = "Some mail could not be kept now: see the log, then run the same command again."


@click.group()
def mail() -> None:
    """Look after the mailbox that Carrel reads."""


@mail.command(name="import")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    metavar="DATE",
    help="The first day to take mail of, as 2026-01-31 (in UTC).",
)
@click.option("--dry-run", is_flag=True, help="Only say what would become of the mail.")
@click.pass_obj
def import_mail(settings: Settings, since: datetime, *, dry_run: bool) -> None:
    """Take mail that lay in the mailbox before Carrel read it first.

    It is kept, marked as read and moved as if it came now; carrel serve, which may run meanwhile,
    answers it. What is known already is not answered again. Exit code 1 when some is to be tried
    again.
    """
    wanted = EMAIL.setup(settings).missing
    if wanted or not reads(settings):
        names = (*wanted, *(() if reads(settings) else ("CARREL_IMAP_URL",)))
        raise ConfigurationError(f"No mail is read here: set {' and '.join(names)}.")
    counts = _imported(settings, since.replace(tzinfo=UTC), dry=dry_run)
    told = [words.format(counts[name]) for name, words in WORDS.items() if counts.get(name)]
    only = "Nothing was done; what would become of it: " if dry_run and told else ""
    click.echo(f"{only}{', '.join(told) or 'There is no mail since that day'}.")
    if counts.get("again"):
        raise CarrelError(AGAIN)


def _imported(settings: Settings, since: datetime, *, dry: bool) -> Mapping[str, int]:
    from channels.email.intake.faults import MailboxFailed

    try:
        return asyncio.run(_run(settings, open_store(settings), since, dry=dry))
    except MailboxFailed as failure:
        raise CarrelError(f"{failure.told[0].upper()}{failure.told[1:]}.") from failure


async def _run(
    settings: Settings, store: Store, since: datetime, *, dry: bool
) -> Mapping[str, int]:
    from channels.email.adapter import own_of
    from channels.email.intake.importing import import_since
    from channels.email.intake.taking import Taking
    from channels.email.intake.understanding import Understanding

    source = reading(settings, store)
    receiver = Receiver(store.uow, clock=utc_now)
    understanding = Understanding(
        own_of(sender(settings), seal=partial(seal, store.signer)), source.proving
    )
    notes = _Notes(store.uow, load_pack(settings.program).program, rooms(settings))
    taking = Taking(understanding, store.files, notes, clock=utc_now, deliver=receiver.receive)
    try:
        with _bar() as progress:
            counts = await import_since(source.access, taking, since, progress=progress, dry=dry)
    finally:
        taking.end()
        await receiver.close()
    return {outcome.value: count for outcome, count in counts.items()}


@dataclass(frozen=True, slots=True)
class _Notes:
    """Notes what came back and what was set aside; staff have these `rooms`."""

    transaction: Callable[[], UnitOfWork]
    program: Program
    rooms: tuple[Address, ...]

    def bounced(self, address: Address, *, receipt: str, hard: bool, why: str) -> bool:
        """Whether Carrel had sent that there."""
        with self.transaction() as uow:
            came = CameBack(receipt=receipt, hard=hard, why=why)
            known = note_bounce(uow, self.program, address, came, rooms=self.rooms, now=utc_now())
            uow.commit()
        return known

    def set_aside(self, key: str, *, sender: str, why: str, proved: bool = False) -> None:
        """Tells staff, once for each key."""
        with self.transaction() as uow:
            mail = SetAside(key=key, sender=sender, why=why, proved=proved)
            note_set_aside(uow, self.program, mail, rooms=self.rooms, now=utc_now())
            uow.commit()

    def received(self, channel: str, ids: Collection[str]) -> frozenset[str]:
        """Those that were handed over before."""
        with self.transaction() as uow:
            return uow.inbox.known(channel, ids)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Shows how far it is, where somebody looks on."""
    with ExitStack() as shown:
        step: list[Callable[[int], None]] = []
        shown_so_far = 0

        def progress(done: int, total: int) -> None:
            nonlocal shown_so_far
            if not step:
                bar = click.progressbar(length=total, label="Taking mail", file=sys.stderr)
                step.append(shown.enter_context(bar).update)
            step[0](done - shown_so_far)
            shown_so_far = done

        yield progress
