"""Which row of a queue is next, and giving it to whoever asks: to one worker at a time."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table

from storage.queues import statements


class Leasing:
    """The rows of one table that are due. `strict` and `unless` are as in `Queue`."""

    def __init__(
        self,
        connection: Connection,
        table: Table,
        *,
        strict: bool,
        unless: statements.OfRow | None,
    ) -> None:
        self._connection = connection
        self._table = table
        self._strict = strict
        self._unless = unless

    def next(
        self, now: datetime, until: datetime, *, channels: Sequence[str | None]
    ) -> Row[Any] | None:
        """Leases the next row until then; see `Queue.claim`."""
        found = self._lease(now, until, channels)
        if found is None and self._end_leases_after(until + (until - now), now=now):
            found = self._lease(now, until, channels)
        return found

    def _lease(
        self, now: datetime, until: datetime, channels: Sequence[str | None]
    ) -> Row[Any] | None:
        """A conditional UPDATE, so that of two workers only one gets the row."""
        lease = {"now": now, "until": until, "lease": secrets.token_hex(16)}
        if len(channels) == 1:
            query = statements.lease_next(self._table, **self._rules(channels[0]))
            return self._connection.execute(query, {**lease, **_named(channels[0])}).first()
        oldest = self._oldest(now, channels)
        if oldest is None:
            return None
        query = statements.lease(self._table)
        return self._connection.execute(query, {**lease, "row": oldest}).first()

    def _end_leases_after(self, latest: datetime, *, now: datetime) -> bool:
        ended = {"latest": latest, "now": now}
        found = self._connection.execute(statements.end_leases_after(self._table), ended)
        return found.rowcount > 0

    def _oldest(self, now: datetime, channels: Sequence[str | None]) -> int | None:
        """Asks channel by channel: a channel that nobody serves leaves nothing to wade through."""
        found = [self._next(now, channel) for channel in channels]
        oldest = min(((row.due_at, row.id) for row in found if row is not None), default=None)
        return oldest[1] if oldest is not None else None

    def _next(self, now: datetime, channel: str | None) -> Row[Any] | None:
        query = statements.next_row(self._table, **self._rules(channel))
        return self._connection.execute(query, {"now": now, **_named(channel)}).first()

    def _rules(self, channel: str | None) -> statements.Rules:
        of_channel = channel is not None
        return {"of_channel": of_channel, "strict": self._strict, "unless": self._unless}


def _named(channel: str | None) -> Mapping[str, str]:
    return {} if channel is None else {"served": channel}
