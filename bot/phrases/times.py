"""How days, instants and deadlines are told: on the reader's calendar and clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo


def told(day: date) -> str:
    """`3 December 2026`."""
    return f"{day.day} {day:%B %Y}"


def told_from(day: date, today: date) -> str:
    """`3 December 2026 (in 5 days)`."""
    return f"{told(day)} ({_away((day - today).days)})"


def told_in_full(day: date) -> str:
    """`Thursday, 3 December 2026`."""
    return f"{day:%A}, {told(day)}"


def day_of(at: datetime, zone: tzinfo) -> str:
    """The day of an instant where the reader is: `3 December 2026`."""
    return told(at.astimezone(zone).date())


def clock_time(at: datetime, zone: ZoneInfo) -> str:
    """`3 December 2026 at 14:05`, beside words that name the zone (see `times_of`)."""
    return f"{day_of(at, zone)} at {at.astimezone(zone):%H:%M}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """`3 December 2026 at 14:05 (America/Chicago)`."""
    return f"{clock_time(at, zone)} ({zone.key})"


def weekday_time(at: datetime, zone: ZoneInfo) -> str:
    """`Thursday, 3 December 2026 at 14:05`, beside words that name the zone (see `times_of`)."""
    local = at.astimezone(zone)
    return f"{told_in_full(local.date())} at {local:%H:%M}"


def moment_in_full(at: datetime, zone: ZoneInfo) -> str:
    """`Thursday, 3 December 2026 at 14:05 (America/Chicago)`."""
    return f"{weekday_time(at, zone)} ({zone.key})"


def times_of(zone: ZoneInfo) -> str:
    """Which zone's a reply's times are."""
    return f"Times are those of {zone.key}."


def in_words(said: Sequence[str | date], zone: ZoneInfo) -> str:
    """Words with days and instants among them, for a reader in that zone."""
    return "".join(_told(part, zone) for part in said)


def _told(part: str | date, zone: ZoneInfo) -> str:
    if isinstance(part, datetime):
        return moment_in_full(part, zone)
    return told(part) if isinstance(part, date) else part


def _away(count: int) -> str:
    if count == 0:
        return "today"
    days = "1 day" if abs(count) == 1 else f"{abs(count):,} days"
    return f"in {days}" if count > 0 else f"{days} ago"
