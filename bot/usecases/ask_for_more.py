"""What follows when more documents are wanted: a request for each section, and how to answer."""

from __future__ import annotations

from datetime import datetime

from bot.domain.appeal_case import appeal_until
from bot.domain.evidence_requests import EvidenceRequest, fresh_token
from bot.domain.notices.happenings import DECIDED
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.domain.submission import Submission, decision_of
from bot.phrases import deciding
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.tell import tell


def ask_for_more(
    uow: UnitOfWork, desk: Desk, owner: Person, submission: Submission, *, now: datetime
) -> tuple[EvidenceRequest, ...]:
    """One request for each section of the decision; the candidate is told them in one message."""
    decision = decision_of(submission)
    requests = tuple(
        uow.requests.add(
            owner, submission=submission, section=section, token=free_token(uow), at=now
        )
        for section in decision.sections
    )
    news = deciding.more(
        desk.program,
        submission,
        requests,
        desk.cited(desk.program.rules.review.more_cites),
        appeal_until=appeal_until(desk.program, owner, submission),
    )
    how = told_as(desk.program, DECIDED)
    tell(uow, owner, news, key=f"outcome:{submission.id}", now=now, how=how)
    return requests


def free_token(uow: UnitOfWork) -> str:
    """A token that no request has."""
    while True:
        token = fresh_token()
        if uow.requests.by_token(token) is None:
            return token
