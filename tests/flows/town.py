"""A house with everybody who may have to do with it, and ways for things to stand at first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from bot.app import Knowledge
from bot.domain.files import Page, Reading
from bot.domain.messages import OutboundMessage
from bot.domain.program import CompetencySet, Program
from bot.domain.rights import Role
from bot.usecases.enrol import Enrolment
from channels.markup import plain_text
from handlers.pipeline import Pipeline
from storage.tables import metadata
from tests.cast import ADA, ADE, BEA, DOT, MIA, REV, ROB, SAL
from tests.desk import LEASE, House

# Each candidate's files and words carry a word of their own, so that a leak shows.
OWN_WORDS = {
    ADA.email: "quokka",
    BEA.email: "wombat",
    ROB[1]: "numbat",  # reviews too
    ADE[1]: "bilby",  # is of the staff too
}
NAMES = {ADA.email: ADA.name, BEA.email: BEA.name, ROB[1]: ROB[0], ADE[1]: ADE[0]}
PLAIN = (ADA.email, BEA.email)
CANDIDATES = (*PLAIN, ROB[1], ADE[1])
REVIEWERS = (REV[1], ROB[1])
STAFF = (SAL[1], ADE[1])
OUTSIDERS = (MIA[1], DOT)
EVERYBODY = (*CANDIDATES, REV[1], SAL[1], *OUTSIDERS)
_UNCHANGING = {"inbox", "outbox", "turns", "turn_passages", "passages_known"}


class PlainReader:
    """Reads texts in this process: what is sent here is short and honest."""

    def read(self, path: Path, *, name: str) -> Reading:
        """The text."""
        text = path.read_text(encoding="utf-8")
        return Reading(media_type="text/plain", pages=(Page(number=1, text=text),), title=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message that was sent, and what its reader themselves had said just before."""

    message: OutboundMessage
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    database: sqlite3.Connection
    at: datetime
    words: int


class Town:
    """People around one house in memory, which can stand again as it stood at a beginning."""

    def __init__(self, knowledge: Knowledge, folder: Path) -> None:
        self.house = House(knowledge, folder)
        self.house.desk = replace(self.house.desk, reader=PlainReader())
        self.house.pipeline = Pipeline(self.house.desk, self.house.transaction, lease_seconds=LEASE)
        self.program: Program = knowledge.pack.program
        self.news: list[Told] = []
        self._words = self.points = 0
        self._kept: dict[str, _Kept] = {}
        self._people()
        self._keep("fresh")

    @property
    def small_set(self) -> CompetencySet:
        """The required set with the fewest competencies."""
        return min(self.program.required_sets, key=lambda one: len(one.competencies))

    def say(self, who: str, text: str, *names: str) -> str:
        """What somebody is answered to words, or to files of those names with these words."""
        attached = tuple(self.house.attach(self._file(who, name)) for name in names)
        sent = self.house.deliver(self.house.message(who, text, *attached))
        self.news += [Told(message=one, typed=text if one.to.value == who else "") for one in sent]
        return "\n\n".join(plain_text(one.reply) for one in sent if one.to.value == who)

    def word(self, who: str) -> str:
        """Another word of somebody's own, which stands nowhere else."""
        self._words += 1
        return f"{OWN_WORDS.get(who, 'nobody')}{self._words:04}"

    def begin(self, beginning: str) -> None:
        """Everything as it stood when that beginning was made; it is made when first asked for."""
        if beginning not in self._kept:
            self._restore("fresh")
            BEGINNINGS[beginning](self)
            self._keep(beginning)
        self._restore(beginning)

    def tables(self) -> int:
        """A number that stands for all that is kept, but for messages and questions."""
        with self.house.database.engine.connect() as connection:
            return hash(
                tuple(
                    tuple(connection.execute(table.select()).all())
                    for table in metadata.sorted_tables
                    if table.name not in _UNCHANGING
                )
            )

    def close(self) -> None:
        """Lets go of every database."""
        self.house.database.close()
        for kept in self._kept.values():
            kept.database.close()

    def _people(self) -> None:
        for email in CANDIDATES:
            self.house.enrol(
                Enrolment(
                    name=NAMES[email],
                    email=email,
                    time_zone="Europe/Paris",
                    enrolled_on=date(2026, 3, 1),
                )
            )
        for person in (REV, ROB):
            self.house.appoint(*person, Role.REVIEWER)
        for person in (SAL, ADE):
            self.house.appoint(*person, Role.STAFF)
        self.house.appoint(*MIA)

    def _file(self, who: str, name: str) -> Path:
        path = self.house.folder / name
        path.write_text(f"{who} did this and tells of it: {name}.", encoding="utf-8")
        return path

    def _keep(self, beginning: str) -> None:
        copy = sqlite3.connect(":memory:", check_same_thread=False)
        self._with_driver(lambda driver: driver.backup(copy))
        self._kept[beginning] = _Kept(database=copy, at=self.house.clock(), words=self._words)

    def _restore(self, beginning: str) -> None:
        kept = self._kept[beginning]
        self._with_driver(kept.database.backup)
        self.house.clock.forward(kept.at - self.house.clock())
        self.house.channel.sent.clear()
        self.news.clear()
        self._words, self.points = kept.words, 0

    def _with_driver(self, act: Callable[[sqlite3.Connection], None]) -> None:
        connection = self.house.database.engine.raw_connection()
        try:
            driver = connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            act(driver)
        finally:
            connection.close()


def _say_all(town: Town, who: str, lines: Iterable[str]) -> None:
    for line in lines:
        town.say(who, line)


def make_ready(town: Town, who: str, one: CompetencySet) -> None:
    """Files all that a portfolio of that set needs."""
    names = (f"{competency.id} {town.word(who)}.txt" for competency in one.competencies)
    town.say(who, "", *names)
    paragraph = f"At the desk I learned of {town.word(who)} what nobody told me."
    lines = (f"prove {one.title} by portfolio", f"write statement for {one.title}")
    _say_all(town, who, (*lines, paragraph, "done"))


def _ready(town: Town) -> None:
    for who in PLAIN:
        make_ready(town, who, town.small_set)


def _rated(town: Town) -> None:
    one = town.small_set
    _ready(town)
    for who in PLAIN:
        town.say(who, f"submit {one.title}")
    _say_all(town, REV[1], ("claim 1", "rate 1 all met", "claim 2"))
    first = one.competencies[0].id
    _say_all(
        town,
        ROB[1],
        ("claim 1", f"rate 1 {first} not-met: Own part missing, point0000.", "rate 1 the rest met"),
    )


def _asked(town: Town) -> None:
    _rated(town)
    ids = " ".join(c.id for c in town.small_set.competencies[:2])
    town.say(SAL[1], f"ask more 1 {ids}: Two need your own part.")


def _nothing(town: Town) -> None:
    """The way it is without anything done."""


def _by_course(town: Town) -> None:
    one, word = town.program.required_sets[0], town.program.words.certificate
    for who in CANDIDATES:
        town.say(who, f"{word} for {one.title}", f"slip {town.word(who)}.txt")
        town.say(who, f"submit {one.title}")


BEGINNINGS: dict[str, Callable[[Town], None]] = {
    "nothing": _nothing,
    "ready": _ready,
    "rated": _rated,
    "asked-for-more": _asked,
    "by-course": _by_course,
}
