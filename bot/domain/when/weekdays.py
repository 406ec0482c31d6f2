"""Days by name: `tomorrow`, `next Friday`, `Monday week`, `every Tuesday`, `last Friday`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial

from bot.domain.when.draft import LAST_SMALL, Draft, Part, Picked, Piece, Weekday
from bot.domain.when.outcome import Why

NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
NIGHT = Part(at=time(20), late=True, small=LAST_SMALL)
_KNOWN = {name: place for place, name in enumerate(NAMES)}
_SHORT = {name[:3]: place for name, place in _KNOWN.items()}
_SHORT |= {"tues": 1, "thur": 3, "thurs": 3, "weds": 2}
_TYPED = {  # in haste
    "moday": 0, "mondy": 0, "tusday": 1, "teusday": 1, "tuseday": 1, "tuesdy": 1, "wednsday": 2,
    "wendesday": 2, "wensday": 2, "wenesday": 2, "wednessday": 2, "thrusday": 3, "thurday": 3,
    "thusday": 3, "thursdy": 3, "firday": 4, "frday": 4, "fridy": 4, "saterday": 5, "satuday": 5,
    "saturdy": 5, "sundy": 6,
}  # fmt: skip
_ANY = {**_KNOWN, **_SHORT, **_TYPED}
WEEKDAY = rf"(?:{'|'.join(sorted(_ANY, key=len, reverse=True))})\.?"
_ON = r"(?:on |by |until |till |for )?"
_NEXT = r"(?:(?:on|of|in) )?(?:the )?"
TOMORROW = r"tomorrow|tomorow|tommorow|tommorrow|tomorrw|tomrrow|tmrw|tmr|tmw|2morrow|2moro"


def pieces() -> Iterator[Piece]:
    """Rows of the grammar: a pattern, and what makes a draft of its match."""
    yield rf"{_ON}today", partial(_days, count=0)
    yield rf"{_ON}(?:{TOMORROW})", partial(_days, count=1)
    yield rf"{_ON}(?:the )?day after (?:{TOMORROW})|overmorrow", partial(_days, count=2)
    yield rf"tonight|tonite|(?:on )?(?:{TOMORROW}) (?:night|nite)", _tonight
    far = r"(?! (?:this|in the|next) (?:week|month|year))"
    yield rf"later(?: on)?(?: today)?{far}|today later|in a (?:bit|while)", _later
    yield (
        rf"{_ON}(?:this coming |coming |the coming |the following |following )?(?P<day>{WEEKDAY})",
        _plain,
    )
    yield rf"{_ON}this (?P<day>{WEEKDAY})", partial(_in_week, week=0)
    yield rf"{_ON}(?:the )?(?:next|nxt) (?P<day>{WEEKDAY})", _next
    yield (
        rf"{_ON}(?P<day>{WEEKDAY}) {_NEXT}(?:next|following) week"
        rf"|next week,? (?:on )?(?P<other>{WEEKDAY})",
        partial(_in_week, week=1),
    )
    yield (
        rf"{_ON}(?P<day>{WEEKDAY}) {_NEXT}this week|this week,? (?:on )?(?P<other>{WEEKDAY})",
        partial(_in_week, week=0),
    )
    yield rf"{_ON}(?:the )?(?P<day>{WEEKDAY}) after next", partial(_in_week, week=2)
    yield rf"{_ON}(?P<day>{WEEKDAY}) week|{_ON}(?:a )?week on (?P<other>{WEEKDAY})", _week_on
    yield rf"(?:a )?week (?P<from>today|{TOMORROW})", _week_from
    yield (
        r"(?:every|each) (?:single )?weekday|(?:on )?weekdays",
        partial(_days, count=1, repeated=True),
    )
    each = rf"(?:every|each) (?:single |other |second )?(?P<day>{WEEKDAY})"
    yield rf"{each}|(?:on )?(?P<other>{'|'.join(NAMES)})s", _every
    yield (
        rf"yesterday|(?:the )?day before yesterday|last (?:night|week|month|year|{WEEKDAY})",
        _past,
    )
    yield r"(?:at )?(?:about )?(?:the )?(?:same|this) time", _same
    yield r"(?:right |just )?now|immediately|at once|straight ?away|right away|asap", _now


def weekday_of(said: str) -> int:
    """`fri.`, `friday`: Monday is 0."""
    return _ANY[said.rstrip(".")]


def _days(_: re.Match[str], *, count: int, repeated: bool = False) -> Draft:
    pick = partial(_ahead, count=count)
    return Draft(pick=pick, today=count == 0 or None, repeated=repeated or None)


def _ahead(today: date, *, count: int) -> Picked:
    return Picked(day=today + timedelta(days=count))


def _tonight(found: re.Match[str]) -> Draft:
    count = 0 if found[0].startswith("toni") else 1
    return Draft(pick=partial(_ahead, count=count), part=NIGHT)


def _later(_: re.Match[str]) -> Draft:
    return Draft(later=True)


def _day(found: re.Match[str]) -> int:
    parts = found.groupdict()
    return weekday_of(parts.get("day") or parts["other"])


def _plain(found: re.Match[str]) -> Draft:
    return Draft(weekday=Weekday(day=_day(found)))


def _in_week(found: re.Match[str], *, week: int) -> Draft:
    sure = "week" in found[0]
    return Draft(weekday=Weekday(day=_day(found), week=week, sure=sure))


def _next(found: re.Match[str]) -> Draft:
    return Draft(weekday=Weekday(day=_day(found), next=True))


def _week_on(found: re.Match[str]) -> Draft:
    from_now = Weekday(day=_day(found))
    return Draft(pick=partial(_week_after, weekday=from_now))


def _week_after(today: date, *, weekday: Weekday) -> Picked:
    ahead = (weekday.day - today.weekday()) % 7 or 7
    return Picked(day=today + timedelta(days=ahead + 7))


def _week_from(found: re.Match[str]) -> Draft:
    return _days(found, count=7 if found["from"] == "today" else 8)


def _every(found: re.Match[str]) -> Draft:
    return Draft(weekday=Weekday(day=_day(found)), repeated=True)


def _past(_: re.Match[str]) -> Draft:
    return Draft(why=Why.PAST)


def _same(_: re.Match[str]) -> Draft:
    return Draft(same=True)


def _now(_: re.Match[str]) -> Draft:
    return Draft(why=Why.NOW)
