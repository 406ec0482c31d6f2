"""Messages that arrive together are kept together, and each sender hears of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.domain.messages import InboundMessage
from bot.errors import StorageFailed
from scheduler.receiver import MOST_AT_ONCE, MOST_WAITING, Overloaded, Receiver
from storage.database import Database, open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.clock import SetClock
from tests.contract.examples import inbound


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database in a file."""
    with open_database(f"sqlite:///{tmp_path}/carrel.db") as opened:
        yield opened


@pytest.fixture
def commits(database: Database) -> list[Any]:
    """One item for each commit from now on."""
    seen: list[Any] = []
    event.listen(database.engine, "commit", seen.append)
    return seen


def receiver(database: Database, **more: Any) -> Receiver:
    """A receiver of that database."""
    return Receiver(lambda: SqlUnitOfWork(database.engine), clock=SetClock(), **more)


def messages(count: int) -> list[InboundMessage]:
    """Different messages."""
    return [inbound(str(number)) for number in range(count)]


def kept(database: Database) -> int:
    """How many messages are in the inbox."""
    with SqlUnitOfWork(database.engine) as uow:
        return uow.inbox.counts()["waiting"]


async def received(given: Receiver, these: list[InboundMessage]) -> list[bool | BaseException]:
    """What each sender heard, all sending at the same moment."""
    return await asyncio.gather(*map(given.receive, these), return_exceptions=True)


async def test_messages_of_one_moment_share_a_commit(
    database: Database, commits: list[Any]
) -> None:
    heard = await received(receiver(database), messages(2 * MOST_AT_ONCE))

    assert heard == [True] * (2 * MOST_AT_ONCE)
    assert len(commits) == 2
    assert kept(database) == 2 * MOST_AT_ONCE


async def test_the_same_message_twice_is_known_the_second_time(database: Database) -> None:
    one, other = messages(2)

    assert await received(receiver(database), [one, one, other]) == [True, False, True]
    assert await received(receiver(database), [other]) == [False]
    assert kept(database) == 2


async def test_nobody_hears_before_it_is_committed(database: Database, commits: list[Any]) -> None:
    given = receiver(database)
    order: list[str] = []
    event.listen(database.engine, "commit", lambda _: order.append("commit"))

    async def send(message: InboundMessage) -> None:
        await given.receive(message)
        order.append("heard")

    await asyncio.gather(*map(send, messages(3)))

    assert order == ["commit", "heard", "heard", "heard"]


async def test_a_message_that_cannot_be_kept_fails_alone(database: Database) -> None:
    def poisoned(_conn: Any, _cursor: Any, _statement: Any, values: Any, *_: Any) -> None:
        if "poison" in str(values):
            raise ValueError("that cannot be written")

    event.listen(database.engine, "before_cursor_execute", poisoned)
    good, bad, late = inbound("1"), inbound("2", text="poison"), inbound("3")

    one, two, three = await received(receiver(database), [good, bad, late])

    assert (one, three) == (True, True)
    assert isinstance(two, ValueError)
    assert kept(database) == 2


async def test_a_database_that_is_away_is_not_asked_for_every_message(
    database: Database,
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE inbox"))
    asked: list[Any] = []
    event.listen(database.engine, "begin", asked.append)

    heard = await received(receiver(database), messages(50))

    assert all(isinstance(each, StorageFailed) for each in heard)
    assert len(asked) == 3


async def test_more_than_can_be_kept_in_time_is_refused_at_once(database: Database) -> None:
    heard = await received(receiver(database), messages(MOST_WAITING + 5))

    refused = [each for each in heard if isinstance(each, Overloaded)]
    assert len(refused) == 5
    assert kept(database) == MOST_WAITING


async def test_new_messages_are_told_of_and_known_ones_are_not(database: Database) -> None:
    told: list[int] = []
    given = receiver(database, told=told.append)

    await received(given, messages(3))
    await received(given, messages(3))

    assert told == [3]


async def test_whoever_leaves_before_the_answer_disturbs_nobody(database: Database) -> None:
    given = receiver(database)
    one, other = messages(2)
    leaving = asyncio.create_task(given.receive(one))
    staying = asyncio.create_task(given.receive(other))
    await asyncio.sleep(0)
    leaving.cancel()

    assert await staying
    await given.close()
    assert kept(database) == 2


async def test_what_arrived_is_kept_before_the_end_and_what_comes_later_is_refused(
    database: Database,
) -> None:
    given = receiver(database)
    first, late = messages(2)
    arriving = asyncio.create_task(given.receive(first))
    await asyncio.sleep(0)

    await given.close()

    assert await arriving
    with pytest.raises(RuntimeError):
        await given.receive(late)
