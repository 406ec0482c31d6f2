"""Feed calendars that subscribed to a private address."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.see_calendar import see_calendar

FRESH = timedelta(minutes=1)  # a calendar is worked out no more often than that
MOST = 500  # calendars that are held ready; further ones are worked out again


def hash_of(token: str) -> str:
    """What is kept of a token: nobody can tell it from that."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    content: bytes
    at: datetime


def _is_fresh(made: _Made, now: datetime) -> bool:
    return timedelta() <= now - made.at < FRESH


class Feeding:
    """Whatever a token opens, as bytes. Safe from any thread.

    Each time it is asked whose token it is, so that a closed one opens nothing at once; that is one
    row in an index, whatever was asked. Only what changed in a calendar is written.
    """

    def __init__(self, transaction: Callable[[], UnitOfWork], desk: Desk) -> None:
        self._transaction = transaction
        self._desk = desk
        self._made: OrderedDict[str, _Made] = OrderedDict()
        self._lock = Lock()

    def __call__(self, token: str) -> bytes | None:
        """The calendar; None where the token opens nothing. Raises `StorageFailed`."""
        name, now = hash_of(token), self._desk.clock()
        ready = self._ready(name, now)
        with self._transaction() as uow:
            person = uow.feeds.owner(name)
            if person is None:
                self._drop(name)
                return None
            if ready is not None:
                return ready
            calendar = see_calendar(uow, self._desk, person, now=now)
            uow.commit()
        content = self._desk.calendars.press(calendar)  # slow, so nobody waits for it
        self._hold(name, _Made(content=content, at=now))
        return content

    def _ready(self, name: str, now: datetime) -> bytes | None:
        with self._lock:
            for old in [one for one, made in self._made.items() if not _is_fresh(made, now)]:
                del self._made[old]  # whoever it was of may be erased
            made = self._made.get(name)
        return made.content if made else None

    def __len__(self) -> int:
        """How many calendars are held ready."""
        return len(self._made)

    def _drop(self, name: str) -> None:
        with self._lock:
            self._made.pop(name, None)

    def _hold(self, name: str, made: _Made) -> None:
        with self._lock:
            self._made[name] = made
            self._made.move_to_end(name)
            while len(self._made) > MOST:
                self._made.popitem(last=False)
