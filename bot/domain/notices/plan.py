"""Every notice that follows from a person's state as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.domain.notices.hushing import after_hushes
from bot.domain.notices.kinds import Audience, Moment
from bot.domain.notices.moments.table import BASES
from bot.domain.notices.notice import Notice
from bot.domain.notices.series import Series, series_of
from bot.domain.notices.situation import Situation
from bot.domain.program import Program

OWN = Moment.OWN  # what is said to everybody, candidates or not, for ever


def plan(program: Program, situation: Situation) -> tuple[Notice, ...]:
    """All notices, past and future, but for what the person snoozed or is done with."""
    series = _series(program, situation)
    if situation.wishes.hushed:
        return after_hushes(series, situation.wishes.hushed)
    return tuple(notice for one in series for notice in one.notices)


def _series(program: Program, situation: Situation) -> Iterator[Series]:
    """The notices of each kind that count from the same; staff's go by the office's clock."""
    rules, person = program.notices, situation.person
    own = person.zone
    others = situation.candidate is not None  # whether anything but reminders is said
    certified = situation.certified_on is not None
    for kind in rules.kinds.values():
        if not kind.leads or (certified and not kind.after_certified and kind.moment is not OWN):
            continue
        if not others and kind.moment is not OWN:
            continue
        zone, at = own, kind.at or rules.at
        if kind.to is Audience.STAFF:
            zone, at = ZoneInfo(rules.office.time_zone), rules.office.at
        for base in BASES[kind.moment](program, situation, zone):
            yield series_of(kind, base, person.id, zone=zone, at=at)
