"""Reminders that people set for themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    insert,
    select,
    update,
)

from bot.domain.notices.reminder import Reminder
from bot.domain.people import Person
from storage.among import among
from storage.columns import fits
from storage.tables import people, reminders

_OPEN: ColumnElement[bool] = reminders.c.ended_at.is_(None)


class SqlReminders:
    """Reminders in their table; see `bot.ports.Reminders` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Reminder) -> Reminder:
        """Keeps one; its id and its number in the person's list are given here."""
        values = {
            "person_id": new.person_id,
            "number": self._next_number(new.person_id),
            "text": new.text,
            "at": new.at,
            "zone": new.zone,
            "made_at": new.made_at,
            "section": new.section,
        }
        made = insert(reminders).values(**values).returning(reminders)
        return _reminder(self._connection.execute(made).one())

    def of(self, person: Person) -> tuple[Reminder, ...]:
        """Those that were neither cancelled nor done, by time."""
        return tuple(reminders_of(self._connection, (person.id,)).get(person.id, ()))

    def numbered(self, person: Person, number: int) -> Reminder | None:
        """The person's reminder of that number, unless it ended."""
        if not fits(number):
            return None
        named = {"person": person.id, "number": number}
        row = self._connection.execute(_numbered(), named).first()
        return _reminder(row) if row is not None else None

    def end(self, reminder: Reminder, *, at: datetime) -> bool:
        """Cancels it or notes that it is done; False when it had ended."""
        ended = update(reminders).where(reminders.c.id == reminder.id, _OPEN).values(ended_at=at)
        return self._connection.execute(ended).rowcount == 1

    def move(self, reminder: Reminder, *, to: datetime) -> Reminder | None:
        """The same with another time (aware UTC), and its number kept; None when it had ended."""
        moved = update(reminders).where(reminders.c.id == reminder.id, _OPEN).values(at=to)
        row = self._connection.execute(moved.returning(reminders)).first()
        return _reminder(row) if row is not None else None

    def reopen(self, person: Person, number: int) -> Reminder | None:
        """Takes back that it ended; None when the person's one of that number had not."""
        if not fits(number):
            return None
        own = (reminders.c.person_id == person.id, reminders.c.number == number)
        opened = update(reminders).where(*own, ~_OPEN).values(ended_at=None)
        row = self._connection.execute(opened.returning(reminders)).first()
        return _reminder(row) if row is not None else None

    def _next_number(self, person: int) -> int:
        # The person's row is the queue for numbers where two writers can be at work at once; rows
        # that refer to the person do not wait for that.
        mine = select(people.c.id).where(people.c.id == person)
        self._connection.execute(mine.with_for_update(key_share=True))
        query = select(func.max(reminders.c.number)).where(reminders.c.person_id == person)
        return (self._connection.execute(query).scalar() or 0) + 1


def reminders_of(connection: Connection, numbers: Collection[int]) -> Mapping[int, list[Reminder]]:
    """The open reminders of those who have any, by time."""
    found: defaultdict[int, list[Reminder]] = defaultdict(list)
    for row in connection.execute(_own(), {"people": list(numbers)}).all():
        found[row.person_id].append(_reminder(row))
    return found


def _reminder(row: Row[Any]) -> Reminder:
    values = dict(row._mapping)
    del values["ended_at"]
    return Reminder(**values)


@cache  # building a statement takes longer than running it
def _own() -> Select[Any]:
    own = among(reminders.c.person_id, "people")
    return select(reminders).where(own, _OPEN).order_by(reminders.c.at, reminders.c.id)


@cache
def _numbered() -> Select[Any]:
    own = (reminders.c.person_id == bindparam("person"), reminders.c.number == bindparam("number"))
    return select(reminders).where(*own, _OPEN)
