"""The certification, once it is complete, and the renewal of its certificate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.notices.days import months_after
from bot.domain.notices.moments.base import Base
from bot.domain.notices.moments.deadlines import end_of
from bot.domain.notices.situation import Situation
from bot.domain.program import Program


def certified(_: Program, situation: Situation, __: ZoneInfo) -> Iterable[Base]:
    """The day on which the certification was complete."""
    day = situation.certified_on
    if day is None:
        return ()
    return (Base(matter="certificate", day=day, about={"date": day}, since=_since(day)),)


def renewal_opens(program: Program, situation: Situation, _: ZoneInfo) -> Iterable[Base]:
    """The first day on which the certificate can be renewed."""
    return _renewal(program, situation, "opens")


def renewal_closes(program: Program, situation: Situation, zone: ZoneInfo) -> Iterable[Base]:
    """The certificate's last day."""
    return _renewal(program, situation, "closes", zone)


def grace_ends(program: Program, situation: Situation, zone: ZoneInfo) -> Iterable[Base]:
    """The last day on which a certificate that ended can be renewed."""
    return _renewal(program, situation, "grace", zone)


def _renewal(
    program: Program, situation: Situation, which: str, zone: ZoneInfo | None = None
) -> Iterable[Base]:
    """Counts from one of the renewal's days; in a `zone` it is over when that day is."""
    renewal, since = program.notices.renewal, situation.certified_on
    if renewal is None or since is None:
        return ()
    closes = months_after(since, 12 * renewal.years)
    days = {
        "opens": months_after(closes, -renewal.opens_months),
        "closes": closes,
        "grace": months_after(closes, renewal.grace_months),
    }
    day = days[which]
    ends = end_of(day, zone) if zone else None
    about = {"date": day, "certified_on": since, **days}
    return (Base(matter="renewal", day=day, about=about, since=_since(since), ends=ends),)


def _since(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
