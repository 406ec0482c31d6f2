"""How often somebody is answered by mail: at most so many times in any hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WITHIN = timedelta(hours=1)
LONGEST = timedelta(hours=24)  # what would be said later than that is not said


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Something is said at that instant because somebody wrote; `proved` that surely they did."""

    at: datetime
    proved: bool


def answer_at(
    given: Sequence[Answer], *, most: int, now: datetime, proved: bool
) -> datetime | None:
    """When the next answer can be given; None when that is too long after `now`.

    `given` are those since an hour before `now`, those to come too. At most `most` fall within any
    hour, and of what anybody may have written at most half, or it would silence whoever it names.
    """
    ats = sorted(one.at for one in given)
    others = sorted(one.at for one in given if not one.proved)
    for at in sorted({now, *(one + WITHIN for one in ats if one + WITHIN > now)}):
        if at > now + LONGEST:
            return None
        if _fits(ats, at, most) and (proved or _fits(others, at, half(most))):
            return at
    return None


def half(most: int) -> int:
    """How many of them are for what anybody may have written."""
    return max(1, most // 2)


def _fits(ats: Sequence[datetime], at: datetime, most: int) -> bool:
    """Whether no hour has more than `most` with one more at `at`."""
    near = sorted((*(one for one in ats if at - WITHIN < one < at + WITHIN), at))
    several = zip(near, near[most:], strict=False)
    return all(last - first >= WITHIN for first, last in several)
