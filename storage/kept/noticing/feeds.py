"""Private calendar addresses, and what calendars were told last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Row, Select, bindparam, delete, select

from bot.domain.notices.calendar import Entry
from bot.domain.people import Person
from bot.ports import Feed
from storage.among import among
from storage.dialects import insert_or_update
from storage.kept.people import person_of
from storage.tables import calendar_entries, feeds, people


class SqlFeeds:
    """Feeds in their tables; see `bot.ports.Feeds` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person: Person) -> Feed | None:
        """The person's feed."""
        query = select(feeds).where(feeds.c.person_id == person.id)
        row = self._connection.execute(query).first()
        return Feed(**row._mapping) if row is not None else None

    def put(self, person: Person, token_hash: str, *, at: datetime) -> None:
        """Puts the token in place of an older one."""
        row = {"person_id": person.id, "token_hash": token_hash, "made_at": at}
        insert_or_update(self._connection, feeds, row)

    def drop(self, person: Person) -> bool:
        """Nothing opens the person's calendar any more; False when nothing did."""
        gone = delete(feeds).where(feeds.c.person_id == person.id)
        return self._connection.execute(gone).rowcount == 1

    def owner(self, token_hash: str) -> Person | None:
        """Whose feed it is."""
        row = self._connection.execute(_owner(), {"token": token_hash}).first()
        return person_of(row) if row is not None else None

    def entries(self, person: Person) -> tuple[Entry, ...]:
        """The entries as they were told last, cancelled ones too, by uid; see the contract."""
        mine = select(people.c.id).where(people.c.id == person.id)
        # Not the lock that rows which refer to the person wait for.
        self._connection.execute(mine.with_for_update(key_share=True))
        return tuple(map(_entry, self._connection.execute(_entries(), {"person": person.id})))

    def keep(self, person: Person, entries: Sequence[Entry]) -> None:
        """Puts these in their place; only what differs is written."""
        rows = self._connection.execute(_entries(), {"person": person.id})
        known = {entry.uid: entry for entry in map(_entry, rows)}
        other = [_row(person, entry) for entry in entries if known.get(entry.uid) != entry]
        gone = known.keys() - {entry.uid for entry in entries}
        if other:
            insert_or_update(self._connection, calendar_entries, other)
        if gone:
            named = {"person": person.id, "uids": sorted(gone)}
            self._connection.execute(_gone(), named)


def _row(person: Person, entry: Entry) -> dict[str, Any]:
    return {
        "person_id": person.id,
        "uid": entry.uid,
        "title": entry.title,
        "text": entry.text,
        "day": entry.day,
        "begins": entry.begins,
        "ends": entry.ends,
        "sequence": entry.sequence,
        "cancelled": entry.cancelled,
        "changed_at": entry.changed_at,
    }


def _entry(row: Row[Any]) -> Entry:
    values = dict(row._mapping)
    del values["person_id"]
    return Entry(**values)


@cache  # every look at a calendar asks these; building a statement takes longer than running it
def _owner() -> Select[Any]:
    return select(people).join(feeds).where(feeds.c.token_hash == bindparam("token"))


@cache
def _gone() -> Delete:
    own = calendar_entries.c.person_id == bindparam("person")
    return delete(calendar_entries).where(own, among(calendar_entries.c.uid, "uids"))


@cache
def _entries() -> Select[Any]:
    own = calendar_entries.c.person_id == bindparam("person")
    return select(calendar_entries).where(own).order_by(calendar_entries.c.uid)
