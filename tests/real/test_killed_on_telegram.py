"""A serving process is killed again and again while people talk on Telegram; all are answered."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import open_database
from tests.conftest import ROOT, VECTORS
from tests.telegram.server import TelegramServer
from tests.telegram.updates import Push

LIVES = 4
PEOPLE = range(101, 113)
AT_ONCE = 4  # messages that may be on their way to Telegram when a life ends
PATIENCE = 120.0  # seconds; a machine under load is slow, a stuck queue is for ever
HALL = -1_001_000_000_001
Wait = Callable[[Callable[[], bool]], None]


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """A dozen people who have begun with the bot, and a group where two of them talk."""
    with TelegramServer() as server:
        for person in PEOPLE:
            server.add_person(person)
        server.add_group(HALL, *PEOPLE[:2])
        yield server


@contextmanager
def serving(telegram: TelegramServer, folder: Path) -> Iterator[Wait]:
    """`carrel serve`, killed when the block is left; it gives what waits while that is alive."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("COVERAGE", "CARREL_"))}
    own = {
        "CARREL_DATA": str(folder / "data"),
        "CARREL_CACHE": str(VECTORS),
        "CARREL_TELEGRAM_TOKEN": telegram.token,
        "CARREL_TELEGRAM_API_URL": telegram.api_url,
        "CARREL_LEASE_SECONDS": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            cwd=ROOT,
            env=kept | own,
            stdout=log,
            stderr=log,
        )

    def wait(condition: Callable[[], bool]) -> None:
        telegram.wait(lambda: condition() or process.poll() is not None, seconds=PATIENCE)
        assert process.poll() is None, (folder / "log").read_text()

    try:
        yield wait
    finally:
        process.kill()
        process.wait()


def say_all(telegram: TelegramServer) -> list[Push]:
    """Everybody says something alone, and somebody in the group."""
    alone = [telegram.say(person, "hello") for person in PEOPLE]
    return [*alone, telegram.mention(PEOPLE[0], "help", chat=HALL)]


def answers(telegram: TelegramServer) -> Counter[int]:
    """How many messages each chat got."""
    return Counter({chat: len(telegram.posted(chat)) for chat in (*PEOPLE, HALL)})


def answered(telegram: TelegramServer, count: int) -> Callable[[], bool]:
    """Whether there are so many answers."""
    return lambda: answers(telegram).total() >= count


def test_everybody_is_answered_however_often_it_is_killed(
    telegram: TelegramServer, tmp_path: Path
) -> None:
    chance = random.Random(5)  # noqa: S311 - moments to replay, no secret
    said: list[Push] = []
    for life in range(LIVES):
        said += say_all(telegram) if life % 2 else []  # some is said while nobody serves
        with serving(telegram, tmp_path) as wait:
            said += say_all(telegram)
            some = answers(telegram).total() + chance.randint(1, 2 * len(PEOPLE))
            wait(answered(telegram, min(some, len(said))))
    owed = Counter(push.chat for push in said)
    with serving(telegram, tmp_path) as wait:
        wait(lambda: answers(telegram) >= owed)
        wait(lambda: all(push.acked for push in said))

    url = f"sqlite:///{tmp_path}/data/carrel.db"
    with open_database(url) as database, database.engine.connect() as connection:
        query = text("SELECT vendor_id, state FROM inbox ORDER BY vendor_id")
        kept = [(row[0], row[1]) for row in connection.execute(query)]
    assert kept == sorted((f"{push.chat}:{push.id}", "done") for push in said)
    repeated = answers(telegram).total() - len(said)
    assert repeated <= LIVES * AT_ONCE  # at worst what was on its way stands there twice
