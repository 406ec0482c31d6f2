"""Weeks, months and years: `next week`, `end of the month`, `the first Monday of December`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from bot.domain.when.calendar import (
    DAY,
    WEEK,
    end_of_month,
    first_of_month,
    in_year,
    last_of_month,
    monday_of,
)
from bot.domain.when.dates import MONTH, month_of, year_of
from bot.domain.when.draft import Draft, Picked, Piece
from bot.domain.when.numbers import ORDINAL, ORDINAL_WORD, ordinal
from bot.domain.when.outcome import NotMet, Why
from bot.domain.when.weekdays import WEEKDAY, weekday_of

_AT = r"(?:at |by |in |on |until |till |towards? )?(?:the )?"
_NAMED = rf"(?P<month>{MONTH})(?:,? ?(?P<year>[0-9]{{4}}))?"
_PERIOD = (
    rf"(?P<which>the |this |next |the next |the following )?(?:(?P<unit>week|month|year)|{_NAMED})"
)
_EDGE = r"(?P<edge>end|beginning|start|middle|close)"
_SATURDAY, _FRIDAY, _WEDNESDAY = 5, 4, 2


def pieces() -> Iterator[Piece]:
    """Rows of the grammar: a pattern, and what makes a draft of its match."""
    yield rf"{_AT}{_EDGE} of {_PERIOD}", _edge
    yield rf"{_AT}(?P<part>early|mid|late)[ -]?(?:in )?{_PERIOD}", _edge
    yield r"(?:by |at )?(?:the )?(?P<short>eom|eow|eoy|month's end|month end|year's end)", _short
    yield rf"(?P<in>in |by |until |during |next |this coming )?{_NAMED}", _month
    yield (
        r"(?:in |by |some ?time |during )?(?:the )?(?:next|nxt|following|coming|upcoming)"
        r" (?P<unit>week|month|year)",
        _next,
    )
    yield r"(?:last|previous|past) (?:week|month|year)", _past
    yield r"(?:in )?(?:the )?(?P<unit>week|month|year) after next", _after_next
    yield r"after (?:the|this) weekend", _after_weekend
    yield rf"{_AT}(?P<next>next |this |coming )?weekend", _weekend
    yield rf"{_AT}(?P<place>{ORDINAL_WORD}|last) (?P<weekday>{WEEKDAY}) (?:of|in) {_PERIOD}", _nth
    yield rf"{_AT}last (?P<working>working |business )?day (?:of|in) {_PERIOD}", _last_day
    yield rf"{_AT}(?P<day>{ORDINAL}) (?:day )?(?:of|in) (?P<next>next) month", _of_next
    yield rf"next month,? (?:on )?(?:the )?(?P<day>{ORDINAL})", _of_next


def _edge(found: re.Match[str]) -> Draft | None:
    parts = found.groupdict()
    edge = parts.get("edge") or {"early": "start", "mid": "middle", "late": "late"}[parts["part"]]
    if parts.get("unit") and not parts["which"] and "part" in parts and parts["part"] != "mid":
        return None
    return Draft(pick=partial(_pick_edge, edge=edge, period=parts))


def _pick_edge(today: date, *, edge: str, period: dict[str, str | None]) -> Picked:
    first, last = _days_of(today, period)
    if edge in ("end", "close"):
        day = last if period.get("unit") != "week" else first + timedelta(days=_FRIDAY)
    elif edge == "middle":
        day = _middle(first, period)
    elif edge == "late" and period.get("unit") == "week":
        day = first + timedelta(days=_FRIDAY)
    elif edge == "late":
        day = last - timedelta(days=min(5, (last - first).days // 4))
    else:
        day = first
    if day < today and period.get("unit") == "week" and edge == "end":
        day = last if last >= today else day
    if day < today:
        raise NotMet(Why.PAST, day)
    return Picked(day=day)


def _middle(first: date, period: dict[str, str | None]) -> date:
    if period.get("unit") == "week":
        return first + timedelta(days=_WEDNESDAY)
    return first.replace(month=7) if period.get("unit") == "year" else first.replace(day=15)


def _days_of(today: date, period: dict[str, str | None]) -> tuple[date, date]:
    """The first and the last day of the period."""
    later = int("next" in (period["which"] or "") or "following" in (period["which"] or ""))
    match period.get("unit"):
        case "week":
            monday = monday_of(today) + timedelta(days=WEEK * later)
            return monday, monday + timedelta(days=WEEK - 1)
        case "month":
            first = first_of_month(today, later)
            return first, end_of_month(first)
        case "year":
            return date(today.year + later, 1, 1), date(today.year + later, 12, 31)
    first = _first_of_named(today, period)
    return first, end_of_month(first)


def _first_of_named(today: date, period: dict[str, str | None]) -> date:
    """The first of the month of that name: this month's own, or the next one to come."""
    month, year = month_of(period["month"] or ""), year_of(period["year"])
    if year is None and month == today.month:
        return today.replace(day=1)
    return in_year(today, month, 1, year=year)


