"""How far a set is on its way from evidence to being achieved."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """How far a set is on its way to being achieved. Achieved is for ever."""

    OPEN = "open"
    SUBMITTED = "submitted"
    IN_REVIEW = "in review"
    MORE_WANTED = "more documents wanted"
    COURSE_RECOMMENDED = "course recommended"
    ACHIEVED = "achieved"


# Handed in: on its way, or at its end for ever.
HANDED_IN = frozenset({Phase.SUBMITTED, Phase.IN_REVIEW, Phase.ACHIEVED})
