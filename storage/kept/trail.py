"""The audit trail: a table that only grows, each line carrying the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Generator, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select

from bot.ports import TrailEntry
from storage.tables import trail

_FIRST = ""  # what the first line carries as the hash of the line before
_LINES_AT_ONCE = 500


class SqlTrail:
    """The trail in its table; see `bot.ports.Trail` for the contract.

    A line is kept as the very text that was hashed. Lines cut off the end leave no trace here:
    compare the newest hash with one written down elsewhere.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(
        self, *, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, str]
    ) -> None:
        """Adds a line that carries the hash of the line before."""
        if at.utcoffset() is None:
            raise ValueError(f"{at!r} has no time zone: make it aware before keeping it.")
        words = {"actor": actor, "action": action, "subject": subject}
        line = {"at": at.astimezone(UTC).isoformat(), **words, "details": _canonical(dict(details))}
        previous = self._newest_hash()
        own = _hash(previous, line)
        self._connection.execute(insert(trail).values(previous=previous, hash=own, **line))

    def entries(self, *, subject: str = "") -> Iterator[TrailEntry]:
        """Lines in order; only those about `subject` when it is given."""
        chosen = (trail.c.subject == subject,) if subject else ()
        return map(_entry, self._walk(*chosen))

    def done(self, actions: Collection[str]) -> Iterator[TrailEntry]:
        """Lines in order, of those actions."""
        return map(_entry, self._walk(trail.c.action.in_(actions)))

    def newest(self, *, subject: str, action: str) -> Iterator[TrailEntry]:
        """Lines of that action about the subject, the newest first; only those taken are read."""
        chosen = (trail.c.subject == subject, trail.c.action == action)
        return map(_entry, self._walk(*chosen, backwards=True))

    def about(self, subjects: Collection[str]) -> Iterator[TrailEntry]:
        """Lines in order, about any of those."""
        return map(_entry, self._walk(trail.c.subject.in_(subjects)))

    def broken_at(self) -> int | None:
        """The number of the first line whose hash does not fit, or None when all do."""
        expected = _FIRST
        with closing(self._walk()) as lines:
            for row in lines:
                if row.previous != expected or row.hash != _hash(expected, row._mapping):
                    return int(row.id)
                expected = row.hash
        return None

    def _newest_hash(self) -> str:
        # Writers queue at the first line, because each must see the line of the one before it.
        self._connection.execute(select(trail.c.id).order_by(trail.c.id).limit(1).with_for_update())
        newest = select(trail.c.hash).order_by(trail.c.id.desc()).limit(1)
        return self._connection.execute(newest).scalar() or _FIRST

    def _walk(
        self, *chosen: ColumnElement[bool], backwards: bool = False
    ) -> Generator[Row[Any], None, None]:
        order = trail.c.id.desc() if backwards else trail.c.id
        query = select(trail).where(*chosen).order_by(order)
        paged = query.execution_options(yield_per=_LINES_AT_ONCE)
        with self._connection.execute(paged) as rows:
            yield from rows


def _entry(row: Row[Any]) -> TrailEntry:
    return TrailEntry(
        id=row.id,
        at=datetime.fromisoformat(row.at),
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        details=json.loads(row.details),
        previous=row.previous,
        hash=row.hash,
    )


def _hash(previous: str, line: Mapping[Any, Any]) -> str:
    """SHA-256 of the canonical JSON list of the hash before and the line's five parts."""
    words = [line[name] for name in ("at", "actor", "action", "subject")]
    try:
        details = json.loads(line["details"])
    except ValueError:  # somebody wrote into the table: no hash fits what is not JSON
        return ""
    return hashlib.sha256(_canonical([previous, *words, details]).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))
