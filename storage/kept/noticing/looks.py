"""Whom to look at next, and until when the clock's work was done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Select, bindparam, delete, exists, insert, select

from storage import tables
from storage.among import among
from storage.columns import Instant
from storage.dialects import alone, insert_or_update
from storage.tables import people, stirred, sweeps

LOOKING = "looks"  # the name of what one transaction does at a time


class SqlLooks:
    """Looks in their tables; see `bot.ports.Looks` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alone(self) -> bool:
        """Whether this transaction alone may look, until it ends."""
        return alone(self._connection, LOOKING)

    def stirred(self, *, limit: int) -> tuple[int, ...]:
        """Takes people whose state changed."""
        found: dict[int, None] = {}
        while len(found) < limit and (taken := self._take(limit - len(found))):
            found.update(dict.fromkeys(taken))
        return tuple(found)

    def due(self, *, now: datetime, limit: int) -> tuple[int, ...]:
        """People whose next look is due, the longest due first."""
        return tuple(self._connection.execute(_due(), {"now": now, "most": limit}).scalars())

    def put(
        self,
        looks: Mapping[int, datetime | None],
        *,
        failed: Mapping[int, datetime | None] | None = None,
    ) -> None:
        """Notes when each of them is to be looked at next, and until when they were before."""
        since = failed or {}
        dated = [
            {"person_id": who, "due_at": at, "since": since.get(who)}
            for who, at in looks.items()
            if at is not None
        ]
        undated = [who for who, at in looks.items() if at is None]
        if undated:
            self._connection.execute(_unlooked(), {"people": undated})
        if dated:
            insert_or_update(self._connection, tables.looks, dated)

    def failed(self, people: Collection[int]) -> Mapping[int, datetime]:
        """Until when those were looked at at whom the last look failed."""
        rows = self._connection.execute(_failed(), {"people": list(people)})
        return {row.person_id: row.since for row in rows}

    def failing(self, *, until: datetime, limit: int) -> tuple[int, ...]:
        """People at whom the last look failed, and who are to be looked at again by then."""
        values = {"now": until, "most": limit}
        return tuple(self._connection.execute(_failing(), values).scalars())

    def stir(self, people: Collection[int] | None = None) -> None:
        """Marks them, or with None everybody, as stirred."""
        if people is None:
            self._connection.execute(insert(stirred).from_select(["person_id"], _everybody()))
        elif people:
            rows = [{"person_id": one} for one in sorted(set(people))]
            self._connection.execute(insert(stirred), rows)

    def swept(self, name: str) -> tuple[datetime | None, str]:
        """Until when that clock work was done last, and the mark left then."""
        row = self._connection.execute(select(sweeps).where(sweeps.c.name == name)).first()
        return (row.at, row.mark) if row is not None else (None, "")

    def note_swept(self, name: str, *, at: datetime, mark: str = "") -> None:
        """Puts this in the place of what was noted before."""
        insert_or_update(self._connection, sweeps, {"name": name, "at": at, "mark": mark})

    def _take(self, limit: int) -> list[int]:
        """The people whom the oldest marks name; all their marks that can be seen are gone then.

        Whoever is changing something now adds a mark that cannot be seen yet, and that stays.
        """
        found = self._connection.execute(_oldest(), {"most": limit}).scalars().all()
        people = list(dict.fromkeys(found))
        if people:
            self._connection.execute(_unmark(), {"people": people})
        return people


@cache  # building a statement takes longer than running it
def _due() -> Select[Any]:
    looks = tables.looks
    due = looks.c.due_at <= bindparam("now", type_=Instant())
    oldest = select(looks.c.person_id).where(due).order_by(looks.c.due_at)
    return oldest.limit(bindparam("most"))


@cache
def _failed() -> Select[Any]:
    looks = tables.looks
    own = (among(looks.c.person_id, "people"), looks.c.since.is_not(None))
    return select(looks.c.person_id, looks.c.since).where(*own)


@cache
def _failing() -> Select[Any]:
    """Only those that are due soon have to be gone through for it."""
    looks = tables.looks
    soon = (looks.c.due_at <= bindparam("now", type_=Instant()), looks.c.since.is_not(None))
    few = select(looks.c.person_id).where(*soon).order_by(looks.c.due_at)
    return few.limit(bindparam("most"))


@cache
def _unlooked() -> Delete:
    return delete(tables.looks).where(among(tables.looks.c.person_id, "people"))


@cache
def _everybody() -> Select[Any]:
    marked = exists().where(stirred.c.person_id == people.c.id)
    return select(people.c.id).where(people.c.erased_at.is_(None), ~marked)


@cache
def _oldest() -> Select[Any]:
    oldest = select(stirred.c.person_id).order_by(stirred.c.id).limit(bindparam("most"))
    return oldest.with_for_update(skip_locked=True)


@cache
def _unmark() -> Delete:
    return delete(stirred).where(among(stirred.c.person_id, "people"))
