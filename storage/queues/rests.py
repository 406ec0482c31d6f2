"""Places that are left alone for a moment, since a vendor wants pauses between messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    FromClause,
    Select,
    Update,
    bindparam,
    delete,
    exists,
    func,
    not_,
    select,
    update,
)

from storage.columns import Instant
from storage.dialects import insert_once, insert_or_update
from storage.tables import outbox, rests

APART = timedelta(seconds=10)  # so much may the clocks of two machines differ
_NOW = bindparam("now", type_=Instant())


class Rests:
    """Who may speak at a place, and when; see `bot.domain.rooms` for what a place is.

    A place is held while something is on its way there, and rests afterwards. What was noted by a
    clock that was ahead counts for nothing before it is that late. What is over is deleted soon, so
    that nothing tells for long who was spoken to.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, place: str, *, holder: str, now: datetime, until: datetime) -> bool:
        """Takes a place that is free for the lease `holder`; false when it is not."""
        own = {"holder": holder, "begins": now - APART, "until": until}
        if self._connection.execute(_take_over(), {"there": place, "now": now, **own}).rowcount:
            return True
        return insert_once(self._connection, rests, {"place": place, **own}) is not None

    def prolong(self, place: str, *, holder: str, until: datetime) -> None:
        """Holds it longer; harmless when the lease does not hold it."""
        self._connection.execute(_held(), {"there": place, "lease": holder, "until": until})

    def rest(self, place: str, *, now: datetime, until: datetime) -> None:
        """Lets it rest, and forgets rests that are over."""
        row = {"place": place, "holder": "", "begins": now - APART, "until": until}
        insert_or_update(self._connection, rests, row)
        self._connection.execute(_forget(), {"now": now})

    def free(self, place: str, *, holder: str) -> None:
        """Ends the hold of that lease, but no rest; harmless when there is none."""
        own = (rests.c.place == place, rests.c.holder == holder)
        self._connection.execute(delete(rests).where(*own))

    def free_all(self) -> None:
        """Ends every hold, but no rest."""
        self._connection.execute(delete(rests).where(rests.c.holder != ""))

    def due_next(self, *, now: datetime, channels: Sequence[str]) -> datetime | None:
        """When the next message is due, or a lease, a hold or a rest ends."""
        asked = [{"now": now, "channel": channel} for channel in channels]
        found = [self._connection.execute(_due_next(), each).scalar() for each in asked]
        found += [self.ends(channel, now=now) for channel in channels]
        return min((one for one in found if one is not None), default=None)

    def ends(self, channel: str, *, now: datetime) -> datetime | None:
        """When something that is due on the channel may be said; None when nothing has to wait."""
        found = self._connection.execute(_ends(), {"channel": channel, "now": now}).scalar()
        ended: datetime | None = found
        return ended


def is_left_alone(row: FromClause) -> ColumnElement[bool]:
    """Whether the place of a row of the outbox is held or rests at `now`."""
    return exists().where(rests.c.place == row.c.place, *_lasts())


def _lasts() -> tuple[ColumnElement[bool], ...]:
    return (rests.c.until > _NOW, rests.c.begins <= _NOW)


@cache  # building a statement takes longer than running it
def _take_over() -> Update:
    until, begins = _lasts()
    return update(rests).where(rests.c.place == bindparam("there"), not_(until & begins))


@cache
def _held() -> Update:
    own = (rests.c.place == bindparam("there"), rests.c.holder == bindparam("lease"))
    return update(rests).where(*own)


@cache
def _ends() -> Select[Any]:
    due = exists().where(
        outbox.c.place == rests.c.place,
        outbox.c.channel == bindparam("channel"),
        outbox.c.finished_at.is_(None),
        outbox.c.due_at <= _NOW,
    )
    return select(func.min(rests.c.until)).where(*_lasts(), due)


@cache
def _forget() -> Delete:
    """Passes over what others work on, so that two who forget do not lock each other out."""
    over = select(rests.c.place).where(rests.c.until <= _NOW)
    return delete(rests).where(rests.c.place.in_(over.with_for_update(skip_locked=True)))


@cache
def _due_next() -> Select[Any]:
    own = (outbox.c.channel == bindparam("channel"), outbox.c.finished_at.is_(None))
    later = outbox.c.due_at > bindparam("now", type_=Instant())
    return select(func.min(outbox.c.due_at)).where(*own, later)
