"""Take a submission on for review, and give it back."""

from __future__ import annotations

from datetime import datetime

from bot.domain import review
from bot.domain.limits import MOST_CLAIMS, check_count
from bot.domain.notices.happenings import STARTED
from bot.domain.notices.manner import told_as
from bot.domain.notices.notice import Ending, Noted
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rights import Action
from bot.domain.submission import Submission
from bot.phrases import review_news
from bot.ports import UnitOfWork
from bot.usecases.review_step import find_submission, keep_step
from bot.usecases.tell import tell


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
    taken = keep_step(uow, found, after, person=person, action="claimed", now=now)
    _tell_owner(uow, program, taken, now=now)
    return taken


def release_submission(
    uow: UnitOfWork, person: Person, number: int, *, now: datetime
) -> Submission:
    """The submission, given back: what the reviewer rated in this round goes."""
    found = find_submission(uow, person, number, Action.RATE, now=now)
    after = review.release(found, person)
    return keep_step(uow, found, after, person=person, action="released", now=now)


def _tell_owner(
    uow: UnitOfWork, program: Program, submission: Submission, *, now: datetime
) -> None:
    """Tells the candidate, once for a submission, that its review has begun; not who reviews."""
    owner, key = uow.people.get(submission.person_id), f"started:{submission.id}"
    if owner is None:
        return
    once = Noted(
        key=f"{key}:{owner.id}",
        person_id=owner.id,
        kind=STARTED,
        matter=f"review-{submission.id}",
        due=now,
        at=now,
        ending=Ending.SAID,
    )
    if uow.notices.note([once]):
        news, how = review_news.started(program, submission), told_as(program, STARTED)
        tell(uow, owner, news, key=key, now=now, how=how)
