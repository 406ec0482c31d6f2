"""A person's own deadlines, the nearest first, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.messages import Bullets, Choice, Paragraph, Reply
from bot.domain.notices.deadlines import Deadline
from bot.domain.program import Program
from bot.phrases.calendar import entry
from bot.phrases.times import clock_time, times_of, told

_SHOWN = 10
_CHOICES = (
    Choice(label="As a calendar", says="calendar"),
    Choice(label="What I will be told", says="upcoming notices"),
)


def coming(
    program: Program, deadlines: Iterable[Deadline], *, now: datetime, zone: ZoneInfo
) -> Reply:
    """Those from today on, with own reminders and events; the first of many."""
    today = now.astimezone(zone).date()
    dated = ((_day(one, zone), one) for one in deadlines)
    each = sorted(
        ((day, one) for day, one in dated if day and day >= today),
        key=lambda dated: (dated[0], dated[1].begins.timestamp() if dated[1].begins else 0),
    )
    if not each:
        text = "You have no deadlines or reminders now."
        return Reply(blocks=(Paragraph(text=text),), choices=_CHOICES[1:])
    items = tuple(
        f"{_when(one, day, zone)}: {entry(program, one, uid='').title}"
        for day, one in each[:_SHOWN]
    )
    more = len(each) - _SHOWN
    rest = (Paragraph(text=f"{more} more: say calendar, for all of them."),) if more > 0 else ()
    hours = f" {times_of(zone)}" if any(one.begins for _, one in each[:_SHOWN]) else ""
    lead = Paragraph(text=f"Your deadlines and reminders, the nearest first.{hours}")
    return Reply(blocks=(lead, Bullets(items=items), *rest), choices=_CHOICES)


def _day(one: Deadline, zone: ZoneInfo) -> date | None:
    return one.begins.astimezone(zone).date() if one.begins else one.day


def _when(one: Deadline, day: date, zone: ZoneInfo) -> str:
    return clock_time(one.begins, zone) if one.begins else told(day)
