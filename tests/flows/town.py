"""A house with everybody who may have to do with it, and ways for things to stand at first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from bot.app import Knowledge
from bot.domain.files import Page, Reading
from bot.domain.messages import OutboundMessage
from bot.domain.program import CompetencySet
from bot.domain.rights import Role
from bot.usecases.enrol import Enrolment
from channels.markup import plain_text
from handlers.pipeline import Pipeline
from storage.tables import metadata
from tests.cast import ADA, ADE, BEA, DOT, MIA, REV, ROB, SAL
from tests.desk import LEASE, House

# Each candidate's files and words carry one of their own, so that a leak shows.
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
        self.program = knowledge.pack.program
        self.news: list[Told] = []
        self._words = self.points = 0
        self._kept: dict[str, _Kept] = {}
        self._people()
        self._keep("nothing")

    @property
    def small_set(self) -> CompetencySet:
        """The required set with the fewest competencies."""
        return min(self.program.required_sets, key=lambda one: len(one.competencies))

    def say(self, who: str, text: str, *names: str) -> str:
        """What somebody is answered to words, or to new files of those names with these words."""
        return self.send(who, text, *(self.paper(who, name) for name in names))

    def send(self, who: str, text: str, *paths: Path) -> str:
        """What somebody is answered to files with these words."""
        attached = tuple(self.house.attach(path) for path in paths)
        sent = self.house.deliver(self.house.message(who, text, *attached))
        self.news += [Told(message=one, typed=text if one.to.value == who else "") for one in sent]
        return "\n\n".join(plain_text(one.reply) for one in sent if one.to.value == who)

    def paper(self, who: str, name: str) -> Path:
        """A file of somebody's with that name; the same name is the same file."""
        path = self.house.folder / name
        path.write_text(f"{who} did this and tells of it: {name}.", encoding="utf-8")
        return path

    def word(self, who: str) -> str:
        """Another word of a candidate's own, which stands nowhere else."""
        self._words += 1
        return f"{OWN_WORDS[who]}{self._words:04}"

    def begin(self, beginning: str) -> None:
        """Everything as it stood when that beginning was made; it is made when first asked for."""
        if beginning not in self._kept:
            before, make = BEGINNINGS[beginning]
            self.begin(before)
            make(self)
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
            assert isinstance(connection.driver_connection, sqlite3.Connection)
            act(connection.driver_connection)
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
    first, then = f"prove {one.title} by portfolio", f"write statement for {one.title}"
    _say_all(town, who, (first, then, paragraph, "done"))


def _ready(town: Town) -> None:
    for who in PLAIN:
        make_ready(town, who, town.small_set)


def _rated(town: Town) -> None:
    one = town.small_set
    for who in PLAIN:
        town.say(who, f"submit {one.title}")
    _say_all(town, REV[1], ("claim 1", "rate 1 all met", "claim 2"))
    not_met = f"rate 1 {one.competencies[0].id} not-met: Own part missing, point0000."
    _say_all(town, ROB[1], ("claim 1", not_met, "rate 1 the rest met"))


def _asked(town: Town) -> None:
    one, two, *_ = town.small_set.competencies
    town.say(SAL[1], f"ask more 1 {one.id} {two.id}: Two need your own part.")


def _back(town: Town) -> None:
    """All that was asked for came, and is rated: the second round waits for its decision."""
    with town.house.transaction() as uow:
        ada = uow.people.find(ADA.email)
        tokens = [r.token for r in uow.requests.of(ada)] if ada else []
    for token in tokens:
        town.say(ADA.email, token, f"more {town.word(ADA.email)}.txt")
    for who in REVIEWERS:
        town.say(who, "rate 3 all met")


def _by_course(town: Town) -> None:
    one, paper = town.program.required_sets[0], town.program.words.certificate
    for who in CANDIDATES:
        town.say(who, f"{paper} for {one.title}", f"slip {town.word(who)}.txt")
        town.say(who, f"submit {one.title}")


def _appealed(town: Town) -> None:
    """Ada appeals, and every step but the result was taken."""
    rule = town.program.rules.appeal
    town.say(SAL[1], "recommend course 1: This course is not an approved one.")
    _say_all(town, ADA.email, ("notice 1", "file notice 1"))
    for step in rule.steps[1:] if rule else ():
        town.say(ADA.email, f"{step.id} filed appeal 1")
        town.say(SAL[1], f"appeal step 1 {step.id}")


def _shared(town: Town) -> None:
    """Each shares one set with somebody, has a file in another, and shared everything before."""
    one, other = town.small_set, town.program.elective_sets[0]
    for who, whom in zip(PLAIN, (MIA[1], REV[1]), strict=True):
        town.say(who, f"choose {other.title}")
        town.say(who, f"for {other.competencies[0].id}", f"other {town.word(who)}.txt")
        town.say(who, f"share all with {whom} for 5 days")
        town.say(who, f"share {one.title} with {whom} for 20 days")
    town.say(ADA.email, "unshare 1")


# What each begins from, and what is said then.
BEGINNINGS: Mapping[str, tuple[str, Callable[[Town], None]]] = {
    "ready": ("nothing", _ready),
    "rated": ("ready", _rated),
    "asked-for-more": ("rated", _asked),
    "back": ("asked-for-more", _back),
    "shared": ("ready", _shared),
    "by-course": ("nothing", _by_course),
    "appealed": ("by-course", _appealed),
}
