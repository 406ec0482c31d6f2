"""Take a submission on for review, and give it back."""

from __future__ import annotations

from datetime import datetime

from bot.domain import review
from bot.domain.limits import MOST_CLAIMS, check_count
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rights import Action
from bot.domain.submission import Submission
from bot.ports import UnitOfWork
from bot.usecases.review_step import find_submission, keep_step


def claim_submission(
    uow: UnitOfWork, program: Program, person: Person, number: int, *, now: datetime
) -> Submission:
    """The submission, taken on; `Refused` says by whom when no place is left."""
    found = find_submission(uow, person, number, Action.CLAIM, now=now)
    check_count(
        len(uow.submissions.claimed_by(person)),
        MOST_CLAIMS,
        f"You have taken on {MOST_CLAIMS} submissions; finish or release one first. Say: my "
        "reviews.",
    )
    after = review.claim(found, person, program.rules.review, now=now)
    return keep_step(uow, found, after, person=person, action="claimed", now=now)


def release_submission(
    uow: UnitOfWork, person: Person, number: int, *, now: datetime
) -> Submission:
    """The submission, given back: what the reviewer rated in this round goes."""
    found = find_submission(uow, person, number, Action.RATE, now=now)
    after = review.release(found, person)
    return keep_step(uow, found, after, person=person, action="released", now=now)
