"""The messages of a broadcast as they stand in the outbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    select,
    update,
)

from bot.domain.notices.broadcast import KEY, told_by
from storage.columns import Instant
from storage.queues.queue import GIVEN_UP
from storage.tables import broadcast_people, outbox

_SENT = "sent"
_UNSENT = and_(outbox.c.state == _SENT, outbox.c.receipt == "")  # finished, and no vendor has it
_OF_IT = outbox.c.broadcast == bindparam("number")
_OPEN = outbox.c.finished_at.is_(None)


class BroadcastMessages:
    """What became of the messages of one broadcast; see `bot.ports.Broadcasts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def waits(self, number: int) -> bool:
        """Whether a message of it is in the outbox that was neither sent nor given up."""
        return self._connection.execute(_waits(), {"number": number}).first() is not None

    def outcomes(self, number: int) -> Mapping[str, int]:
        """How many of its messages are in each state of the outbox."""
        rows = self._connection.execute(_outcomes(), {"number": number})
        return {row.standing: row.many for row in rows}

    def unreached(self, number: int, *, limit: int) -> tuple[tuple[int, str], ...]:
        """People whom it did not reach for good, with the reason."""
        rows = self._connection.execute(_unreached(), {"number": number, "most": limit})
        return tuple(_with_people((row.key, row.reason) for row in rows))

    def left_out(self, number: int, *, limit: int) -> tuple[int, ...]:
        """People who were taken, and for whom no message was put into the outbox."""
        values = {"number": number, "most": limit}
        return tuple(self._connection.execute(_left_out(), values).scalars())

    def unsent(self, number: int, *, limit: int) -> tuple[tuple[int, str], ...]:
        """People whose message was put aside unsent, with the reason."""
        rows = self._connection.execute(_put_aside(), {"number": number, "most": limit})
        return tuple(_with_people((row.key, row.reason) for row in rows))

    def to_come(self, number: int, *, limit: int) -> tuple[int, ...]:
        """People who were not taken yet, in order."""
        values = {"number": number, "most": limit}
        return tuple(self._connection.execute(_to_come(), values).scalars())

    def behind(self, number: int, *, now: datetime) -> Mapping[str, int]:
        """How many of its messages are due and not sent yet, by channel."""
        rows = self._connection.execute(_behind(), {"number": number, "now": now})
        return {row.channel: row.many for row in rows}

    def withdraw(self, number: int, *, at: datetime, reason: str) -> int:
        """Finishes unsent what waits in the outbox and nobody is sending; how many those were."""
        values = {"number": number, "finished_at": at, "reason": reason, "state": _SENT}
        return self._connection.execute(_withdraw(), values).rowcount


def _with_people(found: Iterator[tuple[str, str]]) -> Iterator[tuple[int, str]]:
    for key, reason in found:
        if numbers := told_by(key):
            yield numbers[1], reason


def _key() -> ColumnElement[str]:
    """What `message_key` gives for a row of `broadcast_people`."""
    number, person = broadcast_people.c.broadcast, broadcast_people.c.person_id
    numbered = func.replace(literal(KEY), "{number}", cast(number, Text))
    return func.replace(numbered, "{person}", cast(person, Text))


@cache  # building a statement takes longer than running it
def _outcomes() -> Select[Any]:
    state = case((_UNSENT, literal_column("'unsent'")), else_=outbox.c.state).label("standing")
    return select(state, func.count().label("many")).where(_OF_IT).group_by(state)


@cache
def _waits() -> Select[Any]:
    return select(outbox.c.id).where(_OF_IT, _OPEN).limit(1)


@cache
def _unreached() -> Select[Any]:
    failed = select(outbox.c.key, outbox.c.reason).where(_OF_IT, outbox.c.state == GIVEN_UP)
    return failed.order_by(outbox.c.id).limit(bindparam("most"))


@cache
def _put_aside() -> Select[Any]:
    unsent = select(outbox.c.key, outbox.c.reason).where(_OF_IT, _UNSENT)
    return unsent.order_by(outbox.c.id).limit(bindparam("most"))


@cache
def _to_come() -> Select[Any]:
    number, own = broadcast_people.c.person_id, broadcast_people.c.broadcast == bindparam("number")
    left = select(number).where(own, ~broadcast_people.c.taken)
    return left.order_by(number).limit(bindparam("most"))


@cache
def _left_out() -> Select[Any]:
    own = broadcast_people.c.broadcast == bindparam("number")
    said = exists().where(outbox.c.key == _key())
    number = broadcast_people.c.person_id
    taken = and_(own, broadcast_people.c.taken, ~said)
    return select(number).where(taken).order_by(number).limit(bindparam("most"))


@cache
def _behind() -> Select[Any]:
    due = outbox.c.due_at <= bindparam("now", type_=Instant())
    many = func.count().label("many")
    query = select(outbox.c.channel, many).where(_OF_IT, _OPEN, due)
    return query.group_by(outbox.c.channel)


@cache
def _withdraw() -> Update:
    own = select(outbox.c.id).where(_OF_IT, _OPEN, outbox.c.token.is_(None))
    in_order = own.order_by(outbox.c.id).with_for_update()  # as everybody else who takes many
    return update(outbox).where(outbox.c.id.in_(in_order.scalar_subquery()))
