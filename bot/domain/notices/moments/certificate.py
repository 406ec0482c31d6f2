"""The certification, once it is complete, and the renewal of its certificate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.notices.days import day_in, months_after
from bot.domain.notices.kinds import Renewal
from bot.domain.notices.moments.base import Base
from bot.domain.notices.moments.deadlines import end_of
from bot.domain.notices.situation import Situation
from bot.domain.program import Program


def certified(_: Program, situation: Situation, __: ZoneInfo) -> Iterable[Base]:
    """The day on which the certification was complete."""
    day = situation.certified_on
    if day is None:
        return ()
    named, since = _named(situation, day), _since(situation, day)
    return (Base(matter="certificate", day=day, named=named, about={"date": day}, since=since),)


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
    renewal, certified_on = program.notices.renewal, situation.certified_on
    if renewal is None or certified_on is None:
        return ()
    days = _days(renewal, certified_on)
    day = days[which]
    return (
        Base(
            matter="renewal",
            day=day,
            named=_days(renewal, _named(situation, certified_on))[which],
            about={"date": day, "certified_on": certified_on, **days},
            since=_since(situation, certified_on),
            ends=end_of(day, zone) if zone else None,
        ),
    )


def _days(renewal: Renewal, certified_on: date) -> Mapping[str, date]:
    closes = months_after(certified_on, 12 * renewal.years)
    return {
        "opens": months_after(closes, -renewal.opens_months),
        "closes": closes,
        "grace": months_after(closes, renewal.grace_months),
    }


def _named(situation: Situation, day: date) -> date:
    """The day in keys: that of the decision in UTC, since `day` goes by where the person lives."""
    return day_in(situation.certified_at, UTC) if situation.certified_at else day


def _since(situation: Situation, day: date) -> datetime:
    return situation.certified_at or datetime.combine(day, time(), UTC)
