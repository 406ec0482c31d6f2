"""Take a submission back before its review starts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain import review
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.notices.happenings import OUTCOMES
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.domain.rights import GRANTED, Action
from bot.domain.rounds import Difference, since
from bot.domain.standing import standing
from bot.domain.submission import Submission
from bot.phrases import submission_news
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.reopen_requests import reopen
from bot.usecases.review_step import find_submission, keep_step
from bot.usecases.tell import singly, tell_all


def withdraw_submission(
    uow: UnitOfWork, desk: Desk, person: Person, number: int, *, now: datetime
) -> tuple[Submission, tuple[EvidenceRequest, ...], Difference]:
    """The submission, withdrawn; the requests that wait again; what changed in the record since.

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
    colleagues, how = singly(uow, desk, GRANTED, but=[person.id]), told_as(desk.program, OUTCOMES)
    tell_all(uow, colleagues, told, key=f"withdrawn:{number}", now=now, how=how)
    reopened = reopen(uow, _wanted_again(uow, person, submission), now=now)
    return withdrawn, reopened, since(submission, uow.records.of(person))


def _wanted_again(
    uow: UnitOfWork, person: Person, submission: Submission
) -> Iterator[EvidenceRequest]:
    """What was asked for before: all of it, or what was given up when this came instead."""
    before = standing(submission.set_id, uow.submissions.of(person)).submission
    for request in uow.requests.of(person):
        returned = before is not None and submission.follows == before.id
        if before and request.submission_id == before.id and (request.given_up or returned):
            yield request
