"""The books: what became of each notice."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Row,
    Select,
    Update,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    update,
)

from bot.domain.notices.notice import Ending, Noted
from bot.domain.people import Person
from storage.among import among
from storage.columns import Instant
from storage.dialects import insert_new
from storage.tables import notices

_NEVER = datetime(9999, 12, 31, tzinfo=UTC)


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

    def miss(self, keys: Collection[str], *, message: str, at: datetime) -> None:
        """Those of the keys that were to be said by that message were missed then instead."""
        if keys:
            late = {"keys": list(keys), "said_by": message, "now": at}
            self._connection.execute(_miss(), late)

    def told(self, person: Person, matter: str) -> bool:
        """Whether anything of that matter was ever said to the person."""
        asked = {"person": person.id, "about": matter}
        return self._connection.execute(_told(), asked).first() is not None

    def forget(self, *, missed_after: datetime, due_after: datetime | None) -> int:
        """Takes out what was missed after the one instant or is due after the other; how many."""
        times = {"missed_after": missed_after, "due_after": due_after or _NEVER}
        return self._connection.execute(_forget(), times).rowcount

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
    return delete(notices).where(*_said_by())


@cache
def _miss() -> Update:
    missed = {"ending": Ending.MISSED.value, "at": bindparam("now", type_=Instant())}
    return update(notices).where(*_said_by()).values(message="", **missed)


def _said_by() -> tuple[ColumnElement[bool], ...]:
    return among(notices.c.key, "keys"), notices.c.message == bindparam("said_by")


@cache
def _told() -> Select[Any]:
    own = (notices.c.person_id == bindparam("person"), notices.c.matter == bindparam("about"))
    return select(notices.c.key).where(*own, notices.c.ending == Ending.SAID.value).limit(1)


@cache
def _forget() -> Delete:
    missed = notices.c.ending == literal_column("'missed'")
    lately = missed & (notices.c.at > bindparam("missed_after", type_=Instant()))
    return delete(notices).where(lately | (notices.c.due > bindparam("due_after", type_=Instant())))


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
