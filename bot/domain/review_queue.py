"""The queue of submissions as one person sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.review import left_to_rate
from bot.domain.submission import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A submission in the queue.

    `candidate` is the name of whose it is, `free` how many more may take it on, `days` how long it
    waits on the asker's calendar, and `left` how many competencies the asker has still to rate.
    """

    submission: Submission
    candidate: str
    free: int
    days: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A page of the queue, oldest first.

    `total` counts every page's, `more` tells whether another page follows, `may_claim` whether the
    asker may take submissions on.
    """

    page: tuple[Queued, ...]
    total: int
    more: bool
    may_claim: bool


def queued(
    program: Program, submission: Submission, candidate: str, *, asker: Person, now: datetime
) -> Queued:
    """The submission as the asker sees it in the queue."""
    places = program.rules.review.reviewers[submission.route]
    since = submission.submitted_at.astimezone(asker.zone).date()
    return Queued(
        submission=submission,
        candidate=candidate,
        free=max(0, places - len(submission.claims)),
        days=(now.astimezone(asker.zone).date() - since).days,
        left=len(left_to_rate(submission, program.set(submission.set_id), asker.id)),
    )
