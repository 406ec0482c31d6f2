"""A person's deadlines as a calendar that goes on from what it was told before."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices.calendar import Calendar, revised, still_told
from bot.domain.notices.deadlines import deadlines
from bot.domain.people import Person
from bot.phrases import calendar as phrases
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.link_tokens import seal

HOST = "carrel"  # behind the @ of a uid, as RFC 7986 (5.3) still allows it


def see_calendar(uow: UnitOfWork, desk: Desk, person: Person, *, now: datetime) -> Calendar:
    """What the person's calendars are told now; what changed in it is kept for the next time."""
    known = uow.feeds.entries(person)
    due = tuple(
        phrases.entry(desk.program, one, uid=_uid(desk, person, one.name))
        for situation in uow.situations.of((person.id,), now=now, program=desk.program)
        for one in deadlines(desk.program, situation)
    )
    entries = revised(known, due, now=now)
    if entries != known:
        uow.feeds.keep(person, entries)
    return Calendar(
        uid=_uid(desk, person, ""),
        name=phrases.name(desk.program),
        entries=still_told(entries, now=now),
    )


def _uid(desk: Desk, person: Person, name: str) -> str:
    """Always the same, and it tells nobody whose deadline it is, or which."""
    return f"{seal(desk.signer, f'calendar {person.id} {name}')}@{HOST}"
