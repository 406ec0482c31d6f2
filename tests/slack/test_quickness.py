"""Slack gets each acknowledgement in time, after a commit to a real database."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot.app import utc_now
from scheduler.receiver import Receiver
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.slack.delivery import Push
from tests.slack.server import SlackServer
from tests.slack.stand import served, stand_at
from tests.stand import listening

A_SECOND = 200  # events
SECONDS = 2


async def rush(slack: SlackServer) -> list[Push]:
    """Everything that was said within those seconds, once it is acknowledged."""
    now = asyncio.get_running_loop().time
    begun, pushes = now(), list[Push]()
    for number in range(A_SECOND * SECONDS):
        await asyncio.sleep(begun + number / A_SECOND - now())
        words = f"event {number}"
        pushes.append(await asyncio.to_thread(slack.say, f"U0P{number % 50:02}", words))
    await slack.until(lambda: all(push.acked for push in pushes))
    return pushes


@pytest.mark.parametrize("by_http", [False, True])
async def test_of_200_events_a_second_slack_has_to_send_none_twice(
    slack: SlackServer, tmp_path: Path, by_http: bool
) -> None:
    for number in range(50):
        slack.add_person(f"U0P{number:02}")
    stand = stand_at(slack, by_http=by_http)
    with open_database(f"sqlite:///{tmp_path}/carrel.db") as database:
        transaction = partial(SqlUnitOfWork, database.engine)
        receiver = Receiver(transaction, clock=utc_now)
        async with listening(stand, deliver=receiver.receive):
            if by_http:
                async with served(slack, stand):
                    said = await rush(slack)
            else:
                said = await rush(slack)
        await receiver.close()
        with transaction() as uow:
            kept = sum(uow.inbox.counts().values())

    assert kept == len(said)
    assert max(len(push.deliveries[0].sent) for push in said) == 1
