"""Which reminders were told when they were due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.limits import MOST_TOLD_REMINDERS
from bot.domain.notices.notice import Ending
from bot.domain.notices.reminder import Reminder
from bot.domain.people import Person
from bot.ports import UnitOfWork
from bot.usecases.set_reminder import matter_of

_TAKES = timedelta(minutes=5)  # until what is due is said
_LOOKED = 5 * MOST_TOLD_REMINDERS  # of what a person was told last


def not_told(
    uow: UnitOfWork, person: Person, own: Sequence[Reminder], *, now: datetime
) -> frozenset[int]:
    """The numbers of those that are over and were never said, as far back as is looked."""
    over = [one for one in own if now - one.at > _TAKES]
    if not over:
        return frozenset()
    books = uow.notices.of(person, limit=_LOOKED)
    said = {(one.matter, one.due) for one in books if one.ending is Ending.SAID}
    back = min(one.at for one in books) if len(books) == _LOOKED else None
    return frozenset(
        one.number for one in over if (back is None or one.at >= back) and not _is_said(one, said)
    )


def _is_said(reminder: Reminder, said: set[tuple[str, datetime]]) -> bool:
    """Whether it was said at its time, or later where it was snoozed."""
    name = matter_of(reminder)
    return any(matter == name and due >= reminder.at for matter, due in said)
