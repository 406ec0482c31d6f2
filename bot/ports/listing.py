"""What operators look through: messages of the outbox, whatever became of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.messages import OutboundMessage

Fault = Callable[[int, Exception], None]  # is called with a row's number and what is wrong


class Standing(StrEnum):
    """How a message of the outbox stands, as operators ask for it."""

    WAITING = "waiting"  # those that are on their way just now too
    SENT = "sent"
    FAILED = "failed"  # it was tried, and given up
    UNSENT = "unsent"  # it was not worth saying any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which messages are asked for; what is empty does not count.

    `places` are conversations or rooms, written as `Address` is. Of a `kind` are those that say so
    themselves, and those that say a notice of it or, in a digest, news that are kept still. `since`
    is when one that waits is due, and when any other ended.
    """

    standing: Standing | None = None
    places: tuple[str, ...] = ()
    kind: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One message. `due` is when it is tried next, of one on its way when its lease ends.

    `reason` is the last one why it was tried again, given up or not said.
    """

    id: int
    standing: Standing
    message: OutboundMessage
    due: datetime
    attempts: int
    reason: str
    ended_at: datetime | None


class ListedMessages(Protocol):
    """The outbox to be read, without touching it. Everything may raise `StorageFailed`."""

    def page(self, wanted: Wanted, *, limit: int, fault: Fault | None = None) -> tuple[Listed, ...]:
        """The first of them: of those that wait the longest due, of all others the newest.

        Those that cannot be read are left out; of each `fault`, or else the log, is told.
        """
        ...

    def counts(self) -> Mapping[Standing, int]:
        """How many there are of each standing."""
        ...
