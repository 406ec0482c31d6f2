"""See everything that a person's page shows, in one look and without a trace."""

from __future__ import annotations

from datetime import datetime

from bot.domain.home import Home, Office, OwnRecord
from bot.domain.messages import Address
from bot.domain.people import Candidate, Person
from bot.domain.rights import Action, Relation, may
from bot.ports import UnitOfWork
from bot.usecases.advise_route import see_pace
from bot.usecases.answer_handover import open_questions
from bot.usecases.appeal_decision import own_cases
from bot.usecases.desk import Desk
from bot.usecases.permit import roles_of
from bot.usecases.read_shared import shared_with
from bot.usecases.report_progress import report_progress
from bot.usecases.see_next import see_next_duty, see_next_step
from bot.usecases.see_queue import my_reviews, see_queue

COUNTED = 100  # questions; more are told as so many and more


def see_home(uow: UnitOfWork, desk: Desk, address: Address, *, now: datetime) -> Home:
    """The page of whoever is at the address, with nothing of anybody else's."""
    person = uow.people.at(address)
    if person is None:
        return Home()
    candidate = uow.people.candidate(person)
    return Home(
        name=person.name,
        own=_own(uow, desk, candidate, conversation=str(address), now=now) if candidate else None,
        office=_office(uow, desk, person, now=now),
        shared=len(shared_with(uow, person, now=now)),
    )


def _own(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, *, conversation: str, now: datetime
) -> OwnRecord:
    program = desk.program
    cases = own_cases(uow, desk, candidate, now=now)
    return OwnRecord(
        candidate=candidate,
        progress=report_progress(uow, program, candidate, now=now),
        pace=see_pace(uow, program, candidate, now=now),
        step=see_next_step(uow, program, candidate, conversation=conversation, now=now),
        requests=tuple(one for one in uow.requests.of(candidate.person) if one.open),
        cases=tuple(case for case in cases if not case.appeal.result and not case.lapsed),
    )


def _office(uow: UnitOfWork, desk: Desk, person: Person, *, now: datetime) -> Office | None:
    roles = roles_of(uow, person, now=now)
    if not may(roles, Action.SEE_QUEUE, Relation.OTHER):
        return None
    answers = may(roles, Action.ANSWER, Relation.OTHER)
    asked = open_questions(uow, person, limit=COUNTED, now=now) if answers else None
    return Office(
        duty=see_next_duty(uow, desk.program, person, now=now),
        queue=see_queue(uow, desk.program, person, after=0, now=now).total,
        reviews=my_reviews(uow, desk.program, person, now=now),
        questions=None if asked is None else len(asked),
        most=COUNTED,
    )
