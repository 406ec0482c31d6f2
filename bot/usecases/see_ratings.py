"""Say how a submission was rated, to those who may know already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.review import left_to_rate
from bot.domain.rights import Action
from bot.domain.submission import Submission
from bot.domain.verdict import Ratings, combine, proposed
from bot.ports import UnitOfWork
from bot.usecases.review_step import find_submission


def see_ratings(
    uow: UnitOfWork, program: Program, person: Person, number: int, *, now: datetime
) -> Ratings:
    """What was rated so far."""
    found = find_submission(uow, person, number, Action.READ_DOSSIER, now=now)
    competency_set, rule = program.set(found.set_id), program.rules.review
    own = found.claimed_by(person.id) and found.open
    left = left_to_rate(found, competency_set, person.id) if own else ()
    shown = _own(found, person) if left else found
    return Ratings(
        submission=found,
        rows=combine(shown, competency_set, rule),
        names=_names(uow, found),
        left=left,
        hidden=bool(left),
        proposal=None if left else proposed(found, competency_set, rule),
    )


def _own(submission: Submission, person: Person) -> Submission:
    """The submission with the ratings of this round that are the person's own."""
    ratings = (r for r in submission.ratings if r.carried or r.reviewer == person.id)
    return replace(submission, ratings=tuple(ratings))


def _names(uow: UnitOfWork, submission: Submission) -> Mapping[int, str]:
    """Everybody who rated or has taken it on; who gave it back may still have rated."""
    numbers = {rating.reviewer for rating in submission.ratings}
    people = (uow.people.get(number) for number in sorted(numbers))
    rated = {person.id: person.name for person in people if person}
    return rated | {claim.reviewer: claim.name for claim in submission.claims}
