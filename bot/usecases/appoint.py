"""Give roles and take them away; by admins, and in the terminal by the operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain import review
from bot.domain.notices.happenings import RIGHTS
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rights import GRANTED, Action, Role
from bot.domain.rules import Route
from bot.errors import NotFound, Refused
from bot.phrases import appointing
from bot.ports import UnitOfWork
from bot.usecases.enrol import check_person
from bot.usecases.permit import permit
from bot.usecases.review_step import keep_step
from bot.usecases.tell import tell

OPERATOR = "operator"  # who works at the terminal of the machine, as the trail names them
APPOINTED, DISMISSED = "appointed", "dismissed"  # actions that say who has which role


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """Whose role was given or taken, and the submissions that went back to the queue for it."""

    person: Person
    role: Role
    given_back: tuple[int, ...] = ()


def appoint(
    uow: UnitOfWork, program: Program, person: Person, who: str, role: str, *, now: datetime
) -> Appointed:
    """Gives a role, named as people name it; only admins appoint."""
    permit(uow, person, Action.APPOINT, now=now)
    somebody, named = _known(uow, who), role_named(role)
    give_role(uow, program, somebody, named, by=f"person:{person.id}", now=now)
    return Appointed(person=somebody, role=named)


def dismiss(
    uow: UnitOfWork, program: Program, person: Person, who: str, role: str, *, now: datetime
) -> Appointed:
    """Takes a role away, named as people name it; only admins dismiss."""
    permit(uow, person, Action.APPOINT, now=now)
    somebody, named = _known(uow, who), role_named(role)
    back = take_role(uow, program, somebody, named, by=f"person:{person.id}", now=now)
    return Appointed(person=somebody, role=named, given_back=back)


def see_roles(
    uow: UnitOfWork, person: Person, *, now: datetime
) -> Mapping[Role, tuple[Person, ...]]:
    """Who has each granted role; only admins see it."""
    permit(uow, person, Action.APPOINT, now=now)
    return {role: uow.roles.holders((role,)) for role in GRANTED}


def give_role(
    uow: UnitOfWork, program: Program, somebody: Person, role: Role, *, by: str, now: datetime
) -> None:
    """Grants the role and tells the person; `Refused` when they have it already."""
    if not grant_role(uow, somebody, role, by=by, now=now):
        raise Refused(f"{somebody.name} has the role {role} already; nothing was changed.")
    key, how = f"appointed:{role}:{now.isoformat()}", told_as(program, RIGHTS)
    tell(uow, somebody, appointing.told_appointed(program, role), key=key, now=now, how=how)


def grant_role(uow: UnitOfWork, somebody: Person, role: Role, *, by: str, now: datetime) -> bool:
    """Grants the role, and puts that onto the trail; False when they have it already.

    No role is granted in any other way: one without its line on the trail is reported as a fault.
    """
    granted = uow.roles.grant(somebody, role, at=now)
    if granted:
        _note(uow, somebody, role, action=APPOINTED, by=by, now=now)
    return granted


def take_role(
    uow: UnitOfWork, program: Program, somebody: Person, role: Role, *, by: str, now: datetime
) -> tuple[int, ...]:
    """Takes the role away and tells the person; `Refused` for the last admin.

    What a reviewer has taken on and not rated to the end goes back to the queue: its numbers.
    """
    # The trail takes one line at a time, so of two admins who dismiss each other at the same
    # moment the second one counts the admins after the first has gone.
    _note(uow, somebody, role, action=DISMISSED, by=by, now=now)
    if not uow.roles.revoke(somebody, role):
        raise Refused(f"{somebody.name} does not have the role {role}; nothing was changed.")
    if role is Role.ADMIN and not uow.roles.holders((Role.ADMIN,)):
        raise Refused(
            f"{somebody.name} is the last admin; nothing was changed. Appoint another one first: "
            "appoint EMAIL admin."
        )
    key, how = f"dismissed:{role}:{now.isoformat()}", told_as(program, RIGHTS)
    tell(uow, somebody, appointing.told_dismissed(role), key=key, now=now, how=how)
    return _give_back(uow, program, somebody, now=now) if role is Role.REVIEWER else ()


def role_named(said: str) -> Role:
    """The role that can be given of that name; `Refused` names those there are."""
    for role in GRANTED:
        if said.strip().casefold() in (role.value, f"{role.value}s"):
            return role
    given = ", ".join(GRANTED)
    raise Refused(
        f"{said!r} is no role that is given; nothing was changed. Use one of: {given}. Candidates "
        "are enrolled, and a mentor is whom a candidate shares with."
    )


def make_known(uow: UnitOfWork, name: str, *, email: str, time_zone: str, now: datetime) -> Person:
    """A new person, neither candidate nor anything else yet."""
    check_person(name, email=email, time_zone=time_zone)
    person = uow.people.add(name.strip(), email=email.strip(), time_zone=time_zone)
    subject = f"person:{person.id}"
    uow.trail.append(at=now, actor=OPERATOR, action="made-known", subject=subject, details={})
    return person


def _known(uow: UnitOfWork, who: str) -> Person:
    somebody = uow.people.find(who)
    if somebody is None:
        raise NotFound(
            f"Nobody is known by {who}. Whoever runs Carrel makes them known in the terminal: "
            f"carrel appoint {who} ROLE --name NAME."
        )
    return somebody


def _give_back(
    uow: UnitOfWork, program: Program, reviewer: Person, *, now: datetime
) -> tuple[int, ...]:
    """Releases what they have not rated to the end: their place would stay taken for ever."""
    given = []
    for one in uow.submissions.claimed_by(reviewer):
        left = review.left_to_rate(one, program.set(one.set_id), reviewer.id)
        if left or one.route is Route.COURSE:
            after = review.release(one, reviewer)
            keep_step(uow, one, after, person=reviewer, action="released", now=now)
            given.append(one.id)
    return tuple(given)


def _note(
    uow: UnitOfWork, somebody: Person, role: Role, *, action: str, by: str, now: datetime
) -> None:
    subject = f"person:{somebody.id}"
    uow.trail.append(at=now, actor=by, action=action, subject=subject, details={"role": role.value})
