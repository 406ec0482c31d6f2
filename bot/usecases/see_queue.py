"""Say what waits for a review, and what a reviewer has taken on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.review_queue import Queue, Queued, queued
from bot.domain.rights import Action, Role
from bot.domain.submission import OPEN_STAGES, Submission
from bot.ports import UnitOfWork
from bot.usecases.permit import permit, roles_of

PAGE = 10  # submissions of one page: what a phone shows without much scrolling


def see_queue(
    uow: UnitOfWork, program: Program, person: Person, *, after: int, now: datetime
) -> Queue:
    """What is open, with numbers above `after`, without the asker's own."""
    permit(uow, person, Action.SEE_QUEUE, now=now)
    found = list(islice(_not_of(uow, person, after=after), PAGE + 1))
    own = sum(submission.open for submission in uow.submissions.of(person))
    return Queue(
        page=_waiting(uow, program, person, found[:PAGE], now=now),
        total=uow.submissions.count(OPEN_STAGES) - own,
        more=len(found) > PAGE,
        may_claim=Role.REVIEWER in roles_of(uow, person, now=now),
    )


def my_reviews(
    uow: UnitOfWork, program: Program, person: Person, *, now: datetime
) -> tuple[Queued, ...]:
    """The open submissions that the asker has taken on, oldest first."""
    permit(uow, person, Action.SEE_QUEUE, now=now)
    return _waiting(uow, program, person, uow.submissions.claimed_by(person), now=now)


def _not_of(uow: UnitOfWork, person: Person, *, after: int) -> Iterator[Submission]:
    while page := uow.submissions.in_stages(OPEN_STAGES, limit=PAGE + 1, after=after):
        yield from (submission for submission in page if submission.person_id != person.id)
        after = page[-1].id


def _waiting(
    uow: UnitOfWork,
    program: Program,
    person: Person,
    found: Sequence[Submission],
    *,
    now: datetime,
) -> tuple[Queued, ...]:
    return tuple(queued(program, one, _name(uow, one), asker=person, now=now) for one in found)


def _name(uow: UnitOfWork, submission: Submission) -> str:
    candidate = uow.people.get(submission.person_id)
    return candidate.name if candidate else f"person {submission.person_id}"
