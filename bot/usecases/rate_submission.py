"""Rate the competencies of a submission; staff hear when the last rating is in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import review
from bot.domain.notices.happenings import READY
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rights import STAFF, Action
from bot.domain.rules import Rating
from bot.domain.submission import RatingGiven, Submission
from bot.domain.verdict import Proposal, Rated, proposed
from bot.errors import Refused
from bot.phrases import rating
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.review_step import find_submission, keep_step
from bot.usecases.tell import singly, tell_all

THE_REST = ""  # stands for every competency that the reviewer has not rated yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A rating of one competency, or of `THE_REST` of them."""

    competency: str
    rating: Rating
    comment: str = ""


def rate_submission(
    uow: UnitOfWork,
    desk: Desk,
    person: Person,
    number: int,
    marks: Sequence[Mark],
    *,
    now: datetime,
) -> Rated:
    """All of the marks or, when one of them is refused, none."""
    program = desk.program
    before = find_submission(uow, person, number, Action.RATE, now=now)
    given = tuple(_given(before, program, person, marks, now=now))
    if not given:
        raise Refused(
            f"Nothing is left for you to rate in submission {number}; nothing was changed. To rate "
            f"one anew, name it. To see what there is, say: ratings {number}."
        )
    after = review.rate(before, program.set(before.set_id), given, rule=program.rules.review)
    kept = keep_step(uow, before, after, person=person, action="rated", now=now)
    competency_set, rule = program.set(kept.set_id), program.rules.review
    proposal = proposed(kept, competency_set, rule)
    if proposal and proposal != proposed(before, competency_set, rule):
        _tell_staff(uow, desk, person, kept, proposal=proposal, now=now)
    left = review.left_to_rate(kept, competency_set, person.id)
    return Rated(
        submission=kept,
        kept=tuple(dict.fromkeys(one.competency for one in given)),
        left=left,
        others=review.unrated(kept, competency_set, rule) - len(left),
        proposal=proposal,
    )


def _tell_staff(
    uow: UnitOfWork,
    desk: Desk,
    person: Person,
    submission: Submission,
    *,
    proposal: Proposal,
    now: datetime,
) -> None:
    """All but who rated last, and the candidate: they may be of the staff too."""
    reply = rating.alert(desk.program, submission, proposal)
    key, how = f"rated:{submission.id}:{submission.version}", told_as(desk.program, READY)
    others = singly(uow, desk, STAFF, but={person.id, submission.person_id})
    tell_all(uow, others, reply, key=key, now=now, how=how)


def _given(
    submission: Submission,
    program: Program,
    person: Person,
    marks: Sequence[Mark],
    *,
    now: datetime,
) -> Iterator[RatingGiven]:
    for mark in marks:
        for competency in _meant(submission, program, person, mark, marks=marks):
            yield RatingGiven(
                reviewer=person.id,
                competency=competency,
                rating=mark.rating,
                comment=mark.comment.strip(),
                at=now,
            )


def _meant(
    submission: Submission,
    program: Program,
    person: Person,
    mark: Mark,
    *,
    marks: Sequence[Mark],
) -> tuple[str, ...]:
    """The competencies of a mark; what the same message rates by name is no part of the rest."""
    if mark.competency != THE_REST:
        return (mark.competency,)
    named = {one.competency for one in marks}
    left = review.left_to_rate(submission, program.set(submission.set_id), person.id)
    return tuple(id for id in left if id not in named)
