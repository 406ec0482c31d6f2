"""A durable queue in one table: claimed by one worker at a time, in order within a conversation."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Update,
    and_,
    func,
    select,
    update,
)

from bot.ports import Claimed
from storage.dialects import insert_once
from storage.queues import statements
from storage.queues.leasing import Leasing

GIVEN_UP = "given-up"

_log = logging.getLogger(__name__)
T = TypeVar("T")


class Queue(Generic[T]):
    """Rows that wait, are claimed, and are finished as `finished` or given up.

    `due_at` of a claimed row is the end of its lease, so an expired lease is a row that is due
    again. Nothing here is more than a few rows away in an index, however many rows are finished
    or wait for a later attempt.
    """

    def __init__(
        self,
        connection: Connection,
        table: Table,
        *,
        adapter: TypeAdapter[T],
        finished: str,
        strict: bool = False,
        unless: statements.OfRow | None = None,
    ) -> None:
        """Where it is `strict`, a row waits for every earlier one of its conversation.

        Otherwise not for one that was added for a later moment. While `unless` is true of a row,
        which may ask for the instant `now`, nobody gets it.
        """
        self._connection = connection
        self._table = table
        self._adapter = adapter
        self._finished = finished
        self._strict = strict
        self._leasing = Leasing(connection, table, strict=strict, unless=unless)

    def add(self, item: T, *, conversation: str, due: datetime, more: Mapping[str, Any]) -> bool:
        """Keeps the item; false when a row with the same key is there already."""
        values = {
            "conversation": conversation,
            "message": self._adapter.dump_json(item).decode(),
            "state": statements.WAITING,
            "due_at": self._not_before_its_elder(conversation, due),
            "attempts": 0,
            "reason": "",
            **more,
        }
        return insert_once(self._connection, self._table, values) is not None

    def claim(
        self, *, now: datetime, lease_seconds: float, channels: Sequence[str | None] = (None,)
    ) -> Claimed[T] | None:
        """Leases the row that has been due longest, of conversations that nothing holds up.

        Only rows of the channels count; None stands for any. A row that this version cannot read
        is given up, so that it holds up nothing. A lease that ends later than two of them from now
        was given by a clock that was ahead: once nothing else is due, it is ended.
        """
        until = now + timedelta(seconds=lease_seconds)
        while (row := self._leasing.next(now, until, channels=channels)) is not None:
            claimed = Claimed(id=row.id, token=row.token, attempts=row.attempts, item=row.message)
            try:
                item = self._adapter.validate_json(row.message)
            except ValidationError as error:
                self._set_aside(claimed, error, at=now)
            else:
                return Claimed(id=row.id, token=row.token, attempts=row.attempts, item=item)
        return None

    def finish(self, claimed: Claimed[T], *, at: datetime, **more: str) -> bool:
        """Marks the row finished, and its `also`.

        False when they are no longer all ours: roll back, for some may be marked by then.
        """
        values = {"state": self._finished, "finished_at": at, **more}
        return self._end(claimed, **values) and self._end_also(claimed, **values)

    def give_up(self, claimed: Claimed[Any], *, at: datetime, reason: str) -> bool:
        """Stops trying and keeps the row, also one just given back, and its `also`.

        False when somebody else has one of them: roll back, for others may be given up by then.
        """
        ours = {"row": claimed.id, "lease": claimed.token, "made": claimed.attempts}
        values = {"state": GIVEN_UP, "finished_at": at, "reason": reason}
        ended = self._connection.execute(
            statements.give_up(self._table), {**ours, "token": None, **values}
        )
        return ended.rowcount == 1 and self._end_also(claimed, **values)

    def retry(self, claimed: Claimed[T], *, at: datetime, reason: str, counts: bool = True) -> bool:
        """Gives the row back, due again at `at`, and those it holds up with it.

        Unless it `counts`, the attempt is forgotten. False when the lease is no longer ours.
        """
        made = claimed.attempts if counts else claimed.attempts - 1
        back = {"state": statements.WAITING, "due_at": at, "reason": reason}
        ours = self._end(claimed, attempts=made, **back)
        if ours:
            self.put_off_younger(claimed, until=at)
        return ours

    def postpone(self, claimed: Claimed[T], *, at: datetime, reason: str) -> bool:
        """Gives the row back as if it had been added for that moment; nothing waits for it."""
        back = {"state": statements.WAITING, "due_at": at, "attempts": 0, "reason": reason}
        return self._end(claimed, **back)

    def put(self, claimed: Claimed[T], item: T, **more: Any) -> bool:
        """Keeps that item in the row from now on; false when the lease is no longer ours."""
        text = self._adapter.dump_json(item).decode()
        return self._end(claimed, token=claimed.token, message=text, **more)

    def put_off_younger(self, claimed: Claimed[T], *, until: datetime) -> None:
        """Lets what waits behind the row in its conversation be due no earlier than `until`."""
        row = self._table.c
        own = select(row.conversation).where(row.id == claimed.id).scalar_subquery()
        younger = and_(row.conversation == own, row.finished_at.is_(None), row.id > claimed.id)
        late = update(self._table).where(younger, row.due_at < until)
        self._connection.execute(late.values(due_at=until))

    def extend(self, claimed: Claimed[T], *, until: datetime) -> bool:
        """Prolongs the lease; false when it is no longer ours."""
        return self._end(claimed, token=claimed.token, due_at=until)

    def release(self, conversation: str, *, at: datetime) -> None:
        """Ends every lease of a conversation; all its rows are due."""
        row = self._table.c
        own = and_(row.conversation == conversation, row.finished_at.is_(None))
        late = update(self._table).where(own, row.due_at > at)
        self._connection.execute(self._freed(at).where(own))
        self._connection.execute(late.values(due_at=at))

    def release_all(self, *, at: datetime) -> int:
        """Ends every lease; how many there were."""
        return self._connection.execute(self._freed(at)).rowcount

    def bring_forward(self, *, now: datetime, of: ColumnElement[bool] | None = None) -> int:
        """Lets what waits for a later moment, and is what `of` tells, be due now; how many."""
        query = statements.bring_forward(self._table, of)
        return self._connection.execute(query, {"now": now}).rowcount

    def due_since(self, *, now: datetime) -> datetime | None:
        """Since when the row that waits longest is due; None when none is."""
        due = (self._table.c.finished_at.is_(None), self._table.c.due_at <= now)
        query = select(func.min(self._table.c.due_at)).where(*due)
        oldest: datetime | None = self._connection.execute(query).scalar()
        return oldest

    def _freed(self, at: datetime) -> Update:
        leased = and_(self._table.c.finished_at.is_(None), self._table.c.token.is_not(None))
        freed = {"state": statements.WAITING, "token": None, "due_at": at}
        return update(self._table).where(leased).values(**freed)

    def counts(self) -> dict[str, int]:
        """How many rows are in each state, states without rows too."""
        state = self._table.c.state
        rows = self._connection.execute(select(state, func.count()).group_by(state))
        found = {row[0]: row[1] for row in rows}
        states = (statements.WAITING, statements.CLAIMED, self._finished, GIVEN_UP)
        return {state: found.get(state, 0) for state in states}

    def _not_before_its_elder(self, conversation: str, due: datetime) -> datetime:
        """The instant from which the row may be claimed at all.

        The oldest row of its conversation may wait for another attempt. Being due no earlier
        keeps this one out of sight until then, so that an outage leaves nothing to wade through.
        """
        query = statements.oldest_open(self._table)
        oldest = self._connection.execute(query, {"conversation": conversation}).first()
        if oldest is None or oldest.token is not None or not (oldest.attempts or self._strict):
            return due
        later: datetime = max(due, oldest.due_at)
        return later

    def _end(self, claimed: Claimed[Any], **values: Any) -> bool:
        ours = {"row": claimed.id, "lease": claimed.token}
        ended = self._connection.execute(
            statements.end(self._table), {**ours, "token": None, **values}
        )
        return ended.rowcount == 1

    def _end_also(self, claimed: Claimed[Any], **values: Any) -> bool:
        """False when somebody else holds or ended one of them."""
        if not claimed.also:
            return True
        ended = self._connection.execute(
            statements.end_free(self._table), {"rows": claimed.also, **values}
        )
        return ended.rowcount == len(claimed.also)

    def _set_aside(self, claimed: Claimed[Any], error: ValidationError, *, at: datetime) -> None:
        reason = f"This version of Carrel cannot read the row: {error.error_count()} faults."
        self.give_up(claimed, at=at, reason=reason)
        _log.error(
            "A stored message could not be read and was given up: row %d of %s.",
            claimed.id,
            self._table.name,
            extra={"action": "queue-unreadable", "queue": self._table.name, "row": claimed.id},
        )
