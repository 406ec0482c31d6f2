"""Processes that sweep are killed again and again, two at a time, and nothing is told twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import TypeAdapter
from sqlalchemy import select

from bot.app import Knowledge
from bot.domain.messages import OutboundMessage
from storage.database import Database, open_database
from storage.tables import notices, outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.conftest import ROOT
from tests.contract.conftest import server, shared_url
from tests.crowds import add_crowd
from tests.notices_reference import owed

__all__ = ["server", "shared_url"]
PEOPLE = 500
KILLS = 6
BEGINS = datetime(2027, 1, 10, tzinfo=UTC)
NOW = BEGINS + timedelta(days=1)
ENDS = (BEGINS + timedelta(days=30)).date()  # everybody hears of that on the first day
PATIENCE = 120.0
MESSAGES = TypeAdapter(OutboundMessage)


@pytest.fixture
def crowd(shared_url: str) -> Iterator[Database]:
    """Many whose subscriptions end on the same day."""
    with open_database(shared_url) as database:
        with database.engine.begin() as connection:
            add_crowd(connection, PEOPLE, lambda _: ENDS)
        yield database


def sweeper(url: str) -> subprocess.Popen[str]:
    """A process of its own, which has begun."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("COVERAGE", "CARREL_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.real.sweeper"],
        cwd=ROOT,
        env=kept | {"SWEPT_URL": url, "SWEPT_AT": NOW.isoformat()},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def kill(process: subprocess.Popen[str], after: int) -> None:
    """SIGKILL, when it did so many batches or had nothing left to do."""
    assert process.stdout is not None
    for _ in range(after):
        if not process.stdout.readline():
            break
    process.kill()
    process.wait()
    process.stdout.close()


def test_sweepers_that_are_killed_tell_each_notice_once(
    crowd: Database, shared_url: str, knowledge: Knowledge
) -> None:
    chance = random.Random(5)  # noqa: S311 - moments to replay, no secret
    for _ in range(KILLS // 2):
        pair = [sweeper(shared_url), sweeper(shared_url)]
        for each in pair:
            kill(each, chance.randrange(0, 14))
    last = sweeper(shared_url)
    assert last.wait(PATIENCE) == 0
    assert last.stdout is not None
    last.stdout.close()

    with SqlUnitOfWork(crowd.engine) as uow:
        program = knowledge.pack.program
        everybody = uow.situations.of(range(1, PEOPLE + 1), now=NOW, program=program)
        due = {key for one in everybody for key in owed(program, one, NOW)}
    with crowd.engine.connect() as connection:
        messages = connection.execute(select(outbox.c.message)).scalars()
        told = Counter(key for one in messages for key in MESSAGES.validate_json(one).notices)
        assert set(connection.execute(select(notices.c.key)).scalars()) == due
    assert told == Counter(due)
    assert len(due) > PEOPLE // 2
