"""Days and local times of day as instants: quiet hours, digest slots, working days.

A wall time that a clock change skips counts with the offset before it (RFC 5545, 3.3.5); of one
that comes twice the first is meant.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.domain.notices.kinds import NoticeRules, Office
from bot.domain.notices.wishes import Cadence, Quiet

DAY = timedelta(days=1)
KEPT = 1 << 16  # days, times and zones of a million people have this few combinations


@lru_cache(maxsize=KEPT)
def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """That wall time of that day, as aware UTC."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def day_in(at: datetime, zone: tzinfo) -> date:
    """The calendar day of an instant in that zone."""
    return at.astimezone(zone).date()


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months on; where that has none, the first one after it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:  # 29 February is 1 March a year on; no such month is a December
        return date(year, month + 2, 1)


def after_quiet(at: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """`at` itself, or where that is in quiet hours the instant at which they end."""
    if quiet is None or quiet.begins == quiet.ends:
        return at
    return _after(at, quiet.begins, quiet.ends, zone)


@lru_cache(maxsize=KEPT)
def _after(at: datetime, begins: time, ends: time, zone: ZoneInfo) -> datetime:
    quiet = Quiet(begins=begins, ends=ends)
    while is_quiet(local := at.astimezone(zone), quiet):
        at = _end_of(local, quiet, zone)
    return at


def is_quiet(local: datetime, quiet: Quiet) -> bool:
    """Whether that wall time is in quiet hours, the end not included."""
    return is_quiet_at(local.time(), quiet)


def is_quiet_at(now: time, quiet: Quiet) -> bool:
    """The same of a time of day."""
    if quiet.begins <= quiet.ends:
        return quiet.begins <= now < quiet.ends
    return now >= quiet.begins or now < quiet.ends


def next_slot(at: datetime, cadence: Cadence, rules: NoticeRules, zone: ZoneInfo) -> datetime:
    """The first digest slot at or after `at`; `at` itself where nothing is gathered."""
    if cadence is Cadence.AT_ONCE:
        return at
    day = day_in(at, zone) - DAY  # a slot that the clock skips may come on the next day
    while (cadence is Cadence.WEEKLY and day.weekday() != rules.weekday) or (
        instant_of(day, rules.at, zone) < at
    ):
        day += DAY
    return instant_of(day, rules.at, zone)


def working_day(day: date, office: Office) -> date:
    """That day, or the next one on which people work."""
    while day.weekday() not in office.days or day in office.holidays:
        day += DAY
    return day


def office_slot(at: datetime, office: Office) -> datetime:
    """The first time at or after `at` at which staff are told what can wait."""
    zone = ZoneInfo(office.time_zone)
    day = working_day(day_in(at, zone) - DAY, office)
    while instant_of(day, office.at, zone) < at:
        day = working_day(day + DAY, office)
    return instant_of(day, office.at, zone)


def _end_of(local: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """When quiet hours end that hold that wall time."""
    over_midnight = quiet.begins > quiet.ends and local.time() >= quiet.begins
    day = local.date() + DAY if over_midnight else local.date()
    end = instant_of(day, quiet.ends, zone)
    if end > local:
        return end
    again = datetime.combine(day, quiet.ends, zone).replace(fold=1)  # the hour that comes twice
    return again.astimezone(UTC)
