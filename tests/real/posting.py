"""Forty candidates who mail files, and a server between that tries again until each is taken."""

from __future__ import annotations

import smtplib
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from pathlib import Path

from bot.app import open_store, utc_now
from bot.knowledge.pack import load_pack
from bot.settings import Settings
from bot.usecases.enrol import Enrolment, enrol
from tests.mail.dovecot import BOT
from tests.mail.letters import handed_on, letter
from tests.mail.world import World

WRITERS = 40
AHEAD = 30  # mails that are on their way while nobody was answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A mail as it is handed in; `files` are the names of what is attached."""

    id: str
    sender: str
    raw: bytes
    files: tuple[str, ...]


def enrol_writers(settings: Settings) -> None:
    """Makes them all candidates."""
    store, program = open_store(settings), load_pack(settings.program).program
    with store.uow() as uow:
        for number in range(WRITERS):
            who = Enrolment(
                name=f"Person {number}",
                email=_address(number),
                time_zone="UTC",
                enrolled_on=date(2026, 1, 1),
            )
            enrol(uow, program, who, now=utc_now())
        uow.commit()


def posts(count: int, folder: Path, *, server: str) -> list[Post]:
    """So many mails, every other one with two files; `server` finds that each is its sender's."""
    found = []
    for number in range(count):
        paths = [folder / f"m{number}-{part}.txt" for part in range(1 + number % 2)]
        for path in paths:
            path.write_text(f"What I did on day {number}: I helped a patron with {path.stem}.")
        mail = letter(_address(number % WRITERS), f"for TECH-{1 + number % 9}", *paths)
        found.append(_post(mail, server, paths))
    return found


class Postman(threading.Thread):
    """Hands mails in at a port, a few ahead of the answers, each until it is taken."""

    def __init__(self, waiting: Sequence[Post], port: int, answers: Answers) -> None:
        super().__init__(name="postman", daemon=True)
        self.taken = 0
        self._posts = waiting
        self._port = port
        self._answers = answers
        self._over = threading.Event()

    def run(self) -> None:
        """Until all are handed in."""
        for post in self._posts:
            while not self._over.is_set() and not self._hands_in(post):
                self._over.wait(0.05)  # as any server before ours does, only sooner
            self.taken += 1

    def end(self) -> None:
        """Gives up."""
        self._over.set()
        self.join()

    def _hands_in(self, post: Post) -> bool:
        if self.taken - len(self._answers.ids()) > AHEAD:
            return False
        try:
            with smtplib.SMTP("127.0.0.1", self._port, timeout=10) as door:
                door.sendmail(post.sender, [BOT], post.raw)
        except (OSError, smtplib.SMTPException):
            return False
        return True


class Answers:
    """Which mails were answered, and by which."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen = 0
        self._lock = threading.Lock()
        self._found: dict[str, set[str]] = defaultdict(set)

    def ids(self) -> Mapping[str, set[str]]:
        """The Message-IDs of the answers, by that of what they answer."""
        with self._lock:
            for one in self._world.arrived[self._seen :]:
                self._found[str(one.mail["In-Reply-To"])].add(str(one.mail["Message-ID"]))
                self._seen += 1
            return self._found


def _post(mail: EmailMessage, server: str, paths: Sequence[Path]) -> Post:
    return Post(
        id=str(mail["Message-ID"]),
        sender=str(mail["From"]),
        raw=handed_on(mail, server=server),
        files=tuple(path.name for path in paths),
    )


def _address(number: int) -> str:
    return f"person{number}@example.org"
