"""Between submissions and their rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from bot.domain.rules import Route
from bot.domain.submission import Claim, Item, RatingGiven, ReviewDecision, Stage, Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What people said of a submission, as it is kept."""

    claims: tuple[Claim, ...] = ()
    ratings: tuple[RatingGiven, ...] = ()
    decision: ReviewDecision | None = None


@cache  # making one takes long, and none is wanted before the first submission
def items_adapter() -> TypeAdapter[tuple[Item, ...]]:
    """Between a snapshot's items and JSON."""
    return TypeAdapter(tuple[Item, ...])


@cache
def review_adapter() -> TypeAdapter[Review]:
    """Between a review and JSON."""
    return TypeAdapter(Review)


def submission_of(row: Row[Any]) -> Submission:
    """The submission of that row; ValueError or TypeError when nobody of ours wrote it."""
    return without_items(row, items=items_adapter().validate_json(row.items))


def without_items(row: Row[Any], *, items: tuple[Item, ...] = ()) -> Submission:
    """The same, but for its items unless they are given: they are by far the most of it."""
    review = review_adapter().validate_json(row.review)
    return Submission(
        id=row.id,
        person_id=row.person_id,
        set_id=row.set_id,
        route=Route(row.route),
        round=row.round,
        follows=row.follows,
        asked=row.asked,
        items=items,
        submitted_at=row.submitted_at,
        stage=Stage(row.stage),
        claims=review.claims,
        ratings=review.ratings,
        decision=review.decision,
        version=row.version,
    )
