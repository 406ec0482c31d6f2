"""From what words say of a time to the instant, by the clock and the calendar of a zone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.notices.days import instant_of
from bot.domain.when import calendar
from bot.domain.when.ahead import in_span, later
from bot.domain.when.clocks import evening_of, of_day
from bot.domain.when.draft import Draft, Picked, Span
from bot.domain.when.nights import a_day_on, afternoon_of, is_over_midnight
from bot.domain.when.outcome import (
    FARTHEST,
    Either,
    Note,
    NotMet,
    Outcome,
    Unmet,
    When,
    Why,
)
from bot.domain.when.spans import SPAN, length


def resolved(draft: Draft, *, now: datetime, zone: ZoneInfo, usual: time) -> Outcome:
    """The instant; `usual` is the time of day where none is said."""
    now = now.astimezone(UTC)  # sums of hours are right there alone
    try:
        return _resolved(draft, now=now, zone=zone, usual=usual)
    except NotMet as not_met:
        return Unmet(why=not_met.why, day=not_met.day)
    except OverflowError:  # the last hours that a calendar has, or beyond
        return Unmet(why=Why.TOO_FAR)


def later_by(words: str, *, since: datetime, zone: ZoneInfo, now: datetime) -> Outcome | None:
    """`two days`: so much after that instant, days by the calendar; None for other words."""
    line = " ".join(words.casefold().strip(" .!?").split()).removesuffix(" later")
    if not re.fullmatch(SPAN, line):
        return None
    draft = Draft(span=length(line))
    try:
        return _checked(When(at=in_span(length(line), since.astimezone(UTC), zone)), draft, now=now)
    except NotMet as not_met:
        return Unmet(why=not_met.why, day=not_met.day)


def _resolved(draft: Draft, *, now: datetime, zone: ZoneInfo, usual: time) -> Outcome:
    if draft.why:
        raise NotMet(draft.why)
    if draft.after and draft.after.seconds:
        return _hours_from(draft, draft.after, now=now, zone=zone)
    local = now.astimezone(zone)
    if draft.span and draft.span.seconds:
        return _checked(When(at=in_span(draft.span, now, zone)), draft, now=now)
    timed = draft.clock or draft.part or (draft.has_day and not draft.today)
    soon = draft.later and not timed
    if soon or _is_bare_today(draft, local, usual):
        return _checked(When(at=later(now, zone)), draft, now=now)
    times = _times(draft, local.time().replace(second=0, microsecond=0) if draft.same else usual)
    picked = _day(draft, local.date())
    if picked is None:
        return _next_clock(draft, times, now=now, zone=zone)
    if is_over_midnight(draft, picked, local.date()) and (
        picked.day != local.date() or instant_of(picked.day, times[0], zone) <= now
    ):  # who says `tonight at 1` at midnight means this very night
        picked = a_day_on(picked)
    if picked.either:
        return _either(picked, times[0], now=now, zone=zone)
    return _at_day(draft, picked, times, now=now, zone=zone)


def _hours_from(draft: Draft, span: Span, *, now: datetime, zone: ZoneInfo) -> Outcome:
    """`an hour before Friday at 10`; a whole day has no hour to count from."""
    if draft.clock is None:
        raise NotMet(Why.WHOLE_DAY)
    days = replace(draft, after=replace(span, seconds=0))
    found = _resolved(days, now=now, zone=zone, usual=time())
    gap = timedelta(seconds=span.seconds)
    if isinstance(found, Either):
        return replace(found, first=found.first + gap, second=found.second + gap)
    if isinstance(found, Unmet):
        return found
    others = tuple(at + gap for at in found.others)
    return _checked(replace(found, at=found.at + gap, others=others), draft, now=now)


def _is_bare_today(draft: Draft, local: datetime, usual: time) -> bool:
    """`today` and nothing else, when its usual time is over."""
    timeless = draft.clock is None and draft.part is None and draft.after is None
    return bool(draft.today) and timeless and local.time() >= usual


def _times(draft: Draft, usual: time) -> tuple[time, ...]:
    if draft.clock:
        return of_day(draft.clock, draft.part)
    return (draft.part.at,) if draft.part else (usual,)


def _day(draft: Draft, today: date) -> Picked | None:
    """The day that is said; None where none is."""
    picked = None if draft.last else _named_day(draft, today)
    if picked is None and draft.part and draft.part.this:
        picked = Picked(day=today)
    if picked is None and draft.each and not (draft.clock or draft.part):
        return Picked(day=calendar.spanned(today, draft.each))
    if picked is not None and draft.after:
        days = (calendar.spanned(day, draft.after) for day in (picked.day, *picked.others))
        return replace(picked, day=next(days), others=tuple(days))
    return picked


def _named_day(draft: Draft, today: date) -> Picked | None:
    if draft.of_month is not None:
        return _of_month(draft, today)
    if draft.span:
        day = calendar.spanned(today, draft.span)
        if draft.weekday:
            day = calendar.monday_of(day) + timedelta(days=draft.weekday.day)
        return Picked(day=day)
    if draft.pick:
        picked = draft.pick(today)
        return _of_weekday(picked, draft.weekday.day) if draft.weekday else picked
    return calendar.of_weekday(today, draft.weekday) if draft.weekday else None


def _of_month(draft: Draft, today: date) -> Picked:
    """`the 5th`; `Friday the 13th` is the next one that is a Friday."""
    number = draft.of_month or 0
    if draft.weekday is None:
        return calendar.of_month(today, number)
    day = today
    while day - today <= FARTHEST:
        day = calendar.of_month(day, number).day
        if day.weekday() == draft.weekday.day:
            return Picked(day=day)
        day += calendar.DAY
    raise NotMet(Why.NO_DAY)


def _of_weekday(picked: Picked, weekday: int) -> Picked:
    """A date with the name of its day, which helps where nobody could tell which date is meant."""
    days = [day for day in (picked.day, *picked.others) if day.weekday() == weekday]
    if not days:
        raise NotMet(Why.OTHER_WEEKDAY, picked.day)
    return Picked(day=days[0])


def _next_clock(draft: Draft, times: tuple[time, ...], *, now: datetime, zone: ZoneInfo) -> Outcome:
    """A time of day without a day: the next one; where two may be meant, both."""
    today = now.astimezone(zone).date()
    first, *more = (_coming(today, at, now=now, zone=zone) for at in times)
    evening = None if draft.part else evening_of(draft.clock)
    if evening and (tonight := instant_of(today, evening, zone)) < first and tonight > now:
        more.append(tonight)
    found = When(
        at=first,
        others=tuple(more),
        notes=_clock_notes(first, times[0], zone),
        clock_only=draft.clock is not None or draft.part is not None,
    )
    return _checked(found, draft, now=now)


def _coming(today: date, at: time, *, now: datetime, zone: ZoneInfo) -> datetime:
    days = (instant_of(today + timedelta(days=count), at, zone) for count in range(3))
    return next(instant for instant in days if instant > now)


def _at_day(
    draft: Draft, picked: Picked, times: tuple[time, ...], *, now: datetime, zone: ZoneInfo
) -> Outcome:
    at = instant_of(picked.day, times[0], zone)
    notes = _clock_notes(at, times[0], zone) | ({picked.note} if picked.note else set())
    others = [instant_of(picked.day, other, zone) for other in times[1:]]
    twin = _evening(draft, picked, now=now, zone=zone)
    if at <= now and twin:
        others = [twin, *others]
    if at <= now and others and others[0] > now:
        return _checked(When(at=others[0], notes=notes), draft, now=now)
    if at <= now and draft.of_month is not None:
        later = calendar.of_month(picked.day + calendar.DAY, draft.of_month)
        return _at_day(draft, later, times, now=now, zone=zone)
    if at <= now:
        raise NotMet(Why.PAST, picked.day)
    others += [instant_of(day, times[0], zone) for day in picked.others]
    if afternoon := afternoon_of(draft.clock, draft.part):
        others.append(instant_of(picked.day - calendar.DAY, afternoon, zone))
    return _checked(When(at=at, others=tuple(others), notes=notes), draft, now=now)


def _evening(draft: Draft, picked: Picked, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The evening's time where the morning's is over today: `today at 9`, said at ten."""
    evening = None if draft.part or draft.of_month is not None else evening_of(draft.clock)
    if evening is None or picked.day != now.astimezone(zone).date():
        return None
    return instant_of(picked.day, evening, zone)


