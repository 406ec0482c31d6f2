"""How much waits, and for how long: what an operator watches. Holds nobody's data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.ports import Inbox, Outbox, UnitOfWork
from bot.usecases.sweep_marks import NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A queue: how many messages are in each state, and for how long the first of them is due."""

    counts: Mapping[str, int]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """Both queues, and how many seconds ago people were told by the clock; None for never."""

    inbox: Waiting
    outbox: Waiting
    swept: float | None = None


def see_vitals(uow: UnitOfWork, *, now: datetime) -> Vitals:
    """Everything as it is now."""
    swept, _ = uow.looks.swept(NAME)
    return Vitals(
        inbox=_waiting(uow.inbox, now),
        outbox=_waiting(uow.outbox, now),
        swept=(now - swept).total_seconds() if swept else None,
    )


def _waiting(queue: Inbox | Outbox, now: datetime) -> Waiting:
    since = queue.due_since(now=now)
    seconds = max(0.0, (now - since).total_seconds()) if since else 0.0
    return Waiting(counts=queue.counts(), seconds=seconds)
