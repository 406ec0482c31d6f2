"""What adapters report of their channels is kept where the doctor looks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.channel_state import ChannelState, State
from bot.errors import StorageFailed
from scheduler.states import States
from storage.database import Database, open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.clock import NOON, SetClock

MINUTE = timedelta(minutes=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database in a file."""
    with open_database(f"sqlite:///{tmp_path}/carrel.db") as opened:
        yield opened


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands still."""
    return SetClock()


@pytest.fixture
def states(database: Database, clock: SetClock) -> States:
    """Nothing reported yet."""
    return States(lambda: SqlUnitOfWork(database.engine), clock=clock)


def noted(database: Database) -> tuple[ChannelState, ...]:
    """What the doctor would find."""
    with SqlUnitOfWork(database.engine) as uow:
        return uow.channels.all()


def test_the_latest_state_is_noted_once(
    states: States, database: Database, clock: SetClock
) -> None:
    states.report("slack", State.STARTING, "")
    clock.forward(MINUTE)
    states.report("slack", State.CONNECTED, "")

    assert states.note()
    assert not states.note()
    wanted = ChannelState(channel="slack", state=State.CONNECTED, told="", since=NOON + MINUTE)
    assert noted(database) == (wanted,)
    assert states.now() == {"slack": wanted}


def test_the_same_state_keeps_its_beginning(
    states: States, database: Database, clock: SetClock
) -> None:
    states.report("slack", State.RECONNECTING, "no network")
    states.note()
    clock.forward(MINUTE)
    states.report("slack", State.RECONNECTING, "Slack is away")
    states.note()

    (found,) = noted(database)
    assert found.since == NOON
    assert found.told == "Slack is away"


def test_what_could_not_be_noted_is_noted_later(states: States, database: Database) -> None:
    states.report("slack", State.CONNECTED, "")
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE channel_states RENAME TO hidden"))
    with pytest.raises(StorageFailed):
        states.note()

    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE hidden RENAME TO channel_states"))
    assert states.note()
    assert [one.state for one in noted(database)] == [State.CONNECTED]


def test_workers_are_told_and_the_log_names_trouble(
    database: Database, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[int] = []
    states = States(
        lambda: SqlUnitOfWork(database.engine), clock=clock, told=lambda: told.append(1)
    )
    with caplog.at_level(logging.WARNING):
        states.report("slack", State.CONNECTED, "")
        states.report("slack", State.CONNECTED, "")
        states.report("slack", State.REVOKED, "Install the app again.")

    assert told == [1, 1]
    assert [record.getMessage() for record in caplog.records] == [
        "slack is revoked. Install the app again."
    ]
