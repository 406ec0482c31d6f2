"""In which order several things are told at once: the day that comes first goes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.domain.notices.kinds import DEADLINES, Kind
from bot.domain.notices.notice import Notice


def soonest_first(kinds: Mapping[str, Kind], told: Sequence[Notice]) -> tuple[Notice, ...]:
    """Deadlines by their day, then everything else as it stands."""
    return tuple(sorted(told, key=lambda one: _last_day(kinds, one)))


def _last_day(kinds: Mapping[str, Kind], notice: Notice) -> date:
    """The day that it warns of; the last of all days where it warns of none."""
    day = notice.about.get("date")
    if kinds[notice.kind].moment not in DEADLINES or not isinstance(day, date):
        return date.max
    return day.date() if isinstance(day, datetime) else day
