"""A serving process is killed again and again while people talk on Slack; everybody is answered."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import open_database
from tests.conftest import ROOT, VECTORS
from tests.slack.delivery import Push
from tests.slack.server import SlackServer

LIVES = 3
SAID = 12  # messages in each life
AT_ONCE = 4  # messages that may be on their way to Slack when a life ends
PATIENCE = 120.0  # seconds; a machine under load is slow, a stuck queue is for ever
HALL = "C0HALL"


@pytest.fixture
def slack() -> Iterator[SlackServer]:
    """A workspace where three people talk in a channel."""
    with SlackServer() as server:
        server.be_patient(1.0)
        for person in ("U0ADA", "U0BEA", "U0DOT"):
            server.add_person(person)
        server.add_channel(HALL, *server.workspace.users)
        yield server


@contextmanager
def serving(slack: SlackServer, folder: Path) -> Iterator[None]:
    """`carrel serve`, killed when the block is left."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("COVERAGE", "CARREL_"))}
    own = {
        "CARREL_DATA": str(folder / "data"),
        "CARREL_CACHE": str(VECTORS),
        "CARREL_SLACK_BOT_TOKEN": slack.token,
        "CARREL_SLACK_APP_TOKEN": slack.app_token,
        "CARREL_SLACK_API_URL": slack.api_url,
        "CARREL_LEASE_SECONDS": "1",
        "TOKENIZERS_PARALLELISM": "false",
    }
    before = slack.links_ever
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"],
            cwd=ROOT,
            env=kept | own,
            stdout=log,
            stderr=log,
        )
    try:
        slack.wait(
            lambda: slack.links_ever > before or process.poll() is not None, seconds=PATIENCE
        )
        assert process.poll() is None, (folder / "log").read_text()
        yield
    finally:
        process.kill()
        process.wait()


def say_all(slack: SlackServer) -> list[Push]:
    """Everybody says something."""
    people = sorted(slack.workspace.users)
    return [
        slack.say(people[n % len(people)], "help", channel=HALL, mention=True) for n in range(SAID)
    ]


def answers(slack: SlackServer) -> Counter[str]:
    """How often each message was answered, by its timestamp."""
    return Counter(message["thread_ts"] for message in slack.posted(HALL))


def wait_for(slack: SlackServer, count: int) -> None:
    """Until so many messages are answered."""
    slack.wait(lambda: len(answers(slack)) >= count, seconds=PATIENCE)


def test_everybody_is_answered_however_often_it_is_killed(
    slack: SlackServer, tmp_path: Path
) -> None:
    said: list[Push] = []
    for life in range(LIVES):
        said += say_all(slack) if life % 2 else []  # some is said while nobody serves
        with serving(slack, tmp_path):
            said += say_all(slack)
            wait_for(slack, min(len(said), len(answers(slack)) + 1 + 3 * life))
    with serving(slack, tmp_path):
        wait_for(slack, len(said))
        slack.wait(lambda: all(one.acked for one in said), seconds=PATIENCE)

    url = f"sqlite:///{tmp_path}/data/carrel.db"
    with open_database(url) as database, database.engine.connect() as connection:
        query = text("SELECT vendor_id, state FROM inbox ORDER BY vendor_id")
        kept = [(row[0], row[1]) for row in connection.execute(query)]
    assert kept == sorted((f"{HALL}:{one.ts}", "done") for one in said)
    assert set(answers(slack)) == {one.ts for one in said}
    repeated = sum(answers(slack).values()) - len(said)
    assert repeated <= LIVES * AT_ONCE  # at worst what was on its way stands there twice
