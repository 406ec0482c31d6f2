"""Lengths of time from an instant on, and what `later` means."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.notices.days import instant_of
from bot.domain.when import calendar
from bot.domain.when.draft import Span
from bot.domain.when.outcome import FARTHEST, NotMet, Why

_LATER = timedelta(hours=3)
_LATEST = time(21)
_MINUTE = timedelta(minutes=1)


def in_span(span: Span, now: datetime, zone: ZoneInfo) -> datetime:
    """So many days by the calendar and then so many hours by the clock; whole minutes."""
    if span.seconds > FARTHEST.total_seconds():
        raise NotMet(Why.TOO_FAR)
    local = now.astimezone(zone)
    at = now
    if span.days or span.months or span.working:
        at = instant_of(calendar.spanned(local.date(), span), local.time(), zone)
    at += timedelta(seconds=span.seconds)
    whole = at.replace(second=0, microsecond=0)
    return whole if whole > now and whole == at else max(whole, _up(now, at))


def _up(now: datetime, at: datetime) -> datetime:
    """A whole minute near `at` that is still to come."""
    whole = at.replace(second=0, microsecond=0)
    return whole if whole > now else whole + _MINUTE


def later(now: datetime, zone: ZoneInfo) -> datetime:
    """Some hours on, but not at night; soon where it is night already."""
    local = now.astimezone(zone)
    late = instant_of(local.date(), _LATEST, zone)
    at = min(now + _LATER, late) if now + timedelta(hours=1) <= late else now + timedelta(hours=1)
    return _up(now, at)
