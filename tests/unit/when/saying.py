"""What the grammar makes of words, in short: for tables."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.domain.when.outcome import Either, Note, Outcome, Unmet, When
from bot.domain.when.resolve import resolved
from bot.domain.when.scan import whole

USUAL = time(9)
CHICAGO = "America/Chicago"
WEDNESDAY = "2026-11-18 10:20"


def found(said: str, base: str = WEDNESDAY, zone: str = CHICAGO) -> Outcome | None:
    """What the words mean, said at a local time there."""
    place = ZoneInfo(zone)
    now = datetime.fromisoformat(base).replace(tzinfo=place)
    draft = whole(said)
    return resolved(draft, now=now, zone=place, usual=USUAL) if draft else None


def short(outcome: Outcome | None, zone: str = CHICAGO) -> str:
    """`Fri 2026-11-27 09:00`; `A or B` for figures that mean two days; else why there is none."""
    match outcome:
        case When():
            many = "first of many: " if Note.REPEATED in outcome.notes else ""
            many = "first of several: " if Note.SEVERAL in outcome.notes else many
            return f"{many}{local(outcome.at, zone)}"
        case Either():
            return f"{local(outcome.first, zone)} or {local(outcome.second, zone)}"
        case Unmet():
            return outcome.why.value
    return "nothing"


def local(at: datetime, zone: str) -> str:
    """An instant on the clock there; with its offset where the hour comes twice."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there:%a %Y-%m-%d %H:%M}{' again' if there.fold else ''}"


def said_is(said: str, base: str = WEDNESDAY, zone: str = CHICAGO) -> str:
    """Both in one."""
    return short(found(said, base, zone), zone)
