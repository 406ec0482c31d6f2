"""See what comes next for a candidate, or for somebody with an office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.appeal import Appeal
from bot.domain.appeal_case import Case
from bot.domain.next_step import (
    NextDuty,
    NextStep,
    OpenDuties,
    OpenMatters,
    next_duty,
    next_step,
)
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import State
from bot.domain.program import Program
from bot.domain.review import left_to_rate
from bot.domain.rights import Action, Relation, Role, may
from bot.domain.submission import OPEN_STAGES, Submission
from bot.ports import UnitOfWork
from bot.usecases.appeal_step import stored_case
from bot.usecases.check_ready import check_all
from bot.usecases.permit import roles_of
from bot.usecases.settle_offer import waiting_offers
from bot.usecases.write_statement import writing

LOOKED_AT = 20  # questions that are counted


def see_next_step(
    uow: UnitOfWork, program: Program, candidate: Candidate, *, conversation: str, now: datetime
) -> NextStep:
    """The candidate's one next step; `conversation` is where they may be writing a statement."""
    sets = check_all(uow, program, candidate, now=now)
    matters = OpenMatters(
        sets=sets,
        appeals=_appeals(uow, program, uow.appeals.of(candidate.person), now=now),
        requests=uow.requests.of(candidate.person),
        offers=tuple(offer.id for offer in waiting_offers(uow, candidate, now=now)),
        writing=writing(uow, program, candidate, conversation=conversation),
        waiting=tuple(
            e for e in uow.records.of(candidate.person) if e.filing.state is State.WAITING
        ),
        electives=max(0, program.sets_needed - len(sets)),
    )
    return next_step(program, matters)


def see_next_duty(uow: UnitOfWork, program: Program, person: Person, *, now: datetime) -> NextDuty:
    """What waits for the person, of what their roles let them do; nothing without a role."""
    roles = roles_of(uow, person, now=now)
    asked = uow.handovers.open(limit=LOOKED_AT) if _may(roles, Action.ANSWER) else ()
    if not _may(roles, Action.SEE_QUEUE):
        return next_duty(OpenDuties())
    taken = uow.submissions.claimed_by(person)
    return next_duty(
        OpenDuties(
            questions=tuple(one.number for one in asked if one.taken_by in {None, person.id}),
            appeals=_tracked(uow, program, person, now=now)
            if _may(roles, Action.TRACK_APPEAL)
            else (),
            to_rate=_to_rate(program, person, taken) if Role.REVIEWER in roles else (),
            queue=_others(uow, person) - len(taken),
        )
    )


def _appeals(
    uow: UnitOfWork, program: Program, appeals: Sequence[Appeal], *, now: datetime
) -> tuple[Case, ...]:
    """The cases of those that were filed and have not ended."""
    going_on = (one for one in appeals if one.filed and not one.result)
    return tuple(stored_case(uow, program, appeal, now=now) for appeal in going_on)


def _tracked(
    uow: UnitOfWork, program: Program, person: Person, *, now: datetime
) -> tuple[Case, ...]:
    others = [appeal for appeal in uow.appeals.open() if appeal.person_id != person.id]
    return _appeals(uow, program, others, now=now)


def _may(roles: frozenset[Role], action: Action) -> bool:
    return may(roles, action, Relation.OTHER)


def _to_rate(
    program: Program, person: Person, taken: Sequence[Submission]
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """What the person has taken on, with what they have still to rate in it."""
    return tuple((s.id, left_to_rate(s, program.set(s.set_id), person.id)) for s in taken)


def _others(uow: UnitOfWork, person: Person) -> int:
    """How many open submissions there are, but for the person's own."""
    own = sum(submission.open for submission in uow.submissions.of(person))
    return uow.submissions.count(OPEN_STAGES) - own
