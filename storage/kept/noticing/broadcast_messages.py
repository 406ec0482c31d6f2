"""The messages of a broadcast as they stand in the outbox, found by their keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    Update,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    select,
    update,
)

from storage.columns import Instant
from storage.tables import broadcast_people, outbox

_SENT = "sent"
UNSENT = and_(outbox.c.state == _SENT, outbox.c.receipt == "")  # finished, and no vendor has it


class BroadcastMessages:
    """What became of the messages of one broadcast; see `bot.ports.Broadcasts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def left_out(self, number: int, *, limit: int) -> tuple[int, ...]:
        """People who were taken, and for whom no message was put into the outbox."""
        values = {"number": number, "most": limit}
        return tuple(self._connection.execute(_left_out(), values).scalars())

    def behind(self, number: int, *, now: datetime) -> Mapping[str, int]:
        """How many of its messages are due and not sent yet, by channel."""
        rows = self._connection.execute(_behind(), {"own": _all_of(number), "now": now})
        return {row.channel: row.many for row in rows}

    def withdraw(self, number: int, *, at: datetime, reason: str) -> int:
        """Finishes unsent what waits in the outbox and nobody is sending; how many those were."""
        values = {"own": _all_of(number), "finished_at": at, "reason": reason, "state": _SENT}
        return self._connection.execute(_withdraw(), values).rowcount


def key_of(number: ColumnElement[Any]) -> ColumnElement[str]:
    """The key in the outbox of what a row of `broadcast_people` is told."""
    person = cast(broadcast_people.c.person_id, Text)
    return literal("broadcast:") + cast(number, Text) + ":" + person


def _own() -> ColumnElement[bool]:
    return broadcast_people.c.broadcast == bindparam("number")


def _all_of(number: int) -> str:
    """What the keys of all its messages are like."""
    return f"broadcast:{number}:%"


@cache
def _left_out() -> Select[Any]:
    said = exists().where(outbox.c.key == key_of(broadcast_people.c.broadcast))
    number = broadcast_people.c.person_id
    taken = and_(_own(), broadcast_people.c.taken, ~said)
    return select(number).where(taken).order_by(number).limit(bindparam("most"))


# Both look through what is open, and not for each key: databases take that for a cheap thing when
# they know little of the table, and go through all of it each time.
@cache
def _behind() -> Select[Any]:
    due = and_(outbox.c.finished_at.is_(None), outbox.c.due_at <= bindparam("now", type_=Instant()))
    own = outbox.c.key.like(bindparam("own"))
    many = func.count().label("many")
    return select(outbox.c.channel, many).where(due, own).group_by(outbox.c.channel)


@cache
def _withdraw() -> Update:
    free = and_(outbox.c.finished_at.is_(None), outbox.c.token.is_(None))
    return update(outbox).where(free, outbox.c.key.like(bindparam("own")))
