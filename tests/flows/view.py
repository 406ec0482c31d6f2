"""All that is kept of the candidates' ways at one moment, and who may know which words of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import text

from bot.domain.appeal import Appeal
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Evidence
from bot.domain.program import Program
from bot.domain.sharing import EVERYTHING, Share
from bot.domain.statement import StatementVersion
from bot.domain.submission import Submission
from bot.ports import UnitOfWork
from tests.desk import House
from tests.flows.town import CANDIDATES, EVERYBODY, OWN_WORDS, STAFF

_OWN = re.compile(rf"(?:{'|'.join(OWN_WORDS.values())})\d{{4}}")
POINT = re.compile(r"point\d{4}")  # what reviewers say of a competency


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """Words of a candidate, and the sets that they belong to: readers of one may know them."""

    owner: int
    words: str
    sets: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is kept. Mappings are by a person's number, `people` by address."""

    now: datetime
    people: Mapping[str, Person]
    candidates: Mapping[int, Candidate]
    submissions: Mapping[int, Submission]
    requests: tuple[EvidenceRequest, ...]
    shares: Mapping[int, Share]
    appeals: Mapping[int, Appeal]
    evidence: Mapping[int, tuple[Evidence, ...]]
    stood: Mapping[tuple[int, int], frozenset[str]]  # sections a file ever stood in
    statements: Mapping[int, tuple[StatementVersion, ...]]
    left: Mapping[str, Mapping[str, int]]  # how many messages are in each state, by queue
    mark: tuple[int, ...]

    def number(self, who: str) -> int:
        """The person's own number; 0 for a stranger."""
        return self.people[who].id if who in self.people else 0

    def of(self, who: str) -> tuple[Submission, ...]:
        """The submissions of a person, oldest first."""
        own = self.number(who)
        return tuple(s for s in self.submissions.values() if s.person_id == own)

    def mine(self, who: str) -> tuple[EvidenceRequest, ...]:
        """The requests to a person that wait."""
        own = self.number(who)
        return tuple(r for r in self.requests if r.person_id == own and r.open)

    def held(self, who: str) -> tuple[Evidence, ...]:
        """The files of a person."""
        return self.evidence.get(self.number(who), ())

    def reads(self, who: str, owner: int) -> frozenset[str]:
        """The ids of the sets of somebody's record that a person may read; `EVERYTHING` for all."""
        own = self.number(who)
        if own == owner or who in STAFF:
            return frozenset({EVERYTHING})
        reviewed = (
            s.set_id
            for s in self.submissions.values()
            if s.person_id == owner and s.claimed_by(own)
        )
        shared = (
            s.set_id
            for s in self.shares.values()
            if (s.owner_id, s.mentor_id) == (owner, own) and s.active(self.now)
        )
        return frozenset((*reviewed, *shared))


def view(house: House, before: View | None = None) -> View:
    """Everything as it is now.

    What is kept is read anew when it changed since `before`: a change leaves a line on the trail,
    or a new version of a statement.
    """
    with house.transaction() as uow:
        left = {"inbox": uow.inbox.counts(), "outbox": uow.outbox.counts()}
    with house.database.engine.connect() as connection:
        marks = (f"SELECT count(*) FROM {table}" for table in ("trail", "statements"))  # noqa: S608
        mark = tuple(connection.execute(text(one)).scalar_one() for one in marks)
    if before and before.mark == mark:
        return replace(before, now=house.clock(), left=left)
    with house.transaction() as uow:
        return _read(house, uow, left=left, mark=mark)


def _read(
    house: House, uow: UnitOfWork, *, left: Mapping[str, Mapping[str, int]], mark: tuple[int, ...]
) -> View:
    known = {email: uow.people.find(email) for email in EVERYBODY}
    people = {email: person for email, person in known.items() if person}
    own = [people[email] for email in CANDIDATES]
    candidates = (uow.people.candidate(person) for person in own)
    return View(
        now=house.clock(),
        people=people,
        candidates={one.person.id: one for one in candidates if one},
        submissions={s.id: s for p in own for s in uow.submissions.of(p)},
        requests=tuple(r for p in own for r in uow.requests.of(p)),
        shares={s.id: s for p in own for s in uow.shares.by(p)},
        appeals={a.id: a for p in own for a in uow.appeals.of(p)},
        evidence={p.id: uow.records.of(p) for p in own},
        stood=_stood(uow, own),
        statements={p.id: uow.statements.all(p) for p in own},
        left=left,
        mark=mark,
    )


def _stood(uow: UnitOfWork, own: list[Person]) -> dict[tuple[int, int], frozenset[str]]:
    """By owner and file, every section that the file stands in or ever stood in."""
    stood: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
    for person in own:
        for change in uow.records.history(person):
            stood[person.id, change.evidence_id].update(change.after.sections)
    return {key: frozenset(sections) for key, sections in stood.items()}


def secrets_of(now: View, program: Program) -> Iterator[Secret]:
    """Every candidate's words that not everybody may read."""
    sets = {section.id: section.set_id for section in program.sections}
    yield from _names_of_files(now, sets)
    for owner, versions in now.statements.items():
        for version in versions:
            own = frozenset({version.set_id})
            for words in {w for p in version.paragraphs for w in _OWN.findall(p)}:
                yield Secret(owner=owner, words=words, sets=own)
    yield from _points(now)
    for request in now.requests:
        yield Secret(owner=request.person_id, words=request.token, sets=frozenset())
    for candidate in now.candidates.values():  # whoever reads any of it may know whose it is
        own = frozenset(sets.values())
        yield Secret(owner=candidate.person.id, words=candidate.person.email, sets=own)


def _names_of_files(now: View, sets: Mapping[str, str]) -> Iterator[Secret]:
    for owner, files in now.evidence.items():
        for one in files:
            if own := _OWN.search(one.name):
                stood = frozenset(sets[s] for s in now.stood.get((owner, one.id), ()))
                yield Secret(owner=owner, words=own[0], sets=stood - {EVERYTHING})


def _points(now: View) -> Iterator[Secret]:
    for one in now.submissions.values():
        for words in {w for r in one.ratings for w in POINT.findall(r.comment)}:
            yield Secret(owner=one.person_id, words=words, sets=frozenset({one.set_id}))
