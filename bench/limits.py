"""The dispatcher at a vendor's limits: a pile of notices on an SQLite file, on a simulated clock.

Everything but the clock and the channel is real. The clock stands still while Carrel works, and
sleeping moves it, so that what is counted is the pace that Carrel keeps and not the machine's.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

from bench.progress import tell
from bench.table import Line
from bot.domain.messages import Address, OutboundMessage, Paragraph, Reply
from bot.ports import Deliver
from bot.vendors.telegram import LIMITS
from scheduler.dispatcher import Dispatcher, Silence
from scheduler.pace import Pace
from scheduler.rests import Rests
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.clock import SetClock

NAME = "talk"  # whose limits are Telegram's
FEWEST, MOST = 29, 30  # in any second
LEASE = 60.0
SECOND = timedelta(seconds=1)


def run(*, quick: bool) -> list[Line]:
    """Two notices to each chat: one after the other in the queue, and far from each other."""
    chats = [f"{number}" for number in range(500 if quick else 5_000)]
    adjacent = [chat for chat in chats for _ in range(2)]
    return [
        *_lines("both of a chat adjacent", adjacent),
        *_lines("both of a chat far apart", [*chats, *chats]),
    ]


@dataclass(slots=True)
class _Counting:
    """A channel that takes everything in its turn and notes when."""

    pace: Pace
    clock: SetClock
    name: str = NAME
    sent: list[tuple[datetime, str]] = field(default_factory=list)

    async def listen(self, deliver: Deliver) -> None:
        """Nobody says anything here."""

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Takes it."""
        await self.pace.take()
        self.sent.append((self.clock(), message.to.value))
        return (f"{len(self.sent)}",)

    async def close(self) -> None:
        """Nothing to let go of."""


def _lines(what: str, chats: Sequence[str]) -> Iterator[Line]:
    tell(f"limits: {len(chats):,} notices, {what}")
    started = time.perf_counter()
    sent = asyncio.run(_sent(chats))
    took = time.perf_counter() - started
    if sorted(chat for _, chat in sent) != sorted(chats):
        raise RuntimeError(f"{len(chats)} notices waited and {len(sent)} went: look for the loss")
    fewest, most = _in_a_second([at for at, _ in sent])
    shortest = _shortest_pause(sent)
    yield _line(f"fewest in any second, {what}", fewest, "/s", FEWEST, "target 29 or more")
    yield _line(f"most in any second, {what}", most, "/s", MOST, "target 30 or less")
    yield _line(f"shortest pause in a chat, {what}", shortest, "s", 1.0, "target 1 or more")
    there = len(chats) * LIMITS.anywhere
    yield _line(f"real time for {len(chats):,}, {what}", took, "s", there, "the simulated time")


def _line(what: str, figure: float, unit: str, other: float, to: str) -> Line:
    return Line(what=what, figure=figure, unit=unit, ratio=figure / other, to=to)


async def _sent(chats: Sequence[str]) -> list[tuple[datetime, str]]:
    """When a notice went to which chat, until all did."""
    clock = SetClock()

    async def sleep(seconds: float) -> None:
        clock.forward(timedelta(seconds=seconds))

    with (
        tempfile.TemporaryDirectory() as name,
        open_database(f"sqlite:///{Path(name) / 'carrel.db'}") as database,
    ):
        transaction = partial(SqlUnitOfWork, database.engine)
        _queue(transaction(), chats, at=clock())
        pace = Pace(transaction, NAME, limits=LIMITS, clock=clock, sleep=sleep)
        channel = _Counting(pace=pace, clock=clock)
        dispatcher = Dispatcher(
            {NAME: channel},
            transaction,
            clock=clock,
            lease_seconds=LEASE,
            silence=Silence(rests=Rests(limits={NAME: LIMITS})),
        )
        while (due_in := await dispatcher.send_waiting(lambda: False)) is not None:
            await sleep(due_in)
    return channel.sent


def _queue(unit: SqlUnitOfWork, chats: Sequence[str], *, at: datetime) -> None:
    with unit:
        for number, chat in enumerate(chats):
            to = Address(channel=NAME, value=chat)
            reply = Reply(blocks=(Paragraph(text="The office is closed tomorrow."),))
            notice = OutboundMessage(
                key=f"notice:{number}", to=to, conversation=str(to), reply=reply
            )
            unit.outbox.add(notice, due=at)
        unit.commit()


def _in_a_second(times: Sequence[datetime]) -> tuple[int, int]:
    """The fewest and the most in any second between the first and the last, wherever it begins."""
    whole = [at for at in times if at + SECOND <= times[-1]]
    fewest = min(bisect_right(times, at + SECOND) - bisect_right(times, at) for at in whole)
    most = max(bisect_left(times, at + SECOND) - bisect_left(times, at) for at in whole)
    return fewest, most


def _shortest_pause(sent: Sequence[tuple[datetime, str]]) -> float:
    """Seconds between two to the same chat."""
    chats: dict[str, list[datetime]] = defaultdict(list)
    for at, chat in sent:
        chats[chat].append(at)
    pauses = (later - at for times in chats.values() for at, later in pairwise(times))
    return min(pauses).total_seconds()
