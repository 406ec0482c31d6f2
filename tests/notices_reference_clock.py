"""Wall times and quiet hours for `notices_reference`, found by trying."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.notices.wishes import Quiet


@lru_cache(maxsize=1 << 18)
def wall(day: date, at: time, zone: str) -> datetime:
    """A wall time as UTC: of two instants the first; of none, by the offset before the gap."""
    there = ZoneInfo(zone)
    said = datetime.combine(day, at)
    offsets = [
        (said + timedelta(hours=hours)).replace(tzinfo=UTC).astimezone(there).utcoffset()
        for hours in (-30, 30)
    ]
    before, after = (offset or timedelta() for offset in offsets)
    for offset in (before, after):
        instant = (said - offset).replace(tzinfo=UTC)
        if instant.astimezone(there).replace(tzinfo=None) == said:
            return instant
    return (said - before).replace(tzinfo=UTC)


@lru_cache(maxsize=1 << 18)
def _minutes_on(at: datetime, begins: time, ends: time, zone: str) -> datetime:
    there = ZoneInfo(zone)
    while True:
        now = at.astimezone(there).time()
        over_midnight = begins > ends
        quiet = (now >= begins or now < ends) if over_midnight else begins <= now < ends
        if not quiet:
            return at
        at = at.replace(second=0, microsecond=0) + timedelta(minutes=1)


def not_quiet(at: datetime, quiet: Quiet | None, zone: str) -> datetime:
    """The first minute from then on that is not in quiet hours."""
    if quiet is None or quiet.begins == quiet.ends:
        return at
    return _minutes_on(at, quiet.begins, quiet.ends, zone)


def later(day: date, months: int) -> date:
    """The same day so many months on, or where there is none the day after that month's last."""
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    then = first + timedelta(days=day.day - 1)
    if then.month == first.month:
        return then
    return (first + timedelta(days=32)).replace(day=1)


def midnight_after(day: date, zone: ZoneInfo) -> datetime:
    """When the day is over there."""
    return wall(day + timedelta(days=1), time(), zone.key)
