"""Times in words: the own grammar first, and behind it dateparser for what that does not know."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.notices.days import instant_of
from bot.domain.when.outcome import FARTHEST, Outcome, Unmet, When, Why
from bot.domain.when.resolve import resolved
from bot.domain.when.scan import whole
from bot.domain.when.sentence import Asked, asked, topic_of

LONGEST = 60  # characters of a time that the library is asked about; its cost grows with them
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_WORTH = re.compile(  # without any of these it finds times in words that are none
    rf"[0-9]{{1,4}}.*\b(?:{_MONTHS})[a-z]*\b|\b(?:{_MONTHS})[a-z]*\b.*[0-9]"
    r"|\b[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}\b",
    re.IGNORECASE,
)
_ZONED = re.compile(
    r"\b(?:gmt|utc|z|bst|ist|[cew]e?st|[acehmnp][sd]t)\b|[+-][0-9]{2}:?[0-9]{2}\b", re.I
)
_BEHIND_ZONE = r"(?=\W*$|[,;:]|\s+(?:to|about|that|of|for)\b)"
_PLACE = re.compile(  # `2:30pm eastern`, `9 New York time`
    r"(?:(?:us )?(?:eastern|central|mountain|pacific)(?: (?:standard|daylight))?(?: time)?"
    r"|(?:(?-i:[A-Z][a-z]+)(?: (?-i:[A-Z][a-z]+))?|new york|los angeles|london) time)"
    rf"{_BEHIND_ZONE}",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?:at )?[0-9]{1,2}(?:[:.][0-9]{2})?(?: ?[ap]\.?m\.?)?\s+", re.IGNORECASE)
_HAS_CLOCK = re.compile(r"[0-9][:.h][0-9]{2}|[0-9] ?[ap]\.?m|o'clock|hour|minute", re.IGNORECASE)
_PARTS = re.compile(r"\s(?:about|to|that)\s|:\s", re.IGNORECASE)


def when(words: str, *, now: datetime, zone: ZoneInfo, usual: time) -> Outcome | None:
    """The time that the words say and nothing else; None where they say none.

    `usual` is the time of day where none is said.
    """
    draft = whole(words)
    if draft is not None:
        return resolved(draft, now=now, zone=zone, usual=usual)
    if (elsewhere := _ZONED.search(words) or _PLACE.search(words)) and _begins(
        words[: elsewhere.start()]
    ):
        return Unmet(why=Why.OTHER_ZONE)
    return _by_library(words, now=now, zone=zone, usual=usual)


def when_asked(
    text: str, *, now: datetime, zone: ZoneInfo, usual: time
) -> tuple[Asked, Outcome | None]:
    """What follows `remind me`, taken apart, and its time; None where none was understood."""
    found = asked(text)
    if elsewhere := _elsewhere(found):
        topic = topic_of(found.topic[elsewhere.end() :])
        return Asked(topic=topic, words=found.words), Unmet(why=Why.OTHER_ZONE)
    if found.draft is not None:
        return found, resolved(found.draft, now=now, zone=zone, usual=usual)
    mark = _PARTS.search(text)
    words = text[: mark.start()] if mark else text
    outcome = _by_library(words, now=now, zone=zone, usual=usual)
    if outcome is None:
        return found, None
    topic = text[mark.end() :].strip() if mark else ""
    return Asked(topic=topic, words=words.strip()), outcome


def _begins(words: str) -> bool:
    """Whether a time stands before the zone, be it a bare hour."""
    return whole(words) is not None or whole(f"at {words}") is not None


def _elsewhere(found: Asked) -> re.Match[str] | None:
    """The zone that is named behind the time, or behind a bare hour."""
    hour = _HOUR.match(found.topic)
    if found.draft is None:
        return _PLACE.match(found.topic, hour.end()) if hour else None
    here = _ZONED.match(found.topic) or _PLACE.match(found.topic)
    return here or (_PLACE.match(found.topic, hour.end()) if hour else None)


def _by_library(words: str, *, now: datetime, zone: ZoneInfo, usual: time) -> Outcome | None:
    """What the library finds, within bounds; its days without a time of day have the usual one."""
    plain = " ".join(words.split())
    if len(plain) > LONGEST or not _WORTH.search(plain) or _ZONED.search(plain):
        return None
    found = _parsed(plain, today=now.astimezone(zone).date())
    if found is None:
        return None
    at = found.time().replace(second=0, microsecond=0) if _HAS_CLOCK.search(plain) else usual
    try:
        instant = instant_of(found.date(), at, zone)
    except OverflowError:  # at either end of the calendar
        return Unmet(why=Why.TOO_FAR if found > now.replace(tzinfo=None) else Why.PAST)
    if instant <= now:
        return Unmet(why=Why.PAST, day=found.date())
    return Unmet(why=Why.TOO_FAR) if instant - now > FARTHEST else When(at=instant)


def _parsed(plain: str, *, today: date) -> datetime | None:
    """Loads the library when it is needed first: that takes half a second.

    It keeps what it was set to for ever, so that it is told the day, and not the instant.
    """
    from dateparser.date import DateDataParser

    settings: Any = {
        "PREFER_DATES_FROM": "future",
        "RELATIVE_BASE": datetime.combine(today, time()),
        "RETURN_AS_TIMEZONE_AWARE": False,
        "NORMALIZE": True,
    }
    try:
        found = DateDataParser(languages=["en"], settings=settings).get_date_data(plain).date_obj
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=None) if found else None
