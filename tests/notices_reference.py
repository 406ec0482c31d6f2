"""A slow, obvious account of what a person is told by the clock, to hold the rules against.

It shares no code with them: bases in plain if-statements, wall times by trying offsets, quiet hours
minute by minute. Quiet hours here end outside of hours that a clock change skips.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.notices.kinds import Audience, Kind, Moment
from bot.domain.notices.situation import Situation
from bot.domain.notices.wishes import Cadence, Hush, Quiet
from bot.domain.program import Program
from tests.notices_reference_bases import Counted, counted_from
from tests.notices_reference_clock import not_quiet, wall

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to say: when it is due and until when it is worth it."""

    key: str
    kind: Kind
    matter: str
    at: datetime
    until: datetime
    again: bool = False
    series: str = ""


def year(
    program: Program, situation: Situation, *, begins: datetime, days: int
) -> list[tuple[datetime, str]]:
    """(instant, key) of everything said in so many days from `begins`, oldest first.

    The situation stays as it is, and somebody looks at every instant: the first time at `begins`.
    """
    ends = begins + timedelta(days=days)
    said = []
    planned = [
        (told, spoken_at(program, situation, told)) for told in everything(program, situation)
    ]
    for told, on_time in planned:
        if on_time is None:
            continue
        at = on_time
        if at < begins < told.until:
            at = said_late(program, situation, told, begins)  # it is due and was not said yet
            later = [
                other_at
                for other, other_at in planned
                if other_at and other_at > on_time and told.series and other.series == told.series
            ]
            if any(then - at < min(A_DAY, (then - on_time) / 2) for then in later):
                continue  # it would be said twice in a row
        if begins <= at < ends:
            said.append((at, told.key))
    return sorted(said)


def owed(program: Program, situation: Situation, at: datetime) -> set[str]:
    """Keys of everything that is said at that instant where nobody looked before."""
    return {key for said, key in year(program, situation, begins=at, days=1) if said == at}


def said_late(program: Program, situation: Situation, told: Told, begins: datetime) -> datetime:
    """When what is due already is said; at night it waits, if it can."""
    if told.kind.to is Audience.STAFF or told.kind.moment is Moment.OWN:
        return begins
    own = situation.wishes.quiet
    quiet = own if own is not None else program.notices.quiet
    if cannot_wait(told, quiet, situation.person.time_zone):
        return begins
    later = not_quiet(begins, quiet, situation.person.time_zone)
    return later if later < told.until else begins


def everything(program: Program, situation: Situation) -> Iterator[Told]:
    """All that is to be said at any time, with what was snoozed and what is done taken out."""
    hushes = {hush.matter: hush for hush in situation.wishes.hushed}
    snoozed: dict[str, list[tuple[Told, Kind, Counted, int]]] = {}
    for kind, base in counted_from(program, situation):
        hush = hushes.get(base.matter)
        if hush is None or is_heard(program, situation, kind, base, hush):
            yield from (told for told, _ in leads(program, situation, kind, base))
        elif hush.until is not None:
            for told, lead in leads(program, situation, kind, base):
                snoozed.setdefault(base.matter, []).append((told, kind, base, lead))
    for matter, several in snoozed.items():
        until = snoozed_until(hushes[matter], [told for told, *_ in several])
        yield from (told for told, *_ in several if told.at >= until)
        yield from once_more(situation, matter, several, until)


def snoozed_until(hush: Hush, several: list[Told]) -> datetime:
    """No longer than until the next thing is due that has to be said."""
    ends = hush.until or hush.at
    for told in several:
        must = told.kind.mandatory and told.kind.moment is not Moment.OWN
        if must and hush.at < told.at < ends:
            ends = told.at
    return ends


def is_heard(program: Program, situation: Situation, kind: Kind, base: Counted, hush: Hush) -> bool:
    """Whether it is said although its matter was hushed."""
    if kind.to is Audience.STAFF:
        return True
    came_up = base.since or at_local(base.day, kind.leads[0].days, program, kind, situation)
    if came_up > hush.at:
        return True
    return hush.until is None and kind.mandatory and kind.moment is not Moment.OWN


def leads(
    program: Program, situation: Situation, kind: Kind, base: Counted
) -> Iterator[tuple[Told, int]]:
    """One thing to say for each lead time, with the lead's place."""
    number = situation.person.id
    for place, lead in enumerate(kind.leads):
        if base.instant is not None:
            at, tail = base.instant, f"{base.instant:%Y-%m-%dT%H:%M:%SZ}"
        else:
            at = at_local(base.day, lead.days, program, kind, situation)
            tail = f"{base.named}:{lead.days}"
        until = at + timedelta(days=lead.keeps)
        if base.instant is None and place + 1 < len(kind.leads):
            following = at_local(base.day, kind.leads[place + 1].days, program, kind, situation)
            until = min(until, following)
        if base.over is not None and lead.days <= 0:
            until = min(until, base.over)
        if at < until and not said_besides(program, situation, kind, base, lead.days):
            part = f"{base.part}:" if base.part else ""
            key = f"{kind.id}:{number}:{part}{tail}"
            series = f"{kind.id}:{part}{base.named}"
            yield Told(key, kind, base.matter, at, until, series=series), place


