"""A local time in figures, as a command has it: `2026-11-27 09:00`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.limits import EARLIEST, LATEST
from bot.domain.notices.days import instant_of
from bot.domain.when.outcome import NotMet, Why

_AGAIN = " again"  # behind a time that comes twice that night, where the second is meant
STAMP = rf"(?P<stamp>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} [0-9]{{2}}:[0-9]{{2}}(?:{_AGAIN})?)"
_FORM = "%Y-%m-%d %H:%M"
_LAST = " 24:00"  # the midnight that ends a day, after ISO 8601


def stamp_of(at: datetime, zone: ZoneInfo) -> str:
    """The instant on that zone's clock."""
    local = at.astimezone(zone)
    return f"{local:{_FORM}}{_AGAIN if local.fold else ''}"


def instant_at(stamp: str, zone: ZoneInfo) -> datetime:
    """The instant (aware UTC) that it is there; `NotMet` where there is none or it is absurd."""
    plain = stamp.lower().removesuffix(_AGAIN)
    last = plain.endswith(_LAST)
    try:
        local = datetime.strptime(plain.replace(_LAST, " 00:00"), _FORM)  # noqa: DTZ007 - a wall time, whose zone is given
    except ValueError as error:
        raise NotMet(Why.NO_DAY) from error
    if local.year > LATEST:
        raise NotMet(Why.TOO_FAR)
    if local.year < EARLIEST:
        raise NotMet(Why.PAST, local.date())
    local += timedelta(days=last)
    if plain != stamp.lower():
        return local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return instant_of(local.date(), local.time(), zone)
