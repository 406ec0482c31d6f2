"""Times of day and parts of the day: `at 9`, `half past four`, `noon`, `tomorrow evening`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from bot.domain.when.draft import LAST_SMALL, Clock, Draft, Part, Piece
from bot.domain.when.nights import is_small
from bot.domain.when.numbers import ONES, number
from bot.domain.when.outcome import Why

_HOUR_WORD = "|".join(ONES[1:13])
_HOUR = rf"(?:[0-9]{{1,2}}|{_HOUR_WORD})"
_HALF = r"(?P<half>a\.? ?m\.?|p\.? ?m\.?|(?<=[0-9])[ap])"
_AT = r"(?:(?:at|by|for|around|about|from|@)(?: about| around| exactly)? ?)?"
_FROM = rf"(?:after |{_AT})"
_SURELY_AT = r"(?:at|by|around|@)(?: about| around| exactly)? ?"
_MINUTES = r"(?P<minutes>half|a quarter|quarter|five|ten|twenty|twenty-five|[0-9]{1,2})"
_PAST_HOUR = {
    "o five": 5, "oh five": 5, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20,
    "twenty-five": 25, "twenty five": 25, "thirty": 30, "thirty-five": 35, "thirty five": 35,
    "forty": 40, "forty-five": 45, "forty five": 45, "fifty": 50, "fifty-five": 55,
    "fifty five": 55,
}  # fmt: skip
_SPELT = "|".join(sorted(_PAST_HOUR, key=len, reverse=True))
_SOON = r"(?= (?:tonight|tomorrow|this (?:morning|afternoon|evening)|(?:in the|at) [a-z]+))"
_NO_SPAN = r"(?! (?:more )?(?:sec|min|hour|hr|day|week|wk|month|year))"  # `2 to 3 weeks`
_EARLY = 7  # hours below it are of the afternoon, unless something says otherwise

PARTS = {
    "first thing": time(8), "early morning": time(8), "morning": time(9), "breakfast": time(8),
    "late morning": time(11), "afternoon": time(15),
    "early afternoon": time(13),
    "late afternoon": time(17), "evening": time(18), "night": time(21),
    "nite": time(21),
    "close of business": time(17),
}  # fmt: skip
_AFTER = {"breakfast": time(9), "lunch": time(13), "work": time(18), "dinner": time(20)}
_LATE = ("afternoon", "evening", "night", "nite", "close of business")
_SMALL = {"evening": 3, "night": LAST_SMALL, "nite": LAST_SMALL}
_SHORT = {"am": "morning", "pm": "afternoon", "eve": "evening"}
SHORT_PART = rf"(?P<part>{'|'.join(_SHORT)})"
_PART = "|".join(sorted(PARTS, key=len, reverse=True))


def pieces() -> Iterator[Piece]:
    """Rows of the grammar: a pattern, and what makes a draft of its match."""
    yield rf"{_FROM}(?P<hour>{_HOUR})(?:[:.](?P<minute>[0-9]{{2}}))? ?{_HALF}", _clock
    minute = r"(?::|h)(?P<minute>[0-9]{2})(?::[0-9]{2})?"
    yield rf"{_FROM}(?P<hour>[0-9]{{1,2}}){minute}(?:h| hours)?", _clock
    yield rf"{_AT}(?P<hour>[0-9]{{1,2}})(?:h| uhr)", _clock
    until = rf"(?P<till>{_HOUR})(?::[0-9]{{2}})?(?: ?{_HALF})?"
    yield rf"between (?P<hour>{_HOUR})(?::(?P<minute>[0-9]{{2}}))? and {until}", _between
    yield rf"{_SURELY_AT}(?P<hour>[0-9]{{1,2}})\.(?P<minute>[0-9]{{2}})", _clock
    yield rf"{_AT}(?P<hour>{_HOUR})(?::(?P<minute>[0-9]{{2}}))?[ -]?ish", _clock
    yield rf"{_AT}(?P<hour>{_HOUR}) ?o ?'?clock(?: {_HALF})?", _clock
    yield rf"{_AT}(?P<hour>{_HOUR_WORD})[ -](?P<spelt>{_SPELT})(?: ?{_HALF})?", _spelt
    yield rf"(?P<hour>{_HOUR}){_SOON}", _clock
    yield rf"{_SURELY_AT}(?P<hour>{_HOUR})(?!:[0-9])", _clock
    yield rf"{_SURELY_AT}(?P<hour>[0-9]{{1,2}})(?P<minute>[0-5][0-9])(?: hours)?", _clock
    past = r"(?P<way>past|after|to|before|of|till)"
    yield (
        rf"{_AT}{_MINUTES}(?: minutes?)? {past} (?P<hour>{_HOUR}|noon){_NO_SPAN}(?: ?{_HALF})?",
        _spoken,
    )
    yield rf"{_AT}half (?P<hour>{_HOUR_WORD})|{_SURELY_AT}half (?P<figures>[0-9]{{1,2}})", _half
    yield rf"{_AT}(?:the )?(?P<named>noon|mid ?day|lunch(?: ?time)?|midnight)", _named
    yield (
        rf"{_AT}(?:the )?(?:end of (?:the |my |this )?(?:(?:working|business) )?day|eod|cob)",
        _end,
    )
    yield rf"{_AT}(?P<how>this |in the |during the |the |in )?(?P<part>{_PART})(?: of)?", _part
    yield rf"(?:right |just |shortly )?after (?P<meal>{'|'.join(_AFTER)})", _after
    yield r"first thing(?: in the morning)?", _first_thing
    yield rf"every (?P<part>{_PART})|each (?P<other>{_PART})", _every
    yield rf"{_AT}(?P<far>[0-9]{{3,12}})(?: ?o ?'?clock)?", _far


def bare(found: re.Match[str]) -> Draft | None:
    """`9`, where a bare number can only be an hour."""
    return _clock(found)


def military(found: re.Match[str]) -> Draft:
    """`0900`, `1730`, where four figures can only be a time."""
    hour, minute = found["hour"] or found["late"], found["minute"] or found["quarter"]
    return Draft(clock=Clock(at=time(int(hour), int(minute))))


def short_part(found: re.Match[str]) -> Draft:
    """`pm`, where it can only be a part of the day that was said."""
    return Draft(part=_part_of(_SHORT[found["part"]]))


def _clock(found: re.Match[str]) -> Draft:
    parts = found.groupdict()
    hour, minute = number(parts["hour"]), int(parts.get("minute") or 0)
    half = (parts.get("half") or "").replace(" ", "").replace(".", "")
    return _at(hour, minute, half=half, padded=parts["hour"].startswith("0"))


def _between(found: re.Match[str]) -> Draft:
    """`between 3 and 4 pm`: when it begins, be it in the other half of the day."""
    hour, till = number(found["hour"]), number(found["till"])
    half = (found["half"] or "")[:1]
    if half and hour % 12 > till % 12:
        half = "a" if half == "p" else "p"
    return _at(hour, int(found["minute"] or 0), half=half)


def _at(hour: int, minute: int, *, half: str, padded: bool = False) -> Draft:
    if hour == 24 and minute == 0 and not half:
        return _midnight(last=True)
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return Draft(why=Why.NO_TIME)
    if half:
        return Draft(clock=Clock(at=time(hour % 12 + (12 if half[0] == "p" else 0), minute)))
    sure = padded or hour > 12 or hour == 0
    return Draft(clock=Clock(at=time(hour, minute), sure=sure))


def _spoken(found: re.Match[str]) -> Draft | None:
    """`quarter to six`, `ten past 9`; `from 9 to 5` is how long something lasts."""
    if found["way"] in ("to", "till") and found.string[: found.start("minutes")].endswith("from "):
        return None
    minutes = _minutes(found["minutes"])
    hour = 12 if found["hour"] == "noon" else number(found["hour"])
    if not 1 <= hour <= 23 or not 1 <= minutes <= 59:
        return None
    if found["way"] in ("to", "before", "of", "till"):
        hour, minutes = (hour - 1) or 12, 60 - minutes
    return _at(hour, minutes, half=(found["half"] or "").replace(" ", "").replace(".", ""))


def _minutes(said: str) -> int:
    if said == "half":
        return 30
    return 15 if "quarter" in said else number(said)


def _spelt(found: re.Match[str]) -> Draft:
    """`ten thirty`."""
    half = (found["half"] or "").replace(" ", "").replace(".", "")
    return _at(number(found["hour"]), _PAST_HOUR[found["spelt"]], half=half)


def _half(found: re.Match[str]) -> Draft:
    """`half nine`, as it is said in Britain: half past nine."""
    return _at(number(found["hour"] or found["figures"]), 30, half="")


def _named(found: re.Match[str]) -> Draft:
    return _midnight() if found["named"] == "midnight" else Draft(clock=Clock(at=time(12)))


def _midnight(*, last: bool = False) -> Draft:
    return Draft(clock=Clock(at=time(0), midnight=True, last=last))


def _end(_: re.Match[str]) -> Draft:
    return Draft(part=Part(at=time(17), late=True))


def _part(found: re.Match[str]) -> Draft:
    this = (found["how"] or "").startswith("this")
    return Draft(part=_part_of(found["part"], this=this))


def _after(found: re.Match[str]) -> Draft:
    at = _AFTER[found["meal"]]
    return Draft(part=Part(at=at, late=at.hour > 12))


def _first_thing(_: re.Match[str]) -> Draft:
    return Draft(part=Part(at=time(8)))


def _every(found: re.Match[str]) -> Draft:
    return Draft(part=_part_of(found["part"] or found["other"]), repeated=True)


def _part_of(name: str, *, this: bool = False) -> Part:
    late = name.endswith(_LATE)
    return Part(at=PARTS[name], late=late, this=this, small=_SMALL.get(name))


def _far(found: re.Match[str]) -> Draft | None:
    """`at 99999` is no time; `1500 pages` are none either, but nothing of the sort."""
    return Draft(why=Why.NO_TIME) if found[0].startswith(("at", "@", "by")) else None


def of_day(clock: Clock, part: Part | None) -> tuple[time, ...]:
    """The wall time that is meant, and then the one that else may well be."""
    at = clock.at
    if is_small(clock, part):
        return (at.replace(hour=at.hour % 12),)
    if clock.sure or clock.midnight or at.hour == 0:
        return (at,)
    after_noon = at.replace(hour=at.hour % 12 + 12)
    if part:
        return (after_noon if part.late else at,)
    if at.hour == 12:
        return (at,)
    return (after_noon, at) if at.hour < _EARLY else (at,)


def evening_of(clock: Clock | None) -> time | None:
    """The evening's time that a bare hour of the morning may mean; None where it is plain."""
    if clock is None or clock.sure or clock.midnight or not _EARLY <= clock.at.hour < 12:
        return None
    return clock.at.replace(hour=clock.at.hour + 12)
