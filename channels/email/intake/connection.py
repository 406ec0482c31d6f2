"""A mailbox from the event loop's side: each step in the mailbox's own thread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import TypeVar

from channels.email.access import ImapAccess
from channels.email.intake.mailbox import Listed, Mailbox
from channels.email.intake.parcels import Parcel, Parcels, ahead
from channels.email.intake.taken import Outcome, Taken
from channels.email.intake.thread import OwnThread

T = TypeVar("T")
LEAVING = 1.0  # seconds for taking leave; then the connection is cut


class Connection:
    """An open mailbox. One step at a time."""

    def __init__(self, box: Mailbox, thread: OwnThread) -> None:
        self.box = box
        self._thread = thread

    async def do(self, step: Callable[[Mailbox], T]) -> T:
        """What the step gives; raises `MailboxFailed`."""
        return await self._thread.do(lambda: step(self.box))

    def parcels(self, list_: Callable[[Mailbox], Iterator[Listed]]) -> AsyncGenerator[Parcel, None]:
        """What is listed, some mails at a time; nothing is marked by that."""
        return ahead(self._thread, Parcels(self.box, list_(self.box)))

    async def settle(self, taken: Taken, *, copied: set[int]) -> frozenset[int]:
        """Marks and moves what is dealt with; harmless where somebody took it away meanwhile.

        Gives those that the server refused to move; `copied` is as in `Mailbox.settle`.
        """
        done, failed = taken.done, taken.uids(Outcome.FAILED)
        if not done and not failed:
            return frozenset()
        return await self.do(lambda box: box.settle(done, failed, copied=copied))


@asynccontextmanager
async def connected(access: ImapAccess) -> AsyncIterator[Connection]:
    """The mailbox, until the end of the block, which ends what is under way there.

    Raises `MailboxFailed`, and `ConfigurationError` when the certificates cannot be used.
    """
    thread = OwnThread("mailbox")
    opening = thread.do(lambda: Mailbox(access))
    try:
        box = await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_closed)
        raise
    finally:
        if not opening.done() or opening.exception():
            thread.end()
    try:
        yield Connection(box, thread)
    finally:
        await _leave(box, thread)


async def _leave(box: Mailbox, thread: OwnThread) -> None:
    box.wake()
    left = thread.do(box.close)
    thread.end()
    await asyncio.wait({left}, timeout=LEAVING)
    if not left.done():
        box.cut()


def _closed(opening: asyncio.Future[Mailbox]) -> None:
    """Nobody waits for it any more."""
    if not opening.cancelled() and not opening.exception():
        opening.result().cut()
        opening.result().close()
