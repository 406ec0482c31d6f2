"""Nights: their small hours are of the day after, as is the midnight that ends a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from bot.domain.when.calendar import DAY
from bot.domain.when.draft import Clock, Draft, Part, Picked


def is_small(clock: Clock, part: Part | None) -> bool:
    """Whether it is after the midnight in that part of a day: `friday night at 1`."""
    return (
        part is not None
        and part.small is not None
        and clock.at.hour in (*range(part.small + 1), 12)
    )


def afternoon_of(clock: Clock | None, part: Part | None) -> time | None:
    """The afternoon's time that a small hour may mean as well: `tonight at 5`."""
    if clock is None or clock.sure or not is_small(clock, part) or clock.at.hour not in (4, 5):
        return None
    return clock.at.replace(hour=clock.at.hour + 12)


def is_over_midnight(draft: Draft, picked: Picked, today: date) -> bool:
    """Whether the time is of the day after: a small hour, or the midnight that ends the day."""
    if draft.clock is None:
        return False
    if is_small(draft.clock, draft.part) or draft.clock.last:
        return True
    late = draft.part is not None and draft.part.late
    return draft.clock.midnight and (picked.day == today or late)


def a_day_on(picked: Picked) -> Picked:
    """The day after it, and after each other one that may be meant."""
    others = tuple(day + DAY for day in picked.others)
    return replace(picked, day=picked.day + DAY, others=others)
