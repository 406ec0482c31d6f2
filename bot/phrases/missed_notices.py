"""What could not be said to people in time, as the staff read it."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from bot.domain.program import Program
from bot.domain.staff_digest import Missed
from bot.phrases.times import told_in_full

LEAD = "Not said to people in time, because I could not say anything then:"
TO_DO = (
    "That is not said any more: write to those who are named yourselves. What they are still told, "
    "and when, whoever runs me sees with: carrel timeline ADDRESS."
)
_THEIRS = {"you": "they", "your": "their", "yours": "theirs", "yourself": "themselves"}
_TO_THEM = re.compile(r"\b(with|to|for|of|from|by|about) you\b", re.IGNORECASE)
_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)


def line(program: Program, one: Missed, zone: ZoneInfo) -> str:
    """One kind: who was not told and when that was due, or how many times it happened."""
    known = program.notices.kinds.get(one.kind)
    title = of_them(known.title if known else one.kind)
    if not one.who:
        return f"{title}: {one.count:,}"
    who = [f"{name} (was due {told_in_full(due.astimezone(zone).date())})" for name, due in one.who]
    more = [f"and {one.others:,} more"] if one.others else []
    return f"{title}: {', '.join(who + more)}"


def of_them(title: str) -> str:
    """A kind's title, which is worded to its reader, in the third person."""
    said = _TO_THEM.sub(r"\1 them", title)
    return _YOU.sub(lambda found: _THEIRS[found.group().casefold()], said)
