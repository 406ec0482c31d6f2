"""When a notice is said as its person wants it: after quiet hours, in a digest, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.notices.days import after_quiet, next_slot, office_slot
from bot.domain.notices.hushing import is_again
from bot.domain.notices.kinds import Audience, Kind, Moment, NoticeRules
from bot.domain.notices.manner import Manner
from bot.domain.notices.notice import Notice
from bot.domain.notices.place import place_for
from bot.domain.notices.situation import Situation
from bot.domain.notices.wishes import Cadence, Quiet
from bot.domain.program import Program

HALF_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A notice and when it is said (aware UTC); one that is `gathered` comes with a digest."""

    notice: Notice
    at: datetime
    gathered: bool


def timed(program: Program, situation: Situation, notice: Notice) -> Timed | None:
    """The notice in its time; None when it is declined.

    What would wait until it is worthless is said on its own, and if need be in quiet hours.
    """
    rules, wishes = program.notices, situation.wishes
    kind = rules.kinds[notice.kind]
    if kind.to is Audience.STAFF:
        return _for_staff(rules, notice)
    if kind.moment is Moment.OWN:
        return Timed(notice=notice, at=notice.at, gathered=False)
    if wishes.declined and not kind.mandatory and place_for(Manner(kind=kind), situation) is None:
        return None
    quiet, zone = wishes.quiet or rules.quiet, situation.person.zone
    if not heeds_quiet(kind, notice, quiet, zone):
        return Timed(notice=notice, at=notice.at, gathered=False)
    if kind.waits and not is_again(notice):
        cadence = wishes.cadences.get(kind.id, wishes.cadence)
        slot = after_quiet(next_slot(notice.at, cadence, rules, zone), quiet, zone)
        if cadence is not Cadence.AT_ONCE and slot < notice.until:
            return Timed(notice=notice, at=slot, gathered=True)
    at = after_quiet(notice.at, quiet, zone)
    return Timed(notice=notice, at=at if at < notice.until else notice.at, gathered=False)


def spoken_at(program: Program, situation: Situation, notice: Notice, *, now: datetime) -> datetime:
    """When what is due by now is said: now, or once quiet hours are over if it can wait for that.

    Somebody may come to know us, or the house be up again, at night.
    """
    rules = program.notices
    kind = rules.kinds.get(notice.kind)
    if notice.to is Audience.STAFF or (kind and kind.moment is Moment.OWN):
        return now
    quiet, zone = situation.wishes.quiet or rules.quiet, situation.person.zone
    if kind and not heeds_quiet(kind, notice, quiet, zone):
        return now
    at = after_quiet(now, quiet, zone)
    return at if at < notice.until else now


def heeds_quiet(kind: Kind, notice: Notice, quiet: Quiet | None, zone: ZoneInfo) -> bool:
    """Whether it waits for the end of quiet hours, where it can.

    What is mandatory does not if it is due in such hours as leave too little of its time.
    """
    if not kind.mandatory or is_again(notice):
        return True
    ends = after_quiet(notice.at, quiet, zone)
    enough = notice.until - ends >= HALF_DAY and ends - notice.at <= notice.until - ends
    return ends == notice.at or enough


def _for_staff(rules: NoticeRules, notice: Notice) -> Timed:
    """With what staff are told next at the office."""
    slot = office_slot(notice.at, rules.office)
    at = slot if slot < notice.until else notice.at
    return Timed(notice=notice, at=at, gathered=True)
