"""Lengths of time: `in two weeks`, `half an hour`, `3 working days from now`, `two days ago`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from bot.domain.when.dates import MONTH
from bot.domain.when.draft import Draft, Piece, Span
from bot.domain.when.numbers import MOST, NUMBER, number
from bot.domain.when.outcome import Why
from bot.domain.when.weekdays import WEEKDAY

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_SHORT = {
    "sec": "second", "min": "minute", "hr": "hour", "h": "hour", "d": "day", "wk": "week",
    "w": "week", "mo": "month", "mth": "month", "yr": "year", "y": "year", "s": "second",
    "m": "minute",
}  # fmt: skip
_LONG = "second|minute|hour|day|week|fortnight|month|quarter|year"
_UNIT = (
    rf"(?:(?:working|business|work|office) days?|weekdays?|(?:{_LONG})s?"
    r"|(?:sec|min|hr|wk|mth|mo|yr)s?\.?|(?:(?<=[0-9])|(?<=[0-9] ))[hdwmys])"
)
_SOME = {
    "a couple of": 2,
    "a couple": 2,
    "couple of": 2,
    "couple": 2,
    "a few": 3,
    "few": 3,
    "several": 3,
}
_THOUSANDS = r"[0-9]{1,3}(?:,[0-9]{3}){1,3}(?![0-9])"
_COUNT = (
    rf"(?:three[ -]quarters of an?|1/2 an?|1/[24]|3/4|a quarter of an?|quarter of an?"
    rf"|a couple of|a couple|couple of|couple|a few|few|several|(?:{_THOUSANDS}"
    rf"|(?:{NUMBER})(?:\.[0-9]{{1,3}}|,[0-9]{{1,2}})?)(?: and an? half)?|half an?|half|an?)"
)
_GAP = r"(?:(?<=[0-9]) ?| )(?:more )?"
_ONE = rf"(?P<count>{_COUNT}){_GAP}(?P<unit>{_UNIT})(?P<half> and a half)?"
_PLAIN = rf"{_COUNT}{_GAP}{_UNIT}(?: and a half)?"
SPAN = rf"{_PLAIN}(?:(?:,? and |, | )?{_PLAIN}){{0,3}}"
_EACH = re.compile(rf"(?<![a-z0-9.]){_ONE}(?![a-z])")
BEFORE = r"(?:before|ahead of|prior to)"
_CLOCK = (  # what `before` counts no day from
    r"(?:at )?(?:noon|mid ?(?:day|night)|breakfast|lunch|dinner|work|[0-9]{1,2}"
    r"(?::[0-9]{2}| ?[ap]\.?m| ?o ?'?clock|(?=[.,;!?]*$| (?:to|about)\b)))"
)
_DAY = (  # what `after` may count from: `after 5` is no day
    rf"(?:(?:the )?[0-9]{{1,2}}(?:st|nd|rd|th)|[0-9]{{1,2}}\.? (?:of )?{MONTH}|{MONTH} [0-9]"
    rf"|[0-9]{{4}}-|{WEEKDAY}(?![a-z])|christmas|new year)"
)
_HOURS = r"[0-9]{1,2} ?h(?:rs?|ours?)? ?[0-9]{1,2}(?: ?m(?:in(?:ute)?s?)?)?"  # `1h30`
_NEGATIVE = rf"in (?:minus |- ?){_PLAIN}"


def pieces() -> Iterator[Piece]:
    """Rows of the grammar: a pattern, and what makes a draft of its match."""
    about = r"(?:(?:about|around|approx\.?|approximately|roughly|exactly|another|some|the next) )?"
    yield (
        rf"(?:in|within|after) {about}(?P<span>{SPAN})(?: from (?:now|today)|'s time|'? time)?",
        _ahead,
    )
    yield rf"in {about}(?P<hours>{_HOURS})(?: from now)?|(?P<short>{_HOURS}) from now", _hours
    yield rf"(?P<span>{SPAN}) (?:from (?:now|today)|hence|later|ahead)", _ahead
    yield rf"(?P<span>{SPAN}) (?:from|after)", _after
    that_day = rf"(?= (?:today|tomorrow|on {WEEKDAY}))"
    yield rf"(?P<span>{_COUNT} weeks?){that_day}|(?<=day )fortnight", _on_from
    yield r"(?:on )?(?:the )?next (?:(?:working|business|work) day|weekday)", _next_working
    yield rf"(?P<span>{SPAN}) {BEFORE}", _before
    yield rf"(?:the )?(?P<unit>week|month) {BEFORE}", _unit_before
    yield r"(?:the )?(?P<unit>day|week|month) after", _unit_after
    yield rf"the day {BEFORE}|{BEFORE}(?! {_CLOCK})", _day_before
    yield rf"after(?= {_DAY})", _day_after
    yield rf"(?P<span>{SPAN}) (?:ago|earlier|back)", _past
    yield _NEGATIVE, _past
    yield rf"every (?P<span>{SPAN})", _every
    yield r"every (?:other|second) (?P<unit>day|week|month|year)", _every_other
    yield (
        r"(?:every|each) (?P<unit>day|week|month) (?:until|till|up to|before)"
        rf"(?= (?:{_DAY}|tomorrow|next |the end ))",
        _each_until,
    )
    yield r"(?:every|each) (?P<unit>day|week|month|year)|(?P<ly>daily|weekly|monthly|yearly)", _each


def length(said: str) -> Span:
    """The length that the words say; a rest of months or days is rounded up."""
    months = days = working = seconds = 0.0
    for one in _EACH.finditer(said):
        count = _count(one["count"]) + (0.5 if one["half"] else 0)
        unit = _unit(one["unit"])
        months += count * _MONTHS.get(unit, 0)
        whole = count * _DAYS.get(unit, 0)
        days += whole if unit == "day" else math.ceil(whole)  # half a week is no matter of hours
        working += count * (unit == "working")
        seconds += count * _SECONDS.get(unit, 0)
    if days % 1 and not months:  # `half a day`
        days, seconds = math.floor(days), seconds + (days % 1) * 86_400
    return Span(
        months=math.floor(months),
        days=math.ceil(days + (months % 1) * 30),
        working=math.ceil(working),
        seconds=math.ceil(seconds),
    )


def _count(said: str) -> float:
    if said in _SOME:
        return _SOME[said]
    if said.startswith(("half", "1/2")):
        return 0.5
    if said.startswith(("three", "3/4")) and ("quarters" in said or "/" in said):
        return 0.75
    if "quarter" in said or said == "1/4":
        return 0.25
    if said in ("a", "an"):
        return 1
    whole = re.sub(r" and an? half$", "", said)
    more = 0.5 if whole != said else 0
    if re.fullmatch(_THOUSANDS, whole):
        whole = whole.replace(",", "")
    figures, _, rest = whole.replace(",", ".").partition(".")
    return min(number(figures) + (float(f"0.{rest}") if rest else 0) + more, MOST)


def _unit(said: str) -> str:
    if said.startswith(("work", "business", "office", "weekday")):
        return "working"
    plain = said.rstrip(".")
    if plain in _SHORT:
        return _SHORT[plain]
    one = plain.removesuffix("s")
    return _SHORT.get(one, one)


def _ahead(found: re.Match[str]) -> Draft:
    span = length(found["span"])
    return Draft(why=Why.NOW) if span == Span() else Draft(span=span)


def _hours(found: re.Match[str]) -> Draft:
    """`in 1h30`."""
    hours, minutes = re.findall("[0-9]+", found["hours"] or found["short"])
    span = Span(seconds=(int(hours) * 60 + int(minutes)) * 60)
    return Draft(why=Why.NOW) if span == Span() else Draft(span=span)


def _after(found: re.Match[str]) -> Draft | None:
    span = length(found["span"])
    return None if span == Span() else Draft(after=span)


def _on_from(found: re.Match[str]) -> Draft:
    """`three weeks tomorrow`, `Tuesday fortnight`."""
    return Draft(after=length(found["span"] or "a fortnight"))


def _next_working(_: re.Match[str]) -> Draft:
    return Draft(span=Span(working=1))


def _before(found: re.Match[str]) -> Draft | None:
    span = length(found["span"])
    if span.working:
        return None
    return Draft(after=Span(months=-span.months, days=-span.days, seconds=-span.seconds))


def _unit_before(found: re.Match[str]) -> Draft:
    span = length(f"1 {found['unit']}")
    return Draft(after=Span(months=-span.months, days=-span.days))


def _unit_after(found: re.Match[str]) -> Draft:
    return Draft(after=length(f"1 {found['unit']}"))


def _day_after(_: re.Match[str]) -> Draft:
    return Draft(after=Span(days=1))


def _day_before(_: re.Match[str]) -> Draft:
    return Draft(after=Span(days=-1))


def _past(_: re.Match[str]) -> Draft:
    return Draft(why=Why.PAST)


def _every(found: re.Match[str]) -> Draft:
    span = length(found["span"])
    return Draft(why=Why.NOW) if span == Span() else Draft(span=span, repeated=True)


def _every_other(found: re.Match[str]) -> Draft:
    return Draft(span=length(f"2 {found['unit']}s"), repeated=True)


def _each(found: re.Match[str]) -> Draft:
    """`every day at 9` is at the next 9; `every week` is in a week unless its day is said."""
    unit = found["unit"] or {"daily": "day"}.get(found["ly"], found["ly"].removesuffix("ly"))
    return Draft(repeated=True, each=length(f"1 {unit}"))


def _each_until(found: re.Match[str]) -> Draft:
    """`every day until Friday`: the first of them is not on Friday."""
    return Draft(repeated=True, each=length(f"1 {found['unit']}"), last=True)
