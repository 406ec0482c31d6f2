"""End reminders: they are cancelled, or done."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices.reminder import Reminder
from bot.domain.people import Person
from bot.ports import UnitOfWork
from bot.usecases.set_reminder import matter_of, own_reminder


def end_reminder(uow: UnitOfWork, person: Person, number: int, *, now: datetime) -> Reminder:
    """Ends it, and gives it as it was; `NotFound` when the person has none such."""
    found = own_reminder(uow, person, number)
    uow.reminders.end(found, at=now)
    uow.wishes.unhush(person, matter_of(found))
    return found


def end_every_reminder(uow: UnitOfWork, person: Person, *, now: datetime) -> tuple[Reminder, ...]:
    """Ends all that are open, and gives them as they were, by time."""
    own = uow.reminders.of(person)
    for one in own:
        uow.reminders.end(one, at=now)
        uow.wishes.unhush(person, matter_of(one))
    return own
