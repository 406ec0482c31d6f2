"""Turns to speak on a channel: none too early, none twice, whoever takes them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import DeliveryFailed
from bot.ports import Limits
from scheduler.pace import Pace
from storage.database import Database, open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.clock import NOON, SetClock

LIMITS = Limits(anywhere=0.5)


class Time:
    """A clock that sleeping moves; `slept` are the seconds of each sleep."""

    def __init__(self) -> None:
        self.clock = SetClock()
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        """Time passes at once."""
        self.slept.append(seconds)
        self.clock.forward(timedelta(seconds=seconds))

    def pace(self, database: Database, *, channel: str = "talk", limits: Limits = LIMITS) -> Pace:
        """Turns on that database."""
        transaction = partial(SqlUnitOfWork, database.engine)
        return Pace(transaction, channel, limits=limits, clock=self.clock, sleep=self.sleep)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    with open_database(f"sqlite:///{tmp_path}/carrel.db") as opened:
        yield opened


async def test_each_turn_is_waited_for_and_the_first_is_at_once(database: Database) -> None:
    of = Time()
    pace = of.pace(database)
    for _ in range(3):
        await pace.take()

    assert of.slept == [0.5, 0.5]
    assert of.clock() == NOON + timedelta(seconds=1)


async def test_who_comes_late_waits_for_nothing(database: Database) -> None:
    of = Time()
    pace = of.pace(database)
    await pace.take()
    of.clock.forward(timedelta(seconds=0.7))
    await pace.take()

    assert of.slept == []


async def test_all_who_speak_on_a_channel_share_its_turns(database: Database) -> None:
    of = Time()
    for pace in (of.pace(database), of.pace(database), of.pace(database, channel="chat")):
        await pace.take()

    assert of.slept == [0.5]


async def test_tasks_that_take_turns_at_once_get_one_each(database: Database) -> None:
    of = Time()
    pace = of.pace(database)
    await asyncio.gather(*(pace.take() for _ in range(4)))

    with SqlUnitOfWork(database.engine) as unit:
        every = timedelta(seconds=LIMITS.anywhere)
        assert unit.channels.turn("talk", now=NOON, every=every) == NOON + 4 * every


async def test_who_would_wait_long_does_not_wait_and_the_channel_has_its_pause(
    database: Database,
) -> None:
    of = Time()
    pace = of.pace(database, limits=Limits(anywhere=2.0))
    with SqlUnitOfWork(database.engine) as unit:
        for _ in range(3):
            unit.channels.turn("talk", now=NOON, every=timedelta(seconds=2))
        unit.commit()
    with pytest.raises(DeliveryFailed, match="wait for their turn") as failed:
        await pace.take()

    assert failed.value.ours
    assert failed.value.retry_after
    assert of.slept == []
    of.clock.forward(timedelta(seconds=failed.value.retry_after))
    await pace.take()
    assert of.slept == [1.0]


async def test_a_clock_that_was_ahead_holds_up_nobody(database: Database) -> None:
    of = Time()
    pace = of.pace(database)
    of.clock.forward(timedelta(hours=1))
    await pace.take()
    of.clock.forward(-timedelta(hours=1))
    await pace.take()

    assert of.slept == []


async def test_where_nothing_is_limited_nothing_is_asked(database: Database) -> None:
    of = Time()
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE channel_turns"))
    await of.pace(database, limits=Limits()).take()

    assert of.slept == []


async def test_without_a_database_the_channel_is_in_trouble_not_the_message(
    database: Database,
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE channel_turns"))
    with pytest.raises(DeliveryFailed) as failed:
        await Time().pace(database).take()

    assert failed.value.ours
