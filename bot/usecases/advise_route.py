"""See, choose and advise on the routes of sets, and tell the pace."""

from __future__ import annotations

from datetime import datetime

from bot.domain.advice import Advice, advise
from bot.domain.choosing import Plan, check_route, check_unlocked, held_electives, plans_of
from bot.domain.pace import Pace, pace
from bot.domain.people import Candidate
from bot.domain.program import CompetencySet, Program
from bot.domain.rights import Action
from bot.domain.rules import Route
from bot.domain.standing import standings
from bot.errors import Refused
from bot.ports import UnitOfWork
from bot.usecases.permit import permit


def see_plans(
    uow: UnitOfWork, program: Program, candidate: Candidate, *, now: datetime
) -> tuple[Plan, ...]:
    """The route of every set, in the program's order, electives that were not chosen too."""
    own = candidate.person
    permit(uow, own, Action.READ, owner_id=own.id, now=now)
    chosen, evidence = uow.routes.of(own), uow.records.of(own)
    submissions = uow.submissions.of(own)
    return tuple(plans_of(program, submissions, chosen=chosen, evidence=evidence).values())


def chosen_plans(
    program: Program, candidate: Candidate, plans: tuple[Plan, ...]
) -> tuple[Plan, ...]:
    """Those of the required sets and of the electives chosen."""
    held = held_electives(program, candidate, (p.standing for p in plans))
    return tuple(p for p in plans if p.set.required or p.set.id in held)


def see_plan(
    uow: UnitOfWork,
    program: Program,
    candidate: Candidate,
    competency_set: CompetencySet,
    *,
    now: datetime,
) -> Plan:
    """The plan of one set; `Refused` when it is an elective that was not chosen."""
    plans = see_plans(uow, program, candidate, now=now)
    plan = next(p for p in plans if p.set.id == competency_set.id)
    settled = len(candidate.electives) >= program.electives_needed
    if settled and plan not in chosen_plans(program, candidate, plans):
        raise Refused(
            f"{competency_set.title} is an elective that you did not choose, and you have chosen "
            "enough. Say: electives, to see yours."
        )
    return plan


def choose_route(
    uow: UnitOfWork,
    program: Program,
    candidate: Candidate,
    competency_set: CompetencySet,
    *,
    route: Route,
    now: datetime,
) -> Plan:
    """The set on its new route; `Refused` says why it cannot be changed."""
    own = candidate.person
    permit(uow, own, Action.KEEP, owner_id=own.id, now=now)
    plan = see_plan(uow, program, candidate, competency_set, now=now)
    check_route(plan, route)
    uow.routes.choose(own, competency_set.id, route)
    uow.trail.append(
        at=now,
        actor=f"person:{own.id}",
        action="chose-route",
        subject=f"person:{own.id}",
        details={"set": competency_set.id, "route": route.value},
    )
    return see_plan(uow, program, candidate, competency_set, now=now)


def advise_route(
    uow: UnitOfWork,
    program: Program,
    candidate: Candidate,
    competency_set: CompetencySet,
    *,
    now: datetime,
) -> Advice:
    """Which route fits the set; `Refused` while there is nothing to choose."""
    plan = see_plan(uow, program, candidate, competency_set, now=now)
    check_unlocked(plan.set, plan.standing, what="put on another route")
    evidence = uow.records.of(candidate.person)
    speed = see_pace(uow, program, candidate, now=now)
    return advise(program, plan, evidence=evidence, pace=speed)


def see_pace(uow: UnitOfWork, program: Program, candidate: Candidate, *, now: datetime) -> Pace:
    """The pace on the calendar day it is where the candidate lives."""
    own = candidate.person
    permit(uow, own, Action.READ, owner_id=own.id, now=now)
    return pace(
        program,
        standings(program, uow.submissions.of(own)),
        enrolled_on=candidate.enrolled_on,
        ends=candidate.subscription_ends,
        today=now.astimezone(own.zone).date(),
    )
