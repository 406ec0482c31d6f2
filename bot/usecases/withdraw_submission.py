"""Take a submission back before its review starts."""

from __future__ import annotations

from datetime import datetime

from bot.domain import review
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.people import Person
from bot.domain.rights import Action, Role
from bot.domain.submission import Submission
from bot.phrases import submission_news
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.review_step import find_submission, keep_step
from bot.usecases.tell import tell_all

_TOLD = (Role.REVIEWER, Role.STAFF, Role.ADMIN)


def withdraw_submission(
    uow: UnitOfWork, desk: Desk, person: Person, number: int, *, now: datetime
) -> tuple[Submission, tuple[EvidenceRequest, ...]]:
    """The submission, withdrawn, and the requests that wait for evidence again.

    `Refused` once its review started; `NotFound` when it is not the person's own.
    """
    submission = find_submission(uow, person, number, Action.KEEP, now=now)
    withdrawn = keep_step(
        uow,
        submission,
        review.withdraw(submission),
        person=person,
        action="withdrawn",
        now=now,
    )
    told = submission_news.withdrawn_alert(desk.program, person.name, submission)
    tell_all(uow, _TOLD, told, key=f"withdrawn:{number}", now=now, but=person.id)
    return withdrawn, _reopened(uow, person, submission)


def _reopened(
    uow: UnitOfWork, person: Person, submission: Submission
) -> tuple[EvidenceRequest, ...]:
    """What the round before asked for is wanted again."""
    asked = (r for r in uow.requests.of(person) if r.submission_id == submission.follows)
    closed = tuple(request for request in asked if not request.open)
    for request in closed:
        uow.requests.reopen(request)
    return closed
