"""Days of the calendar: `3 December`, `2026-12-03`, `12/03`, `the 5th`, `Christmas`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from functools import partial

from bot.domain.when.calendar import in_year
from bot.domain.when.draft import Clock, Draft, Picked, Piece
from bot.domain.when.numbers import DAY_NUMBER, ORDINAL_WORD, ordinal
from bot.domain.when.outcome import NotMet, Why

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NAMES = {name: place for place, name in enumerate(MONTHS, start=1)}
_NAMES |= {name[:3]: place for name, place in _NAMES.items()} | {"sept": 9}
_NAMES |= {  # typed in haste
    "janurary": 1, "janury": 1, "febuary": 2, "feburary": 2, "agust": 8, "septmber": 9,
    "setpember": 9, "ocotber": 10, "novemeber": 11, "decmber": 12, "decemeber": 12,
}  # fmt: skip
MONTH = rf"(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})\.?"
YEAR = r"(?:(?:,? ?|-)(?P<year>[0-9]{4})(?![0-9:.]))?"
_ON = r"(?:on |by |for |until |till )?(?:the )?"
_FEASTS = {
    "new year's eve": (12, 31), "new years eve": (12, 31), "new year's day": (1, 1),
    "new year": (1, 1), "new year's": (1, 1), "christmas eve": (12, 24), "christmas day": (12, 25),
    "christmas": (12, 25), "halloween": (10, 31), "valentine's day": (2, 14),
    "new years day": (1, 1), "xmas": (12, 25),
}  # fmt: skip


def pieces() -> Iterator[Piece]:
    """Rows of the grammar: a pattern, and what makes a draft of its match."""
    yield rf"{_ON}(?P<day>{DAY_NUMBER})(?: of |\. ?|[ -])?(?P<month>{MONTH}){YEAR}", _named
    yield rf"{_ON}(?P<month>{MONTH}) ?(?:the )?(?P<day>{DAY_NUMBER})(?![:.]?[0-9]){YEAR}", _named
    yield rf"{_ON}(?P<year>[0-9]{{4}})[-/.](?P<month>[0-9]{{1,2}})[-/.](?P<day>[0-9]{{1,2}})", _iso
    stamp = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})t"
    yield rf"{_ON}{stamp}(?P<hour>[0-9]{{2}}):(?P<minute>[0-9]{{2}})(?::[0-9]{{2}})?", _stamp
    yield (
        rf"{_ON}(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})\.(?P<year>[0-9]{{4}}|[0-9]{{2}})?",
        _iso,
    )
    figures = rf"{_ON}(?P<a>[0-9]{{1,2}})/(?P<b>[0-9]{{1,2}})"
    yield rf"{figures}(?:/(?P<year>[0-9]{{4}}|[0-9]{{2}}))?", _figures
    yield rf"{_ON}(?P<a>[0-9]{{1,2}})-(?P<b>[0-9]{{1,2}})-(?P<year>[0-9]{{4}})", _figures
    ordinal_of = r"(?: (?:day )?of (?:the|this) month)?"
    yield rf"{_ON}(?P<day>[0-9]{{1,2}}(?:st|nd|rd|th)){ordinal_of}", _of_month
    yield rf"(?:on |by |until |till )?the (?P<day>{ORDINAL_WORD}){ordinal_of}", _of_month
    yield r"(?:on|by) the (?P<day>[0-9]{1,2})", _of_month
    feasts = "|".join(sorted(_FEASTS, key=len, reverse=True))
    yield rf"(?:on |at |by |in the )?(?P<feast>{feasts})", _feast


def month_of(said: str) -> int:
    """`dec.`, `december`."""
    return _NAMES[said.rstrip(".")]


def year_of(said: str | None) -> int | None:
    """A year of four figures, or of two in this century."""
    if not said:
        return None
    return int(said) + (2000 if len(said) == 2 else 0)


def _named(found: re.Match[str]) -> Draft:
    return _date(month_of(found["month"]), ordinal(found["day"]), found["year"])


def _iso(found: re.Match[str]) -> Draft:
    return _date(int(found["month"]), int(found["day"]), found["year"])


def _stamp(found: re.Match[str]) -> Draft:
    """`2026-12-03T09:00`, after ISO 8601."""
    hour, minute = int(found["hour"]), int(found["minute"])
    if hour > 23 or minute > 59:
        return Draft(why=Why.NO_TIME)
    return replace(_iso(found), clock=Clock(at=time(hour, minute)))


def _date(month: int, number: int, year: str | None) -> Draft:
    return Draft(pick=partial(_pick, month=month, number=number, year=year_of(year)))


def _pick(today: date, *, month: int, number: int, year: int | None) -> Picked:
    return Picked(day=in_year(today, month, number, year=year))


def _figures(found: re.Match[str]) -> Draft:
    """`12/25` is one day; of `12/03` nobody knows which comes first."""
    a, b = int(found["a"]), int(found["b"])
    return Draft(pick=partial(_pick_either, a=a, b=b, year=year_of(found["year"])))


def _pick_either(today: date, *, a: int, b: int, year: int | None) -> Picked:
    days = [day for m, d in ((a, b), (b, a)) if (day := _valid(today, m, d, year)) is not None]
    if not days:
        raise NotMet(Why.NO_DAY)
    several = len(set(days)) > 1
    return Picked(day=days[0], others=tuple(days[1:]) if several else (), either=several)


def _valid(today: date, month: int, number: int, year: int | None) -> date | None:
    try:
        return in_year(today, month, number, year=year)
    except NotMet:
        return None


def _of_month(found: re.Match[str]) -> Draft:
    return Draft(of_month=ordinal(found["day"]))


def _feast(found: re.Match[str]) -> Draft:
    month, number = _FEASTS[found["feast"]]
    return _date(month, number, None)
