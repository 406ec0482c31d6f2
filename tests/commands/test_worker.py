"""Several `carrel worker` on one PostgreSQL, beside a process that receives."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from bot.app import utc_now
from bot.domain.messages import Address, InboundMessage
from scheduler.receiver import Receiver
from storage.database import Database, open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.commands.served import PATIENCE, served
from tests.commands.shell import Shell
from tests.slack.server import SlackServer

pytestmark = pytest.mark.xdist_group("serve")
PEOPLE, EACH = 8, 5
EVERYTHING = PEOPLE * EACH


def member(number: int) -> str:
    """The id of a member of the workspace."""
    return f"U0BAKER{number}"


def words(number: int) -> str:
    """A name that the answer says back."""
    return f"ask staff: May loaf number {number:03} cool overnight?"


def messages() -> list[InboundMessage]:
    """What everybody says, in turns."""
    said = []
    for number in range(EVERYTHING):
        address = Address(channel="slack", value=member(number % PEOPLE))
        said.append(
            InboundMessage(
                id=f"D{number % PEOPLE}:{number}",
                sender=address,
                conversation=str(address),
                text=words(number),
                sent_at=utc_now(),
            )
        )
    return said


async def receive(database: Database) -> int:
    """Receives everything as `carrel serve` does, and all of it once more; how much was new."""
    receiver = Receiver(lambda: SqlUnitOfWork(database.engine), clock=utc_now)
    twice = [*messages(), *messages()]
    fresh = await asyncio.gather(*(receiver.receive(message) for message in twice))
    await receiver.close()
    return sum(fresh)


def test_two_workers_handle_and_answer_every_message_once(shell: Shell, database: str) -> None:
    with SlackServer() as slack:
        for number in range(PEOPLE):
            slack.add_person(member(number))
        on = {"CARREL_DATABASE_URL": database, "CARREL_SLACK_APP_TOKEN": ""}
        with (
            served(shell, slack, "worker", **on) as first,
            served(shell, slack, "worker", **on) as second,
        ):
            with open_database(database) as kept:
                fresh = asyncio.run(receive(kept))
            slack.wait(lambda: answered(slack) >= EVERYTHING, seconds=PATIENCE)
            assert (first.stop(), second.stop()) == (0, 0)
        with open_database(database) as kept, SqlUnitOfWork(kept.engine) as uow:
            inbox, outbox = uow.inbox.counts(), uow.outbox.counts()
            asked = Counter(one.question for one in uow.handovers.open(limit=2 * EVERYTHING))
        answers = answered(slack)

    assert fresh == EVERYTHING
    assert inbox == {"waiting": 0, "claimed": 0, "done": EVERYTHING, "given-up": 0}
    assert outbox["waiting"] == outbox["claimed"] == 0
    assert answers == EVERYTHING
    assert len(asked) == EVERYTHING
    assert set(asked.values()) == {1}


def answered(slack: SlackServer) -> int:
    """How many messages the members got."""
    return sum(len(slack.posted(member(number))) for number in range(PEOPLE))
