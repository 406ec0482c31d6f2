"""Move the dates of somebody who is a candidate already, or replace their electives."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.choosing import drop
from bot.domain.notices.happenings import MOVED
from bot.domain.notices.manner import told_as
from bot.domain.people import Candidate, Person
from bot.domain.program import Program
from bot.domain.standing import standings
from bot.errors import NotFound, Refused
from bot.phrases.moving import told_moved
from bot.ports import UnitOfWork
from bot.usecases.enrol import Enrolment, check_enrolment, known_by
from bot.usecases.tell import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What an enrolment is to be. What is None stays as it is, and so do no electives."""

    name: str
    email: str
    enrolled_on: date | None = None
    subscription_ends: date | None = None
    electives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The candidate before and after; the same when there was nothing to change."""

    before: Candidate
    after: Candidate

    @property
    def anything(self) -> bool:
        """Whether anything is another than before."""
        return self.before != self.after


def change_enrolment(uow: UnitOfWork, program: Program, move: Move, *, now: datetime) -> Changed:
    """The candidate with the new dates and electives; what they are told by the clock follows.

    They hear of another end of their subscription. Their time zone stays the one they have.
    `Refused` when the address is somebody else's, or when an elective would go that is on its way
    or achieved.
    """
    before = _candidate(uow, move)
    after = replace(
        before,
        enrolled_on=move.enrolled_on or before.enrolled_on,
        subscription_ends=move.subscription_ends or before.subscription_ends,
        electives=move.electives or before.electives,
    )
    if after != before:
        _check(uow, program, before, after)
        _keep(uow, before, after, now=now)
        _tell(uow, program, before, after, now=now)
    return Changed(before=before, after=after)


def _candidate(uow: UnitOfWork, move: Move) -> Candidate:
    """Whom it is about, who has both the name and the address."""
    known = known_by(uow, move.email)
    candidate = uow.people.candidate(known) if known else None
    if known is None or candidate is None:
        raise NotFound(f"{move.email.strip()} is no candidate's address: enrol them first.")
    check_name(known, move.name)
    return candidate


def check_name(known: Person, name: str) -> None:
    """`Refused` when somebody else is meant than who has the address."""
    if _folded(known.name) != _folded(name):
        raise Refused(
            f"{known.email} is the address of {known.name}, and nothing was changed: give that "
            "name, or another address."
        )


def _folded(name: str) -> str:
    """The name without what writers differ in."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _check(uow: UnitOfWork, program: Program, before: Candidate, after: Candidate) -> None:
    person = after.person
    wanted = Enrolment(
        name=person.name,
        email=person.email,
        enrolled_on=after.enrolled_on,
        subscription_ends=after.subscription_ends,
        electives=after.electives if after.electives != before.electives else (),
    )
    check_enrolment(program, wanted)
    known = {one.id for one in program.elective_sets}
    gone = [id for id in before.electives if id in known and id not in after.electives]
    stand = standings(program, uow.submissions.of(person)) if gone else ()
    for id in gone:
        drop(program, before, id, stand)


def _keep(uow: UnitOfWork, before: Candidate, after: Candidate, *, now: datetime) -> None:
    """With the old days and the new ones on the trail."""
    person = after.person
    uow.people.move(
        person, enrolled_on=after.enrolled_on, subscription_ends=after.subscription_ends
    )
    if after.electives != before.electives:
        uow.people.choose(person, after.electives)
    uow.trail.append(
        at=now,
        actor="operator",
        action="changed-enrolment",
        subject=f"person:{person.id}",
        details=dict(_differences(before, after)),
    )


def _tell(
    uow: UnitOfWork, program: Program, before: Candidate, after: Candidate, *, now: datetime
) -> None:
    """What they heard of the old end is false now, and no notice of the new one may be due soon."""
    old, new = before.subscription_ends, after.subscription_ends
    if old != new:
        key, how = f"{MOVED}:{new.isoformat()}:{now.isoformat()}", told_as(program, MOVED)
        tell(uow, after.person, told_moved(old, new), key=key, now=now, how=how)


def _differences(before: Candidate, after: Candidate) -> Iterator[tuple[str, str]]:
    """What is another now, each with what it was before."""
    told = (
        ("enrolled", before.enrolled_on.isoformat(), after.enrolled_on.isoformat()),
        ("ends", before.subscription_ends.isoformat(), after.subscription_ends.isoformat()),
        ("electives", " ".join(before.electives), " ".join(after.electives)),
    )
    for name, old, new in told:
        if old != new:
            yield name, new
            yield f"{name}-before", old
