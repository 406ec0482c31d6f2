"""In which order a serving process ends, and what it says when a part of it ends by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.ports import UnitOfWork
from scheduler.receiver import Receiver
from scheduler.service import Service, Side, SideShut
from scheduler.workers import Workers
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.clock import SetClock
from tests.desk import MemoryChannel

PATIENCE = 30.0


class Watched(MemoryChannel):
    """A channel that remembers whether it was let go of."""

    closed = False

    async def close(self) -> None:
        """Lets go."""
        self.closed = True


def service(transaction: Callable[[], UnitOfWork], channel: Watched, side: Side) -> Service:
    """One channel and one side."""
    receiver = Receiver(transaction, clock=SetClock())
    return Service(
        listeners=[channel],
        channels=[channel],
        sides=[side],
        receiver=receiver,
        deliver=receiver.receive,
        workers=Workers(list, count=1),
        senders=[],
    )


async def served(folder: Path, side: Side, *, told: bool) -> Watched:
    """The channel after the service ended."""
    channel, stop = Watched(), asyncio.Event()
    if told:
        stop.set()
    with open_database(f"sqlite:///{folder}/carrel.db") as database:
        made = service(lambda: SqlUnitOfWork(database.engine), channel, side)
        async with asyncio.timeout(PATIENCE):
            try:
                await made.run(stop)
            finally:
                assert channel.closed
    return channel


async def broken() -> None:
    """A side that fails."""
    raise OSError("the socket is gone")


async def ended() -> None:
    """A side that ends."""


@pytest.mark.parametrize("side", [broken, ended])
async def test_a_side_that_ends_by_itself_ends_the_service_as_a_failure(
    tmp_path: Path, side: Side
) -> None:
    with pytest.raises(SideShut, match="ended by itself"):
        await served(tmp_path, side, told=False)


async def test_who_told_it_to_stop_hears_of_no_failure(tmp_path: Path) -> None:
    async def open_ended() -> None:
        await asyncio.Event().wait()

    assert (await served(tmp_path, open_ended, told=True)).closed
