"""Messages of staff's to many."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Integer,
    Row,
    Select,
    Update,
    bindparam,
    cast,
    false,
    func,
    insert,
    literal_column,
    select,
    update,
)

from bot.domain.notices.broadcast import Broadcast, BroadcastState
from storage.among import among, numbers_of
from storage.columns import fits
from storage.dialects import alone
from storage.kept.noticing.broadcast_messages import BroadcastMessages
from storage.tables import broadcast_people, broadcasts

SENDING = "broadcasts"  # the name of what one transaction does at a time
_SENDING = broadcasts.c.state == literal_column(f"'{BroadcastState.SENDING.value}'")
_SENT: ColumnElement[str] = literal_column(
    f"'{BroadcastState.SENT.value}'"
)  # spelled as the index spells it
_OF = broadcast_people.c.broadcast == bindparam("number")
_LEFT = ~broadcast_people.c.taken


class SqlBroadcasts(BroadcastMessages):
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
        """Takes people of it; whom another transaction takes just now is passed over."""
        left = {"number": number, "most": limit}
        found = list(self._connection.execute(_next(), left).scalars())
        if found:
            self._connection.execute(_take(), {"number": number, "people": found})
        return tuple(found)

    def sending(self) -> Broadcast | None:
        """The oldest that is being sent."""
        return self._first(_SENDING)

    def untold(self, *, limit: int) -> tuple[Broadcast, ...]:
        """The oldest of those that were sent and whose end nobody was told."""
        rows = self._connection.execute(_untold(), {"most": limit})
        return tuple(map(_broadcast, rows))

    def spread_until(self) -> datetime | None:
        """When the last message of any of them is due."""
        return self._connection.execute(_last()).scalar()

    def _first(self, claim: ColumnElement[bool]) -> Broadcast | None:
        query = select(broadcasts).where(claim).order_by(broadcasts.c.id).limit(1)
        row = self._connection.execute(query).first()
        return _broadcast(row) if row is not None else None


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


def _broadcast(row: Row[Any]) -> Broadcast:
    values = dict(row._mapping)
    return Broadcast(state=BroadcastState(values.pop("state")), **values)


@cache  # building a statement takes longer than running it
def _next() -> Select[Any]:
    left = select(broadcast_people.c.person_id).where(_OF, _LEFT)
    first = left.order_by(broadcast_people.c.person_id).limit(bindparam("most"))
    return first.with_for_update(skip_locked=True)


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
