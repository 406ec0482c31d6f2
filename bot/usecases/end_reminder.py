"""End a reminder: it is cancelled, or done."""

from __future__ import annotations

from datetime import datetime

from bot.domain.notices.reminder import Reminder
from bot.domain.people import Person
from bot.ports import UnitOfWork
from bot.usecases.set_reminder import own_reminder


def end_reminder(uow: UnitOfWork, person: Person, number: int, *, now: datetime) -> Reminder:
    """Ends it, and gives it as it was; `NotFound` when the person has none such."""
    found = own_reminder(uow, person, number)
    uow.reminders.end(found, at=now)
    uow.wishes.unhush(person, matter_of(found))
    return found


def matter_of(reminder: Reminder) -> str:
    """What its notices are about, as people type it: `reminder-3`."""
    return f"reminder-{reminder.number}"
