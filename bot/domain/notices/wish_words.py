"""Quiet hours as people say them: `21:00 to 7:00`, `9pm-7am`, `from 10 pm to 6 am`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time

from bot.domain.notices.wishes import Quiet

_MOST = 2  # spans that are suggested
_NAMED = {"noon": "12:00", "midday": "12:00", "midnight": "0:00"}
_TIME = r"(?:\d{1,2}(?:[:.h]\d{2})?\s?(?:[ap]\.?m\b\.?|h|uhr|o.clock)?|noon|midday|midnight)"
_SPAN = re.compile(
    rf"(?:from |between )?(?P<begins>{_TIME})\s*(?:to|till|until|and|[-\u2013\u2014])\s*"
    rf"(?P<ends>{_TIME})",
    re.IGNORECASE,
)
_PART = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s?(?:([ap])\.?m\.?|h|uhr|o.clock)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Said:
    """A time of day as it was said; `half` is `a` or `p`, or empty."""

    hour: int
    minute: int
    half: str
    whole: bool  # minutes were said, or the hour can be no other

    @property
    def is_doubtful(self) -> bool:
        """Whether morning or evening may be meant."""
        return not self.half and not self.whole


def quiet_said(words: str) -> Quiet | None:
    """The hours meant; None when the words name none, or leave it open which half of the day.

    Seven is seven in the morning beside a time that only a clock of 24 hours has.
    """
    found = _SPAN.fullmatch(words.strip().rstrip("."))
    if found is None:
        return None
    begins, ends = _said(found["begins"]), _said(found["ends"])
    if begins is None or ends is None or _is_doubtful(begins, ends):
        return None
    return Quiet(begins=_time(begins), ends=_time(ends))


def quiet_perhaps(words: str) -> tuple[Quiet, ...]:
    """What hours may be meant that leave open which half of the day: of half a day at most."""
    found = _SPAN.fullmatch(words.strip().rstrip("."))
    if found is None:
        return ()
    said = (_said(found["begins"]), _said(found["ends"]))
    spans = [
        (begins, ends)
        for begins in _halves(said[0])
        for ends in _halves(said[1])
        if 0 < (ends.hour * 60 + ends.minute - begins.hour * 60 - begins.minute) % 1440 <= 720
    ]
    # Whoever sleeps by night is the likelier one.
    spans.sort(key=lambda span: span[0] < span[1])
    return tuple(Quiet(begins=begins, ends=ends) for begins, ends in spans)[:_MOST]


def _halves(said: _Said | None) -> tuple[time, ...]:
    if said is None:
        return ()
    halves = ("a", "p") if said.is_doubtful and 1 <= said.hour <= 12 else (said.half,)
    return tuple(_time(replace(said, half=half)) for half in halves)


def _is_doubtful(begins: _Said, ends: _Said) -> bool:
    halves = bool(begins.half or ends.half)
    doubts = [one.is_doubtful for one in (begins, ends)]
    return any(doubts) if halves else all(doubts)


def _said(words: str) -> _Said | None:
    part = _PART.fullmatch(_NAMED.get(words.strip().casefold(), words.strip()))
    if part is None:
        return None
    hour, minute, half = int(part[1]), int(part[2] or 0), (part[3] or "").casefold()
    hour = 0 if hour == 24 and not minute and not half else hour
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    whole = part[2] is not None or hour == 0 or hour > 12
    return _Said(hour=hour, minute=minute, half=half, whole=whole)


def _time(said: _Said) -> time:
    if not said.half:
        return time(said.hour, said.minute)
    return time(said.hour % 12 + (12 if said.half == "p" else 0), said.minute)
