"""Messages of staff's to many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Text,
    Update,
    bindparam,
    case,
    cast,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)

from bot.domain.notices.broadcast import Broadcast, BroadcastState
from storage.among import among
from storage.columns import fits
from storage.kept.noticing.broadcast_messages import UNSENT, BroadcastMessages
from storage.queues.queue import GIVEN_UP
from storage.tables import broadcast_people, broadcasts, outbox

_SENDING = broadcasts.c.state == literal_column(f"'{BroadcastState.SENDING.value}'")
_OF = broadcast_people.c.broadcast == bindparam("number")
_LEFT = ~broadcast_people.c.taken


class SqlBroadcasts(BroadcastMessages):
    """Broadcasts in their tables; see `bot.ports.Broadcasts` for the contract."""

    def add(self, new: Broadcast, people: Sequence[int]) -> Broadcast:
        """Keeps a draft and the numbers of whom it is for; its own number is given here."""
        values = {"by": new.by, "group": new.group, "text": new.text, "made_at": new.made_at}
        made = insert(broadcasts).values(**values, **_state(new)).returning(broadcasts)
        kept = _broadcast(self._connection.execute(made).one())
        own = {"broadcast": kept.id, "taken": False}
        if rows := [{"person_id": one, **own} for one in sorted(set(people))]:
            self._connection.execute(insert(broadcast_people), rows)
        return kept

    def get(self, number: int) -> Broadcast | None:
        """The broadcast of that number."""
        return self._first(broadcasts.c.id == number) if fits(number) else None

    def newest(self, *, limit: int) -> tuple[Broadcast, ...]:
        """The newest first."""
        query = select(broadcasts).order_by(broadcasts.c.id.desc()).limit(limit)
        return tuple(map(_broadcast, self._connection.execute(query)))

    def save(self, broadcast: Broadcast, *, was: Broadcast) -> bool:
        """Keeps the new state; False when it is not any more what it `was`."""
        same = (broadcasts.c[name].is_not_distinct_from(v) for name, v in _state(was).items())
        saved = update(broadcasts).where(broadcasts.c.id == broadcast.id, *same)
        return self._connection.execute(saved.values(**_state(broadcast))).rowcount == 1

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

    def outcomes(self, number: int) -> Mapping[str, int]:
        """How many of its messages are in each state of the outbox."""
        rows = self._connection.execute(_outcomes(), {"number": number})
        return {row.standing: row[1] for row in rows}

    def unreached(self, number: int, *, limit: int) -> tuple[tuple[int, str], ...]:
        """People whom it did not reach for good, with the reason."""
        rows = self._connection.execute(_unreached(), {"number": number, "most": limit})
        return tuple((row.person_id, row.reason) for row in rows)

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


def _message() -> ColumnElement[bool]:
    """Its message to that person, by the key that `message_key` gives."""
    person = cast(broadcast_people.c.person_id, Text)
    number = cast(broadcast_people.c.broadcast, Text)
    return outbox.c.key == literal("broadcast:") + number + ":" + person


@cache
def _outcomes() -> Select[Any]:
    state = case((UNSENT, literal_column("'unsent'")), else_=outbox.c.state).label("standing")
    told = select(state, func.count()).select_from(broadcast_people)
    return told.join(outbox, _message()).where(_OF).group_by(state)


@cache
def _unreached() -> Select[Any]:
    told = select(broadcast_people.c.person_id, outbox.c.reason).select_from(broadcast_people)
    failed = told.join(outbox, _message()).where(_OF, outbox.c.state == GIVEN_UP)
    return failed.order_by(broadcast_people.c.person_id).limit(bindparam("most"))
