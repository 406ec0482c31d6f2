"""When messages of broadcasts leave, where a clock that was ahead put them off."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Update, bindparam, exists, func, select, update

from storage.columns import Instant
from storage.tables import broadcasts, outbox

_OPEN = (outbox.c.broadcast.is_not(None), outbox.c.finished_at.is_(None))
_NOW = bindparam("now", type_=Instant())
_LATEST = bindparam("latest", type_=Instant())


class BroadcastTimes:
    """The times of broadcasts and their messages; see `bot.ports.Broadcasts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def bring_back(self, *, now: datetime, latest: datetime, rate: int) -> bool:
        """Lets messages that are due after `latest` be due from now on, `rate` a second."""
        times = {"now": now, "latest": latest}
        late = self._connection.execute(_late(), times).scalars().all()
        last = self._connection.execute(select(func.max(broadcasts.c.spread_until))).scalar()
        if not late and (last is None or last <= latest):
            return False
        for update_of in (_not_told(), _ended()):
            self._connection.execute(update_of, times)
        until = now + timedelta(seconds=len(late) / rate)
        self._connection.execute(_spread(), {**times, "until": until})
        if late:
            due = [
                {"row": row, "due": now + timedelta(seconds=place / rate)}
                for place, row in enumerate(late)
            ]
            self._connection.execute(_put(), due)
        return True


@cache  # building a statement takes longer than running it
def _late() -> Select[Any]:
    theirs = outbox.c.broadcast.in_(select(broadcasts.c.id))  # so that an index is of use
    late = (theirs, *_OPEN, outbox.c.token.is_(None), outbox.c.due_at > _LATEST)
    oldest = select(outbox.c.id).where(*late).order_by(outbox.c.id)
    return oldest.with_for_update(skip_locked=True)


@cache
def _put() -> Update:
    own = (
        outbox.c.id == bindparam("row"),
        outbox.c.token.is_(None),
        outbox.c.finished_at.is_(None),
    )
    return update(outbox).where(*own).values(due_at=bindparam("due", type_=Instant()))


@cache
def _not_told() -> Update:
    """Those whose end was told while some of it waited for such a time."""
    waits = exists().where(*_OPEN, outbox.c.broadcast == broadcasts.c.id)
    told = update(broadcasts).where(broadcasts.c.told_at > _LATEST, waits)
    return told.values(told_at=None, ended_at=_NOW)


@cache
def _ended() -> Update:
    return update(broadcasts).where(broadcasts.c.ended_at > _LATEST).values(ended_at=_NOW)


@cache
def _spread() -> Update:
    late = broadcasts.c.spread_until > _LATEST
    return update(broadcasts).where(late).values(spread_until=bindparam("until", type_=Instant()))