def _either(picked: Picked, at: time, *, now: datetime, zone: ZoneInfo) -> Outcome:
    days = (picked.day, *picked.others)
    coming = [found for day in days if (found := instant_of(day, at, zone)) > now]
    if not coming:
        raise NotMet(Why.PAST, picked.day)
    if len(coming) == 1:
        return When(at=coming[0])
    first, second = sorted(coming)
    if first - now > FARTHEST:
        raise NotMet(Why.TOO_FAR)
    return Either(first=first, second=second)


def _checked(found: When, draft: Draft, *, now: datetime) -> When:
    if found.at <= now:
        raise NotMet(Why.PAST)
    if found.at - now > FARTHEST:
        raise NotMet(Why.TOO_FAR)
    notes = found.notes | ({Note.REPEATED} if draft.repeated else set())
    notes |= {Note.SEVERAL} if draft.several else set()
    others = tuple(at for at in found.others if now < at <= now + FARTHEST and at != found.at)
    return When(at=found.at, others=others, notes=notes, clock_only=found.clock_only)


def _clock_notes(at: datetime, said: time, zone: ZoneInfo) -> frozenset[Note]:
    """What a clock change makes of the time that was said."""
    local = at.astimezone(zone)
    if local.time() != said:
        return frozenset({Note.SKIPPED})
    again = local.replace(fold=1 - local.fold).astimezone(UTC)
    return frozenset({Note.TWICE}) if again != at else frozenset()
