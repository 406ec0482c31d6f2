"""Reminders that people set for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from bot.domain.notices.days import day_in
from bot.domain.notices.kinds import Kind, Lead, Moment
from bot.domain.notices.moments.base import Base
from bot.domain.notices.situation import Situation
from bot.domain.program import Program

# Every program has it; a pack may word it.
REMINDER = Kind(
    id="reminder",
    title="reminders that you set yourself",
    moment=Moment.OWN,
    leads=(Lead(days=0, keeps=90, text="You asked me to remind you: {text}"),),
    mandatory=True,
    after_certified=True,
)


def own(_: Program, situation: Situation, zone: ZoneInfo) -> Iterable[Base]:
    """Each reminder, at the instant that was chosen."""
    return _own(situation, zone) if situation.reminders else ()


def _own(situation: Situation, zone: ZoneInfo) -> Iterator[Base]:
    for reminder in situation.reminders:
        day = day_in(reminder.at, zone)
        yield Base(
            matter=f"reminder-{reminder.number}",
            part=str(reminder.id),
            day=day,
            since=reminder.made_at,
            instant=reminder.at,
            about={"date": day, "text": reminder.text, "section": reminder.section},
        )
