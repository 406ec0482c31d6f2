"""What a series of notices counts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

Facts = Mapping[str, str | int | date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """One thing that lead times count from.

    `matter` is what people type, `part` what tells it in keys from others of its kind. `day` is
    the day to count from where its reader lives, and `named` the day in keys, which stays the same
    when they move. `since` is when it came up: what was said to be done with later is silent. None
    stands for its first notice. From `ends` on nothing is true any more that was to be said before
    or on the day. `instant` is there where the time of day is given too. `besides` are the lead
    times, in days, at which something else on the same day is told of anyway.
    """

    matter: str
    day: date
    about: Facts
    part: str = ""
    named: date | None = None
    since: datetime | None = None
    ends: datetime | None = None
    instant: datetime | None = None
    besides: frozenset[int] = frozenset()


def stamp(at: datetime) -> str:
    """An instant as it stands in keys."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
