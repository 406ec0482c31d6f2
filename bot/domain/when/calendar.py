"""Arithmetic of days as people count them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from bot.domain.when.draft import Picked, Span, Weekday
from bot.domain.when.outcome import FARTHEST, Note, NotMet, Why

DAY = timedelta(days=1)
WEEK = 7
_SATURDAY = 5
MOST_MONTHS = FARTHEST.days // 28 + 1


def last_of_month(year: int, month: int) -> int:
    """How many days the month has."""
    return calendar.monthrange(year, month)[1]


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    if months > MOST_MONTHS:
        raise NotMet(Why.TOO_FAR)
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, last_of_month(year, month)))


def first_of_month(day: date, months: int = 0) -> date:
    """The first day of the month that is so many months later."""
    return months_on(day.replace(day=1), months)


def end_of_month(first: date) -> date:
    """The last day of that month."""
    return first.replace(day=last_of_month(first.year, first.month))


def spanned(day: date, span: Span) -> date:
    """The day that is so much later; hours are none of its business."""
    if span.days > FARTHEST.days or span.working > FARTHEST.days:
        raise NotMet(Why.TOO_FAR)
    day = months_on(day, span.months) + timedelta(days=span.days)
    for _ in range(span.working):
        day += DAY
        while day.weekday() >= _SATURDAY:
            day += DAY
    return day


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def of_weekday(today: date, said: Weekday) -> Picked:
    """The day that a weekday means; for `next Friday` with the other one that may be meant."""
    ahead = (said.day - today.weekday()) % WEEK or WEEK
    coming = today + timedelta(days=ahead)
    if said.week is not None:
        day = monday_of(today) + timedelta(days=WEEK * said.week + said.day)
        if day < today and said.sure:
            raise NotMet(Why.PAST, day)
        return Picked(day=day if day >= today else coming)
    if not said.next:
        return Picked(day=coming)
    later = coming + timedelta(days=WEEK)
    if ahead == WEEK:
        return Picked(day=coming)
    if monday_of(coming) == monday_of(today):
        return Picked(day=later, others=(coming,))
    return Picked(day=coming, others=(later,) if ahead <= 2 else ())


def of_month(today: date, number: int) -> Picked:
    """The next day of that number, in the first month that has one."""
    if not 1 <= number <= 31:
        raise NotMet(Why.NO_DAY)
    for months in range(4):
        first = first_of_month(today, months)
        if number > last_of_month(first.year, first.month):
            continue
        day = first.replace(day=number)
        if day >= today:
            return Picked(
                day=day, note=Note.LATER_MONTH if months and _passed_over(today, day) else None
            )
    raise NotMet(Why.NO_DAY)


def _passed_over(today: date, day: date) -> bool:
    """Whether a month between has no such day."""
    first = first_of_month(today)
    while (first.year, first.month) < (day.year, day.month):
        if day.day > last_of_month(first.year, first.month):
            return True
        first = first_of_month(first, 1)
    return False


def in_year(today: date, month: int, number: int, *, year: int | None = None) -> date:
    """That day of that year, or without one the next such day."""
    if not (1 <= month <= 12 and 1 <= number <= last_of_month(2024, month)):
        raise NotMet(Why.NO_DAY)
    for one in (year,) if year else range(today.year, today.year + 9):
        if one > date.max.year - 10 or one < 1 or number > last_of_month(one, month):
            continue
        day = date(one, month, number)
        if year or day >= today:
            return day
    raise NotMet(Why.TOO_FAR if year and year > today.year + 9 else Why.NO_DAY)
