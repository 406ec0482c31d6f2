"""May this person do this? Every use case about a record asks here first.

Those that move the files of a record (`file_evidence`, `correct_filing`) ask nobody: they are given
the candidate who is speaking, and reach no record but that candidate's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from bot.domain.people import Person
from bot.domain.rights import GRANTED, RIGHTS, Action, Relation, Role, may
from bot.domain.rules import OUTCOMES
from bot.domain.submission import Stage, Submission
from bot.errors import NotFound, Refused
from bot.ports import UnitOfWork

_TRACED = {Action.READ: "read", Action.READ_DOSSIER: "read-dossier"}


def roles_of(uow: UnitOfWork, person: Person, *, now: datetime) -> frozenset[Role]:
    """Granted roles, and those that follow from being known, enrolled and shared with."""
    roles = {Role.KNOWN, *uow.roles.of(person)}
    if uow.people.candidate(person):
        roles.add(Role.CANDIDATE)
    if any(share.active(now) for share in uow.shares.with_(person)):
        roles.add(Role.MENTOR)
    return frozenset(roles)


def relation_to(
    uow: UnitOfWork,
    person: Person,
    *,
    owner_id: int,
    submission: Submission | None,
    set_id: str,
    now: datetime,
) -> Relation:
    """How the person stands to that record, or to that set of it. The first that holds."""
    if person.id == owner_id:
        return Relation.OWN
    if submission and submission.claimed_by(person.id):
        return Relation.ASSIGNED
    shares = (s for s in uow.shares.with_(person) if s.owner_id == owner_id and s.active(now))
    if any(share.covers(set_id) for share in shares):
        return Relation.SHARED
    return Relation.OTHER


class About(TypedDict, total=False):
    """What an action is about; nothing in particular when empty.

    `owner_id` is whose record (the submission's owner when there is one), `set_id` a part of it.
    `details` tell the trail what is looked at, when it is not all of it.
    """

    owner_id: int
    submission: Submission
    set_id: str
    details: Mapping[str, str]


def permit(
    uow: UnitOfWork, person: Person, action: Action, *, now: datetime, **about: Unpack[About]
) -> Relation:
    """The relation in which the action is allowed; `NotFound` or `Refused` when it is not.

    Who may not even read a record is told that nothing is there. Reading somebody else's record
    goes onto the trail.
    """
    submission = about.get("submission")
    owner = submission.person_id if submission else about.get("owner_id", 0)
    part = submission.set_id if submission else about.get("set_id", "")
    relation = relation_to(uow, person, owner_id=owner, submission=submission, set_id=part, now=now)
    roles = roles_of(uow, person, now=now)
    if not may(roles, action, relation):
        raise _denied(roles, action, relation, submission=submission)
    if action in _TRACED and relation is not Relation.OWN:
        details = {"submission": str(submission.id)} if submission else {"set": part}
        if relation is Relation.ASSIGNED:  # the owner is not to learn who reviews it
            details["as"] = Role.REVIEWER.value
        details |= about.get("details", {})
        _trace(uow, person, action, owner=owner, details=details, now=now)
    return relation


def _denied(
    roles: frozenset[Role], action: Action, relation: Relation, *, submission: Submission | None
) -> NotFound | Refused:
    """Why not. Whoever has no office here learns only that nothing is there."""
    if relation is Relation.OWN:
        return Refused(f"You cannot {action.value} in a matter of your own; nothing was changed.")
    if not roles & set(GRANTED):
        return NotFound("There is nothing of that number or name for you. Say: help.")
    if submission and relation is Relation.ASSIGNED and may(roles, action, Relation.OTHER):
        return Refused(f"Submission {submission.id} is yours already. Say: my reviews.")
    if submission and may(roles, action, Relation.ASSIGNED):
        return _not_taken(submission)
    return Refused(_lacking(action, relation))


def _not_taken(submission: Submission) -> Refused:
    """Nobody is sent to claim what cannot be claimed any more."""
    number, decision = submission.id, submission.decision
    if submission.stage is Stage.WITHDRAWN:
        return Refused(f"Submission {number} was withdrawn by the candidate: nobody reviews it.")
    if decision:
        return Refused(
            f"Submission {number} was not yours to review, and it is decided: "
            f"{OUTCOMES[decision.outcome]}, by {decision.name} on ",
            decision.at,
            ". Say: queue, for those that wait.",
        )
    if submission.claims:
        return Refused(
            f"Submission {number} is not yours; nothing was changed. Others have taken it on: "
            "whether a place is left, you see with: queue."
        )
    return Refused(
        f"Submission {number} is not yours; nothing was changed. To take it on, say: claim "
        f"{number}."
    )


def _lacking(action: Action, relation: Relation) -> str:
    """Which role it takes, and who gives it."""
    relations = {relation, Relation.ASSIGNED}  # whoever gets the role can take a submission on
    able = [role.value for role in GRANTED if RIGHTS[role].get(action, frozenset()) & relations]
    if not able:
        return f"Your role does not allow to {action.value}; nothing was changed."
    return (
        f"To {action.value} takes the role {' or '.join(able)}, which you do not have; nothing was "
        f"changed. An admin gives it: appoint EMAIL {able[0]}."
    )


def _trace(
    uow: UnitOfWork,
    person: Person,
    action: Action,
    *,
    owner: int,
    details: Mapping[str, str],
    now: datetime,
) -> None:
    uow.trail.append(
        at=now,
        actor=f"person:{person.id}",
        action=_TRACED[action],
        subject=f"person:{owner}",
        details=details,
    )