def _short(found: re.Match[str]) -> Draft:
    said = found["short"]
    unit = "week" if said == "eow" else "year" if said.startswith(("eoy", "year")) else "month"
    period: dict[str, str | None] = {"unit": unit, "which": None}
    return Draft(pick=partial(_pick_edge, edge="end", period=period))


def _month(found: re.Match[str]) -> Draft | None:
    """`in January`; a month's name alone may be anything else, as may a number behind it."""
    if not found["in"] and not found["year"]:
        return None
    return Draft(pick=partial(_pick_month, period=found.groupdict()))


def _pick_month(today: date, *, period: dict[str, str | None]) -> Picked:
    first = _first_of_named(today, {**period, "which": None})
    if first < today and (first.year, first.month) == (today.year, today.month):
        return Picked(day=today + DAY)
    return Picked(day=first)


def _next(found: re.Match[str]) -> Draft:
    return Draft(pick=partial(_pick_next, unit=found["unit"], count=1))


def _past(_: re.Match[str]) -> Draft:
    return Draft(why=Why.PAST)


def _after_next(found: re.Match[str]) -> Draft:
    return Draft(pick=partial(_pick_next, unit=found["unit"], count=2))


def _pick_next(today: date, *, unit: str, count: int) -> Picked:
    if unit == "week":
        return Picked(day=monday_of(today) + timedelta(days=WEEK * count))
    if unit == "month":
        return Picked(day=first_of_month(today, count))
    return Picked(day=date(today.year + count, 1, 1))


def _weekend(found: re.Match[str]) -> Draft:
    return Draft(pick=partial(_pick_weekend, later=(found["next"] or "") == "next "))


def _pick_weekend(today: date, *, later: bool) -> Picked:
    saturday = monday_of(today) + timedelta(days=_SATURDAY)
    if today >= saturday:
        saturday += timedelta(days=WEEK)
        return Picked(day=saturday)
    after = saturday + timedelta(days=WEEK)
    return Picked(day=after, others=(saturday,)) if later else Picked(day=saturday)


def _after_weekend(_: re.Match[str]) -> Draft:
    return Draft(pick=partial(_pick_next, unit="week", count=1))


def _nth(found: re.Match[str]) -> Draft | None:
    parts = found.groupdict()
    place = 0 if parts["place"] == "last" else ordinal(parts["place"])
    if parts.get("unit") in ("week", "year") or place > 5:
        return None
    weekday = weekday_of(parts["weekday"] or "")
    return Draft(pick=partial(_pick_nth, place=place, weekday=weekday, period=parts))


def _pick_nth(today: date, *, place: int, weekday: int, period: dict[str, str | None]) -> Picked:
    first, last = _days_of(today, period)
    if not place:
        day = last - timedelta(days=(last.weekday() - weekday) % WEEK)
    else:
        day = first + timedelta(days=(weekday - first.weekday()) % WEEK + WEEK * (place - 1))
    if day > last:
        raise NotMet(Why.NO_DAY)
    if day < today:
        raise NotMet(Why.PAST, day)
    return Picked(day=day)


def _last_day(found: re.Match[str]) -> Draft:
    return Draft(pick=partial(_pick_last, period=found.groupdict()))


def _pick_last(today: date, *, period: dict[str, str | None]) -> Picked:
    day = _days_of(today, period)[1]
    while period["working"] and day.weekday() >= _SATURDAY:
        day -= DAY
    if day < today:
        raise NotMet(Why.PAST, day)
    return Picked(day=day)


def _of_next(found: re.Match[str]) -> Draft:
    return Draft(pick=partial(_pick_of_next, number=ordinal(found["day"])))


def _pick_of_next(today: date, *, number: int) -> Picked:
    first = first_of_month(today, 1)
    if not 1 <= number <= last_of_month(first.year, first.month):
        raise NotMet(Why.NO_DAY)
    return Picked(day=first.replace(day=number))