def said_besides(
    program: Program, situation: Situation, kind: Kind, base: Counted, days: int
) -> bool:
    """Whether the subscription ends on the day of the limit, and that is said as long before."""
    candidate = situation.candidate
    if kind.moment is not Moment.TIME_LIMIT or candidate is None:
        return False
    if candidate.subscription_ends != base.day:
        return False
    for other in program.notices.kinds.values():
        if other.moment is Moment.SUBSCRIPTION_ENDS:
            for lead in other.leads:
                if lead.days == days:
                    return True
    return False


def once_more(
    situation: Situation,
    matter: str,
    several: list[tuple[Told, Kind, Counted, int]],
    at: datetime,
) -> Iterator[Told]:
    """What was snoozed until then: the words of the last lead before, if no later one replaces."""
    before = [one for one in several if one[0].at < at]
    if not before:
        return
    _, kind, base, place = max(before, key=lambda one: one[0].at)
    until = at + timedelta(days=kind.leads[place].keeps)
    if base.over is not None and kind.leads[place].days <= 0:
        until = min(until, base.over)
    for told, *_ in several:
        if told.at >= at:
            until = min(until, told.at)
    if at < until:
        key = f"again:{situation.person.id}:{matter}:{at:%Y-%m-%dT%H:%M:%SZ}"
        yield Told(key, kind, matter, at, until, again=True)


def spoken_at(program: Program, situation: Situation, told: Told) -> datetime | None:
    """When it is said; None when it is declined wherever the person could be told."""
    rules, wishes, zone = program.notices, situation.wishes, situation.person.time_zone
    if told.kind.to is Audience.STAFF:
        return at_office(program, told)
    if told.kind.moment is Moment.OWN:
        return told.at
    if is_declined(situation, told.kind):
        return None
    quiet = wishes.quiet if wishes.quiet is not None else rules.quiet
    if cannot_wait(told, quiet, zone):
        return told.at
    if told.kind.waits and not told.again:
        cadence = wishes.cadences.get(told.kind.id, wishes.cadence)
        slot = not_quiet(with_digest(program, told.at, cadence, zone), quiet, zone)
        if slot < told.until:
            return slot
    later = not_quiet(told.at, quiet, zone)
    return later if later < told.until else told.at


def cannot_wait(told: Told, quiet: Quiet | None, zone: str) -> bool:
    """Whether the night that it is due in would take too much of the time of what must be said."""
    later = not_quiet(told.at, quiet, zone)
    if later == told.at or told.again or not told.kind.mandatory:
        return False
    left = told.until - later
    return left < A_DAY / 2 or later - told.at > (told.until - told.at) / 2


def is_declined(situation: Situation, kind: Kind) -> bool:
    """Whether it is declined on every channel on which they can be told."""
    channels = {place.channel for place in situation.places}
    declined = situation.wishes.declined
    return not kind.mandatory and all((channel, kind.id) in declined for channel in channels)


def with_digest(program: Program, at: datetime, cadence: Cadence, zone: str) -> datetime:
    """When the next digest goes out, day by day."""
    if cadence is Cadence.AT_ONCE:
        return at
    rules = program.notices
    day = (at - timedelta(days=2)).date()
    while wall(day, rules.at, zone) < at or (
        cadence is Cadence.WEEKLY and day.weekday() != rules.weekday
    ):
        day += timedelta(days=1)
    return wall(day, rules.at, zone)


def at_office(program: Program, told: Told) -> datetime:
    """When staff are told next, day by day."""
    office = program.notices.office
    day = (told.at - timedelta(days=2)).date()
    while (
        day.weekday() not in office.days
        or day in office.holidays
        or wall(day, office.at, office.time_zone) < told.at
    ):
        day += timedelta(days=1)
    slot = wall(day, office.at, office.time_zone)
    return slot if slot < told.until else told.at


def at_local(day: date, days: int, program: Program, kind: Kind, situation: Situation) -> datetime:
    """The kind's time of day so many days from the day, where its reader is."""
    rules = program.notices
    if kind.to is Audience.STAFF:
        return wall(day + timedelta(days=days), rules.office.at, rules.office.time_zone)
    return wall(day + timedelta(days=days), kind.at or rules.at, situation.person.time_zone)
