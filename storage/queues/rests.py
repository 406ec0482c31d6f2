"""Places that are left alone for a moment, since a vendor wants pauses between messages."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Select, Update, bindparam, delete, select, update

from storage.columns import Instant
from storage.dialects import insert_once, insert_or_update
from storage.tables import rests

_NOW = bindparam("now", type_=Instant())


class Rests:
    """Who may speak at a place, and when; see `bot.domain.rooms` for what a place is.

    A place is held while something is on its way there, and rests afterwards. What is over is
    deleted soon, so that nothing tells for long who was spoken to.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, place: str, *, now: datetime, until: datetime) -> datetime | None:
        """Takes a place that is free; None then, otherwise the end of the rest or of the hold."""
        freed = {"there": place, "now": now, "until": until}
        if self._connection.execute(_take_over(), freed).rowcount:
            return None
        if insert_once(self._connection, rests, {"place": place, "until": until}) is not None:
            return None
        ends: datetime | None = self._connection.execute(_until(), {"there": place}).scalar()
        return ends

    def prolong(self, place: str, *, until: datetime) -> None:
        """Holds it longer; harmless when nobody holds it."""
        held = update(rests).where(rests.c.place == place)
        self._connection.execute(held.values(until=until))

    def rest(self, place: str, *, now: datetime, until: datetime) -> None:
        """Lets it rest, and forgets rests that are over."""
        insert_or_update(self._connection, rests, {"place": place, "until": until})
        self._connection.execute(_forget(), {"now": now})

    def free(self, place: str) -> None:
        """Ends what there is; harmless when there is nothing."""
        self._connection.execute(delete(rests).where(rests.c.place == place))

    def free_all(self) -> None:
        """Ends all of them."""
        self._connection.execute(delete(rests))


@cache  # building a statement takes longer than running it
def _take_over() -> Update:
    over = (rests.c.place == bindparam("there"), rests.c.until <= _NOW)
    return update(rests).where(*over)


@cache
def _until() -> Select[Any]:
    return select(rests.c.until).where(rests.c.place == bindparam("there"))


@cache
def _forget() -> Delete:
    """Passes over what others work on, so that two who forget do not lock each other out."""
    over = select(rests.c.place).where(rests.c.until <= _NOW)
    return delete(rests).where(rests.c.place.in_(over.with_for_update(skip_locked=True)))
