"""What is known of a time while its words are read, one piece after the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, time

from bot.domain.when.outcome import Note, Why

LAST_SMALL = 5  # the hour of a morning that people still call night


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """A day, other days that may have been meant, and whether nobody can tell (`either`)."""

    day: date
    others: tuple[date, ...] = ()
    either: bool = False
    note: Note | None = None


Pick = Callable[[date], Picked]  # given the day it is; it raises `NotMet`


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekday:
    """A day of the week (Monday = 0). `week` counts weeks from this one; None is the next to come.

    `next` is what people mean by `next Friday`, of which they mean two things. In a `sure` week it
    is no other day, though it be over.
    """

    day: int
    week: int | None = None
    next: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time; what is shorter than a day is in `seconds`."""

    months: int = 0
    days: int = 0
    working: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A wall time; unless it is `sure`, the afternoon's may be meant as well.

    A `midnight` that is `last` ends its day, as 24:00 does.
    """

    at: time
    sure: bool = True
    midnight: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the day: when it is told, and from which hour on a bare hour is of the afternoon.

    `this` means today's. `small` is the last small hour that is of it, though of the next day.
    """

    at: time
    late: bool = False
    this: bool = False
    small: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Pieces by their sort. `after` is a span that counts from the day, `span` one from now.

    `later` is some hours on, `same` the time of day that it is; `each` is how far apart the times
    are that `repeated` means, of which the day that is said is the `last` one, or the first. It is
    `several` where more times were said behind this one.
    """

    pick: Pick | None = None
    of_month: int | None = None
    weekday: Weekday | None = None
    span: Span | None = None
    after: Span | None = None
    clock: Clock | None = None
    part: Part | None = None
    later: bool | None = None
    same: bool | None = None
    today: bool | None = None
    repeated: bool | None = None
    each: Span | None = None
    last: bool | None = None
    several: bool | None = None
    why: Why | None = None

    @property
    def has_day(self) -> bool:
        """Whether a day is said, or how far it is."""
        return any(
            part is not None
            for part in (self.pick, self.of_month, self.weekday, self.span, self.why)
        )

    @property
    def any(self) -> bool:
        """Whether anything was read; a span from a day needs that day."""
        lone = replace(self, repeated=None, after=None, several=None, same=None)
        if lone == Draft() or self.after is None:
            return lone != Draft()
        day = self.pick or self.weekday or self.of_month
        return day is not None or (self.after.seconds != 0 and self.clock is not None)


Make = Callable[[re.Match[str]], Draft | None]
Piece = tuple[str, Make]  # a pattern, and what its match says of the time


def merged(draft: Draft, more: Draft) -> Draft | None:
    """Both together; None where they say the same sort of thing twice."""
    names = [one.name for one in fields(Draft)]
    said = {name: value for name in names if (value := getattr(more, name)) is not None}
    if any(getattr(draft, name) is not None for name in said if name != "repeated"):
        return None
    both = replace(draft, **said)
    return both if _fits(both) else None


def _fits(draft: Draft) -> bool:
    """A weekday goes with a date or with weeks ahead; else there is one day."""
    hours = draft.span is not None and draft.span.seconds > 0
    pick = None if hours and draft.today else draft.pick  # `today in 2 hours`
    several = sum(one is not None for one in (pick, draft.of_month, draft.span)) > 1
    return not several and not (hours and (draft.clock or draft.part or draft.weekday))
