"""Messages of staff's to many."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Insert,
    Integer,
    Result,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    cast,
    delete,
    exists,
    false,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from bot.domain.notices.broadcast import Broadcast, BroadcastState
from storage.among import among, numbers_of
from storage.columns import Instant, fits
from storage.dialects import alone
from storage.kept.noticing.broadcast_messages import BroadcastMessages
from storage.kept.noticing.broadcast_times import BroadcastTimes
from storage.tables import broadcast_people, broadcasts

log = logging.getLogger(__name__)
SENDING = "broadcasts"  # the name of what one transaction does at a time
_SENDING = broadcasts.c.state == literal_column(f"'{BroadcastState.SENDING.value}'")
_SENT: ColumnElement[str] = literal_column(
    f"'{BroadcastState.SENT.value}'"
)  # spelled as the index spells it
_OVER = (BroadcastState.CANCELLED, BroadcastState.REPLACED)
_OF = broadcast_people.c.broadcast == bindparam("number")
_LEFT = ~broadcast_people.c.taken


class SqlBroadcasts(BroadcastTimes, BroadcastMessages):
    """Broadcasts in their tables; see `bot.ports.Broadcasts` for the contract."""

    def add(self, new: Broadcast, people: Sequence[int]) -> Broadcast:
        """Keeps a draft and the numbers of whom it is for; its own number is given here."""
        values = {"by": new.by, "group": new.group, "text": new.text, "made_at": new.made_at}
        made = insert(broadcasts).values(**values, **_state(new)).returning(broadcasts)
        kept = _broadcast(self._connection.execute(made).one())
        rows = {"number": kept.id, "people": json.dumps(sorted(set(people)))}
        self._connection.execute(_put(), rows)
        return kept

    def get(self, number: int) -> Broadcast | None:
        """The broadcast of that number."""
        return self._first(broadcasts.c.id == number) if fits(number) else None

    def hold(self, number: int) -> Broadcast | None:
        """The same, kept from everybody else who holds or saves it until the transaction ends."""
        if not fits(number):
            return None
        return _first_of(self._connection.execute(_held(), {"number": number}))

    def people(self, number: int) -> tuple[int, ...]:
        """The numbers of all whom it is for, in order."""
        return tuple(self._connection.execute(_whom(), {"number": number}).scalars())

    def newest(self, *, limit: int) -> tuple[Broadcast, ...]:
        """The newest first."""
        query = select(broadcasts).order_by(broadcasts.c.id.desc()).limit(limit)
        return tuple(map(_broadcast, self._connection.execute(query)))

    def save(self, broadcast: Broadcast, *, was: Broadcast) -> bool:
        """Keeps the new state; False when it is not any more what it `was`."""
        same = (broadcasts.c[name].is_not_distinct_from(v) for name, v in _state(was).items())
        saved = update(broadcasts).where(broadcasts.c.id == broadcast.id, *same)
        return self._connection.execute(saved.values(**_state(broadcast))).rowcount == 1

    def alone(self) -> bool:
        """Whether this transaction alone may send, until it ends."""
        return alone(self._connection, SENDING)

    def next_people(self, number: int, *, limit: int) -> tuple[int, ...]:
        """Takes people of it; its caller holds it."""
        left = {"number": number, "most": limit}
        found = list(self._connection.execute(_next(), left).scalars())
        if found:
            self._connection.execute(_take(), {"number": number, "people": found})
        return tuple(found)

    def sending(self) -> Broadcast | None:
        """The oldest that is being sent."""
        return self._first(_SENDING)

    def running(self) -> tuple[Broadcast, ...]:
        """All that are being sent, the newest first."""
        query = select(broadcasts).where(_SENDING).order_by(broadcasts.c.id.desc())
        return tuple(map(_broadcast, self._connection.execute(query)))

    def forget_people(self, *, until: datetime, limit: int) -> int:
        """Forgets whom it was for, of those that are cancelled or replaced, or old drafts."""
        values = {"until": until, "most": limit}
        number = self._connection.execute(_kept_for_nothing(), values).scalar()
        if number is None:
            return 0
        values = {"number": number, "most": limit}
        return self._connection.execute(_forget(), values).rowcount

    def untold(self, *, limit: int) -> tuple[Broadcast, ...]:
        """The oldest of those that were sent and whose end nobody was told."""
        rows = self._connection.execute(_untold(), {"most": limit})
        return tuple(map(_broadcast, rows))

    def spread_until(self) -> datetime | None:
        """When the last message of any of them is due."""
        return self._connection.execute(_last()).scalar()

    def _first(self, claim: ColumnElement[bool]) -> Broadcast | None:
        query = select(broadcasts).where(claim).order_by(broadcasts.c.id).limit(1)
        return _first_of(self._connection.execute(query))


def _state(broadcast: Broadcast) -> dict[str, Any]:
    """What of a broadcast changes on its way."""
    return {
        "state": broadcast.state.value,
        "total": broadcast.total,
        "queued": broadcast.queued,
        "ended_at": broadcast.ended_at,
        "spread_until": broadcast.spread_until,
        "told_at": broadcast.told_at,
    }


def _first_of(found: Result[Any]) -> Broadcast | None:
    row = found.first()
    return _broadcast(row) if row is not None else None


def _broadcast(row: Row[Any]) -> Broadcast:
    values = dict(row._mapping)
    return Broadcast(state=_state_of(values.pop("state")), **values)


def _state_of(state: str) -> BroadcastState:
    """One that cannot be read counts as cancelled: of it nothing is sent by mistake."""
    try:
        return BroadcastState(state)
    except ValueError:
        _warn(state)
        return BroadcastState.CANCELLED


@cache  # once in a process, and not each minute
def _warn(state: str) -> None:
    log.warning(
        "A broadcast is in the state %r, which is none, so it counts as cancelled",
        state,
        extra={"action": "broadcast-unreadable"},
    )


@cache  # building a statement takes longer than running it
def _held() -> Select[Any]:
    return select(broadcasts).where(broadcasts.c.id == bindparam("number")).with_for_update()


@cache
def _kept_for_nothing() -> Select[Any]:
    """A broadcast that will never be sent, and still has people."""
    made = bindparam("until", type_=Instant())
    old = and_(broadcasts.c.state == BroadcastState.DRAFT.value, broadcasts.c.made_at <= made)
    never = broadcasts.c.queued == 0  # else it was stopped on its way, and a report names them
    over = broadcasts.c.state.in_([one.value for one in _OVER]) & (
        never | (broadcasts.c.ended_at <= made)
    )
    left = exists().where(broadcast_people.c.broadcast == broadcasts.c.id, _LEFT)
    return select(broadcasts.c.id).where(or_(old, over), left).order_by(broadcasts.c.id).limit(1)


@cache
def _forget() -> Delete:
    number = broadcast_people.c.person_id
    few = select(number).where(_OF, _LEFT).order_by(number).limit(bindparam("most"))
    return delete(broadcast_people).where(_OF, _LEFT, number.in_(few.scalar_subquery()))


@cache
def _next() -> Select[Any]:
    left = select(broadcast_people.c.person_id).where(_OF, _LEFT)
    return left.order_by(broadcast_people.c.person_id).limit(bindparam("most"))


@cache
def _take() -> Update:
    whom = among(broadcast_people.c.person_id, "people")
    return update(broadcast_people).where(_OF, whom).values(taken=True)


@cache
def _put() -> Insert:
    number = cast(bindparam("number"), Integer)
    rows = select(number, numbers_of("people"), false())
    return insert(broadcast_people).from_select(["broadcast", "person_id", "taken"], rows)


@cache
def _whom() -> Select[Any]:
    number = broadcast_people.c.person_id
    return select(number).where(_OF).order_by(number)


@cache
def _untold() -> Select[Any]:
    untold = (broadcasts.c.state == _SENT, broadcasts.c.told_at.is_(None))
    return select(broadcasts).where(*untold).order_by(broadcasts.c.id).limit(bindparam("most"))


@cache
def _last() -> Select[Any]:
    return select(func.max(broadcasts.c.spread_until))
