"""What becomes of a message that a channel took or refused: what is written about it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.messages import Address, OutboundMessage
from bot.domain.rooms import in_room, room_of
from bot.errors import DeliveryFailed
from bot.ports import Claimed, UnitOfWork
from bot.usecases.say_again import Later
from scheduler.retry import MOST_ATTEMPTS, next_try, rest

log = logging.getLogger(__name__)
Lost = Callable[[UnitOfWork, Address, str, datetime], bool]
End = Callable[[UnitOfWork, datetime], None]  # writes at that instant how it ended; harmless twice


def nobody_lost(_uow: UnitOfWork, _address: Address, _why: str, _now: datetime) -> bool:
    """Nothing is known of anybody who lost an address, nor of another one."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The channel took it, and gave the ids of its `posts`."""

    claimed: Claimed[OutboundMessage]
    posts: tuple[str, ...]
    rest: timedelta

    def __call__(self, uow: UnitOfWork, now: datetime) -> None:
        """Marks it sent."""
        first, *further = self.posts or ("",)
        uow.outbox.sent(self.claimed, at=now, receipt=first, further=further, rest=self.rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The channel did not take it; `lost` is called when its address is nobody's any more."""

    claimed: Claimed[OutboundMessage]
    failure: DeliveryFailed
    lost: Lost

    def __call__(self, uow: UnitOfWork, now: datetime) -> None:
        """Gives it back for another try, to another address if need be, or gives it up."""
        if self.failure.gone:
            self._gone(uow, now)
        elif not self._moved(uow, now):
            self._later(uow, now)

    def _later(self, uow: UnitOfWork, now: datetime) -> None:
        reason = str(self.failure)
        if self.failure.ours:
            # Not the message's fault: it waits behind others, and the channel has its pause.
            uow.outbox.retry(self.claimed, at=now, reason=reason, counts=False)
        elif asked := rest(self.failure):
            uow.outbox.let_rest(self.claimed, at=now, until=now + asked, reason=reason)
        elif again := next_try(self.claimed.attempts, self.failure, now=now):
            uow.outbox.retry(self.claimed, at=again, reason=reason)
        else:
            uow.outbox.give_up(self.claimed, at=now, reason=reason)

    def _gone(self, uow: UnitOfWork, now: datetime) -> None:
        """Gives the message back, so that it goes along, or gives it up where nothing goes."""
        more, reason = self.claimed.attempts < MOST_ATTEMPTS, str(self.failure)
        if more and not uow.outbox.retry(self.claimed, at=now, reason=reason):
            return  # somebody else has it, or it went along when this was written before
        if not self.lost(uow, self.claimed.item.to, reason, now) or not more:
            uow.outbox.give_up(self.claimed, at=now, reason=reason)

    def _moved(self, uow: UnitOfWork, now: datetime) -> bool:
        """Everything for the room goes along at once; false where the vendor names no other room.

        Two rooms that are each said to be the other are a failure like any other.
        """
        room, to = room_of(self.claimed.item), self.failure.moved_to
        if to is None or not in_room(self.claimed.item) or uow.channels.place_of(to) == room:
            return False
        uow.outbox.retry(self.claimed, at=now, reason=str(self.failure), counts=False)
        count = uow.outbox.move(room, to)
        uow.channels.moved(room, to)
        log.info("A room was moved by its vendor", extra={"action": "room-moved", "waiting": count})
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """It was to be sent, and whoever was to send it has to end."""

    claimed: Claimed[OutboundMessage]

    def __call__(self, uow: UnitOfWork, now: datetime) -> None:
        """Gives it back, for whoever sends next."""
        uow.outbox.retry(self.claimed, at=now, reason="it was not sent to its end", counts=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Postponed:
    """What it says is for later, by the wishes of its person."""

    claimed: Claimed[OutboundMessage]
    later: Later

    def __call__(self, uow: UnitOfWork, _now: datetime) -> None:
        """Gives it back, to be sent then."""
        uow.outbox.postpone(self.claimed, at=self.later.at, reason=self.later.why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """What it says is not true any more, or not wanted; `why` in words."""

    claimed: Claimed[OutboundMessage]
    why: str

    def __call__(self, uow: UnitOfWork, now: datetime) -> None:
        """Finishes it without sending."""
        log.info("A notice is not said: %s", self.why, extra={"action": "notice-unsaid"})
        uow.outbox.unsaid(self.claimed, at=now, reason=self.why)
