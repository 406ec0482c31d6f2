"""The books: what became of each notice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Row,
    Select,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
)

from bot.domain.notices.notice import Ending, Noted
from bot.domain.people import Person
from storage.among import among
from storage.columns import Instant
from storage.dialects import insert_new
from storage.tables import notices


class SqlNotices:
    """The books in their table; see `bot.ports.Notices` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, keys: Collection[str]) -> frozenset[str]:
        """Those of the keys that are in the books."""
        if not keys:
            return frozenset()
        return frozenset(self._connection.execute(_known(), {"keys": list(keys)}).scalars())

    def note(self, noted: Sequence[Noted]) -> frozenset[str]:
        """Writes them; gives the keys that were not there.

        In the order of their keys, so that two who write the same wait for each other one way.
        """
        rows = [_row(one) for one in sorted(noted, key=lambda one: one.key)]
        return insert_new(self._connection, notices, rows, notices.c.key)

    def unsay(self, keys: Collection[str], *, message: str) -> None:
        """Takes out those of the keys that were said by that message."""
        if keys:
            self._connection.execute(_unsay(), {"keys": list(keys), "said_by": message})

    def forget_after(self, now: datetime) -> int:
        """Takes out what is due only after that and what was missed after it; how many."""
        return self._connection.execute(_forget(), {"now": now}).rowcount

    def of(self, person: Person, *, limit: int) -> tuple[Noted, ...]:
        """The newest of a person's, newest first."""
        rows = self._connection.execute(_own(), {"person": person.id, "most": limit})
        return tuple(map(_noted, rows))

    def missed(self, *, since: datetime, limit: int) -> tuple[Noted, ...]:
        """Those missed at or after that instant, oldest first."""
        rows = self._connection.execute(_missed(), {"since": since, "most": limit})
        return tuple(map(_noted, rows))

    def count_missed(self, *, since: datetime) -> Mapping[str, int]:
        """How many were missed at or after that instant, by kind."""
        rows = self._connection.execute(_count_missed(), {"since": since})
        return {row.kind: row.many for row in rows}


def _row(one: Noted) -> dict[str, Any]:
    return {
        "key": one.key,
        "person_id": one.person_id,
        "kind": one.kind,
        "matter": one.matter,
        "due": one.due,
        "at": one.at,
        "ending": one.ending.value,
        "message": one.message,
    }


def _noted(row: Row[Any]) -> Noted:
    values = dict(row._mapping)
    return Noted(ending=Ending(values.pop("ending")), **values)


@cache  # building a statement takes longer than running it
def _known() -> Select[Any]:
    return select(notices.c.key).where(among(notices.c.key, "keys"))


@cache
def _unsay() -> Delete:
    said = (among(notices.c.key, "keys"), notices.c.message == bindparam("said_by"))
    return delete(notices).where(*said)


@cache
def _forget() -> Delete:
    """Walks through all of them: it is for a clock that went back."""
    now = bindparam("now", type_=Instant())
    early = or_(notices.c.due > now, notices.c.ending == literal_column("'missed'"))
    return delete(notices).where(notices.c.at > now, early)


@cache
def _own() -> Select[Any]:
    own = notices.c.person_id == bindparam("person")
    newest = select(notices).where(own).order_by(notices.c.at.desc(), notices.c.key.desc())
    return newest.limit(bindparam("most"))


@cache
def _missed() -> Select[Any]:
    oldest = select(notices).where(_is_missed()).order_by(notices.c.at, notices.c.key)
    return oldest.limit(bindparam("most"))


@cache
def _count_missed() -> Select[Any]:
    many = func.count().label("many")
    return select(notices.c.kind, many).where(_is_missed()).group_by(notices.c.kind)


def _is_missed() -> ColumnElement[bool]:
    # Spelled as the index spells it, or SQLite does not see that the index will do.
    missed = notices.c.ending == literal_column("'missed'")
    return missed & (notices.c.at >= bindparam("since", type_=Instant()))
