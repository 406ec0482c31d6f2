"""A submission as its own candidate may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.rules import Outcome
from bot.domain.submission import RatingGiven, ReviewDecision, Submission


def reviewer_places(submission: Submission) -> Mapping[int, int]:
    """Which reviewer is Reviewer 1, 2 ..., by their numbers: in the order they took it on."""
    people = (*(c.reviewer for c in submission.claims), *(r.reviewer for r in submission.ratings))
    return {person: place for place, person in enumerate(dict.fromkeys(people), start=1)}


def as_candidate_sees(submission: Submission) -> Submission:
    """Reviewers by their places and not by name; of whoever decided, the name alone.

    Ratings are there once it is decided. Their comments are those that a decision tells: all of
    them when the set was approved, those of what more is wanted for, none with a course.
    """
    places, decision = reviewer_places(submission), submission.decision
    given = (r for r in submission.ratings if decision or r.carried)
    ratings = [
        replace(
            rating,
            reviewer=places[rating.reviewer],
            comment=rating.comment if _is_told(rating, decision) else "",
        )
        for rating in given
    ]
    return replace(
        submission,
        claims=(),
        ratings=tuple(sorted(ratings, key=lambda rating: rating.reviewer)),
        decision=replace(decision, by=0, proposed=None) if decision else None,
    )


def said_of(seen: Submission, section: str) -> tuple[tuple[int, str], ...]:
    """The comments about a section in what the candidate sees: of which Reviewer, and the words."""
    given = (r for r in seen.ratings if r.competency == section and r.comment.strip())
    return tuple((rating.reviewer, rating.comment.strip()) for rating in given)


def _is_told(rating: RatingGiven, decision: ReviewDecision | None) -> bool:
    if decision is None:
        return False
    if decision.outcome is Outcome.MORE:
        return rating.competency in decision.sections
    return decision.outcome is Outcome.APPROVED
