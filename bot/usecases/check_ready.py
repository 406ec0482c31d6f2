"""Check what a set lacks before it is submitted, and show what a reviewer would see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.choosing import LOCKING, Plan
from bot.domain.people import Candidate
from bot.domain.phases import Phase
from bot.domain.portfolio import State, chosen_sets
from bot.domain.program import CompetencySet, Program
from bot.domain.readiness import SetCheck, readiness
from bot.domain.rounds import next_items
from bot.domain.statement import Draft
from bot.domain.submission import Item, items_of
from bot.ports import UnitOfWork
from bot.usecases.advise_route import chosen_plans, see_plan, see_plans
from bot.usecases.write_statement import statement_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a reviewer would see: the files by section, and the statement as it is written."""

    check: SetCheck
    items: tuple[Item, ...]
    statement: Draft


def check_all(
    uow: UnitOfWork, program: Program, candidate: Candidate, *, now: datetime
) -> tuple[SetCheck, ...]:
    """The check of every required set and every elective chosen, in the program's order."""
    plans = see_plans(uow, program, candidate, now=now)
    return _checked(uow, program, candidate, chosen_plans(program, candidate, plans))


def check_set(
    uow: UnitOfWork,
    program: Program,
    candidate: Candidate,
    competency_set: CompetencySet,
    *,
    now: datetime,
) -> SetCheck:
    """The check of one set; `Refused` when it is an elective that was not chosen."""
    plan = see_plan(uow, program, candidate, competency_set, now=now)
    (check,) = _checked(uow, program, candidate, (plan,))
    return check


def preview(
    uow: UnitOfWork,
    program: Program,
    candidate: Candidate,
    competency_set: CompetencySet,
    *,
    now: datetime,
) -> Preview:
    """What would be submitted now, or was when the set is on its way or achieved."""
    check = check_set(uow, program, candidate, competency_set, now=now)
    return Preview(
        check=check,
        items=_items(uow, candidate, check),
        statement=statement_of(uow, program, candidate, competency_set.id, now=now),
    )


def _checked(
    uow: UnitOfWork, program: Program, candidate: Candidate, plans: Sequence[Plan]
) -> tuple[SetCheck, ...]:
    own = candidate.person
    evidence, chosen = uow.records.of(own), chosen_sets(program, candidate)
    waiting = tuple(e for e in evidence if e.filing.state is State.WAITING)
    asked = tuple(request for request in uow.requests.of(own) if request.open)
    return tuple(
        SetCheck(
            plan=plan,
            chosen=plan.set in chosen,
            found=readiness(
                program, plan.set, route=plan.route, evidence=evidence, stands=plan.standing
            ),
            asked=tuple(r for r in asked if last and r.submission_id == last.id),
            waiting=waiting,
        )
        for plan in plans
        for last in (plan.standing.submission,)
    )


def _items(uow: UnitOfWork, candidate: Candidate, check: SetCheck) -> tuple[Item, ...]:
    """What is on its way is frozen; where more is wanted, only what was asked for changes."""
    evidence = uow.records.of(candidate.person)
    stands = check.plan.standing
    last = stands.submission
    if last and stands.phase in LOCKING:
        return last.items
    if last and last.decision and stands.phase is Phase.MORE_WANTED and not check.plan.switched:
        return next_items(last, evidence, last.decision.sections)
    return items_of(evidence, tuple(one.section for one in check.found.checks))
