"""Webinars and other events of the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from bot.domain.notices.days import day_in
from bot.domain.notices.moments.base import Base
from bot.domain.notices.situation import Situation
from bot.domain.program import Program


def events(program: Program, _: Situation, zone: ZoneInfo) -> Iterable[Base]:
    """Each event; the key has its day where it is held, which is the same for everybody."""
    return _events(program, zone) if program.notices.events else ()


def _events(program: Program, zone: ZoneInfo) -> Iterator[Base]:
    for event in program.notices.events:
        day = day_in(event.starts, zone)
        yield Base(
            matter=f"event-{event.id}",
            part=event.id,
            day=day,
            named=event.starts.date(),
            ends=event.starts,
            about={
                "date": day,
                "title": event.title,
                "starts": event.starts,
                "minutes": event.minutes,
                "url": event.url,
            },
        )
