"""The subscription's end and the program's time limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.notices.days import instant_of, months_after
from bot.domain.notices.kinds import Moment
from bot.domain.notices.moments.base import Base, Facts
from bot.domain.notices.situation import Situation
from bot.domain.pace import counts
from bot.domain.people import Candidate
from bot.domain.program import Program
from bot.domain.standing import standings

MIDNIGHT = time()
DAY = timedelta(days=1)


def subscription_ends(program: Program, situation: Situation, zone: ZoneInfo) -> Iterator[Base]:
    """The last day of the subscription."""
    candidate = situation.candidate
    if candidate is None:
        return
    day = candidate.subscription_ends
    about = _pace_facts(program, situation, candidate, day)
    yield Base(matter="expiry", day=day, about=about, ends=end_of(day, zone))


def time_limit(program: Program, situation: Situation, zone: ZoneInfo) -> Iterator[Base]:
    """The last day that the program gives, while there is still a set to be handed in.

    Where the subscription ends on that day too, what is told of its end is not told twice.
    """
    candidate, years = situation.candidate, program.notices.time_limit_years
    if candidate is None or years is None:
        return
    day = months_after(candidate.enrolled_on, 12 * years)
    about = _pace_facts(program, situation, candidate, day)
    if about["done"] != program.sets_needed:
        same = day == candidate.subscription_ends
        besides = _leads(program, Moment.SUBSCRIPTION_ENDS) if same else frozenset[int]()
        ends = end_of(day, zone)
        yield Base(matter="time-limit", day=day, about=about, ends=ends, besides=besides)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """When a day is over there."""
    return instant_of(day + DAY, MIDNIGHT, zone)


def _leads(program: Program, moment: Moment) -> frozenset[int]:
    """How many days after such a moment anything is said; negative before."""
    kinds = (kind for kind in program.notices.kinds.values() if kind.moment is moment)
    return frozenset(lead.days for kind in kinds for lead in kind.leads)


def _pace_facts(program: Program, situation: Situation, candidate: Candidate, day: date) -> Facts:
    """What the pace is worked out from when it is told."""
    done = achieved = 0
    if situation.submissions:
        done, achieved = counts(program, standings(program, situation.submissions))
    return {
        "date": day,
        "done": done,
        "achieved": achieved,
        "enrolled_on": candidate.enrolled_on,
        "ends": candidate.subscription_ends,
    }
