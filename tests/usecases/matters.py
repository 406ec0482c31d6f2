"""One person for each role and relation, on one database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.appeal import StepTaken
from bot.domain.messages import Address
from bot.domain.people import Person
from bot.domain.rights import GRANTED, Action, Relation, Role
from bot.domain.rules import Route
from bot.domain.submission import Claim, Stage, Submission
from bot.ports import UnitOfWork
from bot.usecases.appoint import OPERATOR, grant_role
from bot.usecases.curate_answer import curate
from storage.tables import metadata
from tests.desk import House
from tests.rights_matrix import allowed

SET = "technology"
ALLOWED = allowed()
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Somebody with one role, and a record to which they stand in one relation.

    `course` is a submission like `submission`, with nothing to rate. `share` is between the
    record's owner and somebody else, `appeal` is the owner's; the owner's `question` waits, and
    `answered` does not.
    """

    person: Person
    owner: Person
    submission: Submission
    course: Submission
    share: int
    appeal: int
    question: int
    answered: int


def expected(role: Role, action: Action, relation: Relation) -> bool:
    """What the matrix says of somebody with that role; a share makes whoever has it a mentor."""
    roles = {Role.KNOWN, role} | ({Role.MENTOR} if relation is Relation.SHARED else set())
    return any((one, action, relation) in ALLOWED for one in roles)


def every_matter(house: House) -> Mapping[tuple[Role, Relation], Matter]:
    """A matter for each role and relation, and one curated answer."""
    with house.transaction() as uow:
        maker = _Maker(uow, house.clock())
        made = {(role, to): maker.matter(role, to) for role in Role for to in Relation}
        _curated(house, uow, made[Role.ADMIN, Relation.OTHER])
        uow.commit()
    return made


def rows(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with house.database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
        }


def _curated(house: House, uow: UnitOfWork, matter: Matter) -> None:
    """One answer for good, which can be retired."""
    now = house.clock()
    curate(uow, house.desk, matter.person, matter.answered, wording="", now=now)


class _Maker:
    """Makes people and what lies between them."""

    def __init__(self, uow: UnitOfWork, now: datetime) -> None:
        self._uow = uow
        self._now = now
        self._bystander = self._candidate("bystander")

    def matter(self, role: Role, relation: Relation) -> Matter:
        """One person, their role, and a record they stand to like that."""
        name = f"{role}-{relation}"
        person = self._candidate(name) if role is Role.CANDIDATE else self._person(name)
        if role in GRANTED:
            grant_role(self._uow, person, role, by=OPERATOR, now=self._now)
        if role is Role.MENTOR:
            self._share(self._bystander, person)
        own = relation is Relation.OWN
        owner = person if own else self._candidate(f"owner-{name}")
        if relation is Relation.SHARED:
            self._share(owner, person)
        taker = person if relation is Relation.ASSIGNED else None
        course = self._submission(owner, "access-services", Route.COURSE, taker)
        return Matter(
            person=person,
            owner=owner,
            submission=self._submission(owner, SET, Route.PORTFOLIO, taker),
            course=course,
            share=self._share(owner, self._bystander),
            appeal=self._appeal(course),
            question=self._question(owner, "Who pays for the course of number"),
            answered=self._answered(owner),
        )

    def _person(self, name: str) -> Person:
        return self._uow.people.add(name, email=f"{name}@example.org", time_zone="UTC")

    def _candidate(self, name: str) -> Person:
        person = self._person(name)
        start = date(2026, 1, 1)
        self._uow.people.enrol(
            person, enrolled_on=start, subscription_ends=start + 4 * YEAR, electives=()
        )
        return person

    def _share(self, owner: Person, mentor: Person) -> int:
        until = self._now + YEAR
        return self._uow.shares.add(owner, mentor, set_id=SET, until=until, at=self._now).id

    def _submission(
        self, owner: Person, set_id: str, route: Route, reviewer: Person | None
    ) -> Submission:
        made = self._uow.submissions.add(owner, set_id=set_id, route=route, items=(), at=self._now)
        if reviewer:
            claim = Claim(reviewer=reviewer.id, name=reviewer.name, at=self._now)
            taken = replace(made, stage=Stage.IN_REVIEW, claims=(claim,))
            assert self._uow.submissions.save(taken, at=self._now)
        found = self._uow.submissions.get(made.id)
        assert found
        return found

    def _appeal(self, submission: Submission) -> int:
        """A filed appeal, with its reasons."""
        today, owner = self._now.date(), self._uow.people.get(submission.person_id)
        assert owner
        made = self._uow.appeals.add(
            owner, submission=submission, decided_on=today, notice="I object."
        )
        taken = tuple(
            StepTaken(step=step, day=today, at=self._now, by=owner.id)
            for step in ("notice", "reasons")
        )
        assert self._uow.appeals.save(replace(made, taken=taken))
        return made.id

    def _question(self, owner: Person, words: str) -> int:
        address = Address(channel="memory", value=owner.email)
        asked = f"{words} {owner.id}?"
        add = self._uow.handovers.add
        return add(address, str(address), asked, person=owner, at=self._now).number

    def _answered(self, owner: Person) -> int:
        number = self._question(owner, "Who pays for the letter of number")
        assert self._uow.handovers.answer(number, self._bystander, "You do.", at=self._now)
        return number
