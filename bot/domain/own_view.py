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

    Ratings are there once it is decided. The comments are what the candidate was told: those of
    what more is wanted for, and all of them when the set was approved or a course recommended.
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


def _is_told(rating: RatingGiven, decision: ReviewDecision | None) -> bool:
    if decision is None:
        return False
    return decision.outcome is not Outcome.MORE or rating.competency in decision.sections
