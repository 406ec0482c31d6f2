"""What words about a time came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

FARTHEST = timedelta(days=3 * 366)  # that anything is set ahead


class Why(StrEnum):
    """Why words that plainly mean a time name none that can be used."""

    PAST = "past"
    NOW = "now"
    TOO_FAR = "too far"
    NO_DAY = "no such day"
    NO_TIME = "no such time"
    WHOLE_DAY = "a whole day"  # hours are counted from it
    OTHER_WEEKDAY = "another weekday"
    OTHER_ZONE = "another zone"


class Note(StrEnum):
    """What is worth saying of a time that was found."""

    REPEATED = "repeated"  # it is the first of the times that were meant
    SEVERAL = "several"  # more times were said behind it
    LATER_MONTH = "later month"  # the next month has no such day
    SKIPPED = "skipped"  # the clock goes forward over the time that was said
    TWICE = "twice"  # the clock goes back, and that time comes twice


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """An instant (aware UTC), what else may have been meant, and what is to be said of it.

    `clock_only` means that a time of day was said, or a part of it, and no day.
    """

    at: datetime
    others: tuple[datetime, ...] = ()
    notes: frozenset[Note] = frozenset()
    clock_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Either:
    """Two days that the same figures mean, each at its time (aware UTC): nobody can tell which."""

    first: datetime
    second: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """No usable time, and why; `day` is the day that was named where there is one."""

    why: Why
    day: date | None = None


Outcome = When | Either | Unmet


class NotMet(Exception):
    """Raised inside the grammar for `Unmet`; it never leaves it."""

    def __init__(self, why: Why, day: date | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.day = day
