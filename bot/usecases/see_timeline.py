"""See a year of one person: what was said, and what will be if nothing else happens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.messages import OutboundMessage
from bot.domain.notices.days import day_in, instant_of
from bot.domain.notices.notice import Noted
from bot.domain.notices.wishes import Cadence, Quiet, Wishes
from bot.domain.people import Person
from bot.domain.program import Program
from bot.errors import NotFound
from bot.ports import Listed, Standing, UnitOfWork, Wanted
from bot.usecases.foresee import Foreseen, foresee, in_the_books
from bot.usecases.tell import places_of

MOST_NOTED = 5_000
MOST_HELD = 200
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChange:
    """On that day clocks go forward `by` so much where the person lives; back if it is less."""

    day: date
    by: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """From the day `begins` until before `ends` where the person lives.

    `noted` is what the books have of it, `foreseen` what is to come, each in order of time. Of what
    is noted as said, the messages of the keys `waiting` have not left the outbox yet. `cadences`
    are those of kinds that come otherwise than at the `cadence` of all that can wait.
    """

    person: Person
    begins: date
    ends: date
    noted: tuple[Noted, ...]
    waiting: frozenset[str]
    foreseen: tuple[Foreseen, ...]
    changes: tuple[ClockChange, ...]
    quiet: Quiet | None
    cadence: Cadence
    cadences: Mapping[str, Cadence]


def see_timeline(
    uow: UnitOfWork,
    program: Program,
    person: Person,
    *,
    begins: date | None = None,
    days: int,
    now: datetime,
) -> Timeline:
    """The person's timeline, from today where none is given. `NotFound` for one who was erased."""
    found = uow.situations.of((person.id,), now=now, program=program)
    if not found:
        raise NotFound(f"Person {person.id} was erased: there is nothing to say to them.")
    zone, situation = person.zone, found[0]
    first = begins or day_in(now, zone)
    last = first + timedelta(days=days)
    start, end = instant_of(first, time(), zone), instant_of(last, time(), zone)
    known = in_the_books(uow, program, found, now=now)
    noted = uow.notices.of(person, limit=MOST_NOTED) if start < now else ()
    coming = foresee(program, situation, known, begins=now, ends=end)
    return Timeline(
        person=person,
        begins=first,
        ends=last,
        noted=tuple(one for one in reversed(noted) if start <= one.at < end),
        waiting=frozenset(one.message.key for one in _waiting(uow, person))
        if noted
        else frozenset(),
        foreseen=tuple(one for one in coming if one.at >= start),
        changes=clock_changes(zone, first, last),
        quiet=situation.wishes.quiet or program.notices.quiet,
        cadence=situation.wishes.cadence,
        cadences=_otherwise(program, situation.wishes),
    )


def _otherwise(program: Program, wishes: Wishes) -> Mapping[str, Cadence]:
    waits = {kind.id for kind in program.notices.kinds.values() if kind.waits}
    own = wishes.cadences.items()
    return {kind: often for kind, often in own if kind in waits and often is not wishes.cadence}


def next_said(
    uow: UnitOfWork, program: Program, person: Person, *, days: int, now: datetime
) -> tuple[Foreseen, ...]:
    """What will be said to the person within so many days if nothing else happens."""
    found = uow.situations.of((person.id,), now=now, program=program)
    known = in_the_books(uow, program, found, now=now)
    ends = now + timedelta(days=days)
    return tuple(
        one
        for situation in found
        for one in foresee(program, situation, known, begins=now, ends=ends)
        if one.message is not None
    )


def held(
    uow: UnitOfWork, person: Person, *, now: datetime
) -> tuple[tuple[datetime, OutboundMessage], ...]:
    """What waits for the person unasked, until quiet hours end, say, and until when."""
    return tuple(
        (one.due, one.message)
        for one in _waiting(uow, person)
        if one.due > now and one.message.whose == person.id
    )


def _waiting(uow: UnitOfWork, person: Person) -> tuple[Listed, ...]:
    places = tuple(str(place) for place in places_of(uow, person))
    return uow.listed.page(Wanted(standing=Standing.WAITING, places=places), limit=MOST_HELD)


def clock_changes(zone: ZoneInfo, begins: date, ends: date) -> tuple[ClockChange, ...]:
    """The days on which clocks change there."""
    found: list[ClockChange] = []
    day, offset = begins, _offset(begins, zone)
    while day < ends:
        after = _offset(day + _DAY, zone)
        if after != offset:
            found.append(ClockChange(day=day, by=after - offset))
        day, offset = day + _DAY, after
    return tuple(found)


def _offset(day: date, zone: ZoneInfo) -> timedelta:
    return datetime.combine(day, time(), zone).utcoffset() or timedelta()
