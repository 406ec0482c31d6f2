"""Carrel, the mailbox and the relay are killed again and again while people mail files.

`CARREL_TEST_SCALE` is how many mails there are: 2000 bring 3000 files.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.settings import Settings
from storage.database import open_database
from tests.conftest import ROOT, VECTORS
from tests.mail.dovecot import BOT, Dovecot
from tests.mail.postfix import Postfix
from tests.mail.programs import short_folder
from tests.mail.world import World
from tests.real.posting import Answers, Postman, enrol_writers, posts

MAILS = int(os.environ.get("CARREL_TEST_SCALE", "200"))
KILLS = max(12, MAILS // 80)
PATIENCE = 180.0  # seconds without anything new; a machine under load is slow
RELAY = "relay.mail.test"


class Town:
    """The three that are killed, and the world around them."""

    def __init__(self, folder: Path, servers: ExitStack) -> None:
        self.folder = folder
        self.world = servers.enter_context(World())
        self.dovecot = servers.enter_context(Dovecot(servers.enter_context(short_folder())))
        place = servers.enter_context(short_folder())
        self.postfix = servers.enter_context(Postfix(place, self.dovecot, self.world.port))
        self.answers = Answers(self.world)
        self.settings = Settings(_env_file=None, data=folder / "data", cache=VECTORS)
        self._process: subprocess.Popen[bytes] | None = None
        servers.callback(self.kill_carrel)

    def start_carrel(self) -> None:
        """`carrel serve`."""
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("COVERAGE", "CARREL_"))}
        own = {
            "CARREL_DATA": str(self.settings.data),
            "CARREL_CACHE": str(VECTORS),
            "CARREL_IMAP_URL": self.dovecot.url(),
            "CARREL_SMTP_URL": self.postfix.url(),
            "CARREL_CA_FILE": str(self.dovecot.ca),
            "CARREL_MAIL_ADDRESS": f"Carrel <{BOT}>",
            "CARREL_MAIL_AUTHSERV_ID": f"{RELAY} below",
            "CARREL_MAIL_HOURLY": "10000",
            "CARREL_LEASE_SECONDS": "1",
            "TOKENIZERS_PARALLELISM": "false",
        }
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "serve"],
                cwd=ROOT,
                env=kept | own,
                stdout=log,
                stderr=log,
            )

    def kill_carrel(self) -> None:
        """SIGKILL."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def kill(self, name: str) -> None:
        """Kills one of the three, and starts it again."""
        match name:
            case "carrel":
                self.kill_carrel()
                self.start_carrel()
            case "dovecot":
                self.dovecot.kill9()
                self.dovecot.start()
            case _:
                self.postfix.kill9()
                self.postfix.start()

    def wait(self, condition: Callable[[], object]) -> None:
        """Until the condition holds; fails when Carrel ended by itself."""
        process = self._process
        assert process is not None
        self.world.watch.wait(lambda: condition() or process.poll() is not None, seconds=PATIENCE)
        assert process.poll() is None, (self.folder / "log").read_text()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database holds."""
        with (
            open_database(self.settings.database) as database,
            database.engine.connect() as connection,
        ):
            return [tuple(row) for row in connection.exec_driver_sql(query)]


def beyond(counter: Callable[[], int], count: int) -> Callable[[], bool]:
    """Whether more than so many were counted."""
    return lambda: counter() > count


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Everything runs, and Carrel has seen its empty mailbox."""
    with ExitStack() as servers:
        town = Town(tmp_path, servers)
        enrol_writers(town.settings)
        town.start_carrel()
        town.wait(lambda: town.rows("SELECT name FROM mailbox_places"))
        yield town


def test_every_file_is_filed_once_and_every_mail_answered_once(town: Town, tmp_path: Path) -> None:
    chance = random.Random(11)  # noqa: S311 - moments to replay, no secret
    (tmp_path / "files").mkdir()
    mails = posts(MAILS, tmp_path / "files", server=RELAY)
    postman = Postman(mails, town.postfix.smtp, town.answers)
    counters: tuple[Callable[[], int], ...] = (
        lambda: len(town.answers.ids()),
        lambda: town.dovecot.count(folder="Processed"),
        lambda: postman.taken,
    )
    victims = ["carrel", "dovecot", "postfix"] * (KILLS // 3 + 1)
    postman.start()
    for moment, victim in zip(sorted(chance.sample(range(MAILS), KILLS)), victims, strict=False):
        town.wait(beyond(chance.choice(counters), moment))
        town.kill(victim)
    town.wait(beyond(counters[0], MAILS - 1))
    town.wait(lambda: not town.dovecot.count() and not town.postfix.waiting())
    postman.end()

    wanted = Counter(name for mail in mails for name in mail.files)
    assert Counter(name for (name,) in town.rows("SELECT name FROM evidence")) == wanted
    assert town.answers.ids().keys() == {mail.id for mail in mails}
    assert {len(ids) for ids in town.answers.ids().values()} == {1}  # a repeat has the same id
    assert town.dovecot.count(folder="Failed") == 0
    assert town.rows("SELECT DISTINCT state FROM inbox") == [("done",)]
    assert town.rows("SELECT DISTINCT state FROM outbox") == [("sent",)]
    assert town.rows("SELECT count(*) FROM inbox") == [(MAILS,)]
