"""What happened and waits for somebody's digest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Connection,
    Delete,
    Row,
    Select,
    Update,
    bindparam,
    delete,
    exists,
    literal_column,
    select,
    update,
)

from bot.domain.messages import Reply
from bot.domain.notices.situation import Gathered
from storage.among import among
from storage.columns import Instant
from storage.dialects import insert_once
from storage.tables import gathered as waiting
from storage.tables import outbox

# Spelled as the indexes spell it, or SQLite does not see that they will do.
_WAITS = waiting.c.message == literal_column("''")
_TOLD = waiting.c.message != literal_column("''")


class SqlGatheredNews:
    """News in their table; see `bot.ports.GatheredNews` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, gathered: Gathered) -> bool:
        """Keeps it; False when its key was used before."""
        row = {
            "key": gathered.key,
            "person_id": gathered.person_id,
            "kind": gathered.kind,
            "at": gathered.at,
            "reply": _adapter().dump_json(gathered.reply).decode(),
            "message": "",
        }
        return insert_once(self._connection, waiting, row) is not None

    def known(self, key: str) -> bool:
        """Whether there is news of that key, told or not."""
        return self._connection.execute(_known(), {"named": key}).first() is not None

    def take(self, keys: Collection[str], *, message: str, at: datetime) -> None:
        """They are told by that message of the outbox now."""
        if keys:
            told = {"keys": list(keys), "told_by": message, "now": at}
            self._connection.execute(_tell(), told)

    def forget(self, *, until: datetime) -> int:
        """Forgets those that were told up to that instant by a message that ended; how many."""
        return self._connection.execute(_forget(), {"last": until}).rowcount

    def give_back(self, keys: Collection[str], *, message: str) -> None:
        """Those that the message was to tell wait again."""
        if keys:
            self._connection.execute(_wait(), {"keys": list(keys), "told_by": message})

    def bring_back(self, *, now: datetime, dropped: Collection[str]) -> int:
        """Lets what happened after that have happened then, and what was `dropped` later wait."""
        self._connection.execute(_undrop(), {"now": now, "reasons": list(dropped)})
        self._connection.execute(_told_then(), {"now": now})
        return self._connection.execute(_happened_then(), {"now": now}).rowcount

    def told_by(self, message: str) -> tuple[Gathered, ...]:
        """What that message of the outbox tells, oldest first."""
        return tuple(map(_gathered, self._connection.execute(_told(), {"told_by": message})))


def waiting_of(connection: Connection, numbers: Collection[int]) -> Mapping[int, list[Gathered]]:
    """What waits for those for whom anything does, oldest first."""
    found: defaultdict[int, list[Gathered]] = defaultdict(list)
    for row in connection.execute(_waiting(), {"people": list(numbers)}).all():
        found[row.person_id].append(_gathered(row))
    return found


@cache  # making one takes long, and few processes ever want it
def _adapter() -> TypeAdapter[Reply]:
    return TypeAdapter(Reply)


def _gathered(row: Row[Any]) -> Gathered:
    return Gathered(
        key=row.key,
        person_id=row.person_id,
        kind=row.kind,
        at=row.at,
        reply=_adapter().validate_json(row.reply),
    )


@cache  # building a statement takes longer than running it
def _waiting() -> Select[Any]:
    own = among(waiting.c.person_id, "people")
    return select(waiting).where(own, _WAITS).order_by(waiting.c.at, waiting.c.key)


@cache
def _known() -> Select[Any]:
    return select(waiting.c.key).where(waiting.c.key == bindparam("named"))


@cache
def _told() -> Select[Any]:
    # That it is not empty is said for the sake of the index.
    told = (waiting.c.message == bindparam("told_by"), _TOLD)
    return select(waiting).where(*told).order_by(waiting.c.at, waiting.c.key)


@cache
def _tell() -> Update:
    told = {"message": bindparam("told_by"), "told_at": bindparam("now", type_=Instant())}
    return update(waiting).where(among(waiting.c.key, "keys")).values(**told)


@cache
def _forget() -> Delete:
    open_still = exists().where(outbox.c.key == waiting.c.message, outbox.c.finished_at.is_(None))
    old = waiting.c.told_at <= bindparam("last", type_=Instant())
    return delete(waiting).where(_TOLD, old, ~open_still)


@cache
def _wait() -> Update:
    told = (among(waiting.c.key, "keys"), waiting.c.message == bindparam("told_by"))
    return update(waiting).where(*told).values(message="", told_at=None)


@cache
def _undrop() -> Update:
    """Walks through what was told or dropped, as the next two do: for a clock that went back."""
    dropped = waiting.c.message.in_(bindparam("reasons", expanding=True))
    later = waiting.c.told_at > bindparam("now", type_=Instant())
    return update(waiting).where(_TOLD, dropped, later).values(message="", told_at=None)


@cache
def _told_then() -> Update:
    now = bindparam("now", type_=Instant())
    return update(waiting).where(_TOLD, waiting.c.told_at > now).values(told_at=now)


@cache
def _happened_then() -> Update:
    now = bindparam("now", type_=Instant())
    return update(waiting).where(waiting.c.at > now).values(at=now)
