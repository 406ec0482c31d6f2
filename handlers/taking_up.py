"""Take a message up: claim it, and see whom it is from."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.messages import InboundMessage
from bot.errors import StorageFailed
from bot.ports import Claimed, Clock, UnitOfWork
from handlers.recognising import recognise

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenUp:
    """A message that was claimed, and the same as it counts; None where that could not be told."""

    claimed: Claimed[InboundMessage]
    message: InboundMessage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingUp:
    """Takes up messages of `channels`, all of them when none are named, one transaction each."""

    uow: UnitOfWork
    clock: Clock
    lease_seconds: float
    channels: Sequence[str] | None = None

    def next(self) -> TakenUp | None:
        """The next message due; None when there is none."""
        try:
            return self._next(knows=True)
        except StorageFailed:
            raise
        except Exception:
            log.exception("Could not tell whom a message is from", extra={"action": "handle"})
            return self._next(knows=False)

    def _next(self, *, knows: bool) -> TakenUp | None:
        with self.uow as uow:
            claimed = uow.inbox.claim(
                now=self.clock(), lease_seconds=self.lease_seconds, channels=self.channels
            )
            message = None
            if claimed and knows:
                message = recognise(uow, claimed.item, clock=self.clock)
            uow.commit()
        return TakenUp(claimed=claimed, message=message) if claimed else None
