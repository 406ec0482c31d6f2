"""Say how a submission was rated, to those who may know already."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.review import left_to_rate
from bot.domain.rights import Action
from bot.domain.submission import Submission
from bot.domain.submission_view import as_reviewer_sees
from bot.domain.verdict import Ratings, combine, proposed
from bot.ports import UnitOfWork
from bot.usecases.review_step import find_submission


def see_ratings(
    uow: UnitOfWork, program: Program, person: Person, number: int, *, now: datetime
) -> Ratings:
    """What was rated so far."""
    action, details = Action.READ_DOSSIER, {"what": "ratings"}
    found = find_submission(uow, person, number, action, now=now, details=details)
    competency_set, rule = program.set(found.set_id), program.rules.review
    own = found.claimed_by(person.id) and found.open
    left = left_to_rate(found, competency_set, person.id) if own else ()
    shown = as_reviewer_sees(found, person.id) if left else found
    return Ratings(
        submission=found,
        rows=combine(shown, competency_set, rule),
        names=reviewer_names(uow, found),
        left=left,
        hidden=bool(left),
        proposal=None if left else proposed(found, competency_set, rule),
    )


def reviewer_names(uow: UnitOfWork, submission: Submission) -> Mapping[int, str]:
    """Everybody who rated or has taken it on; who gave it back may still have rated."""
    numbers = {rating.reviewer for rating in submission.ratings}
    people = (uow.people.get(number) for number in sorted(numbers))
    rated = {person.id: person.name for person in people if person}
    return rated | {claim.reviewer: claim.name for claim in submission.claims}
