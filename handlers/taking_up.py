"""Take a message up: claim it, see whom it is from, and whether it can be answered by now."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.messages import InboundMessage
from bot.errors import StorageFailed
from bot.ports import Claimed, Clock, UnitOfWork
from handlers.often import Often
from handlers.recognising import recognise

_TOO_OFTEN = "the address was answered as often as it is within an hour"

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
    often: Often = field(default_factory=Often)

    def next(self) -> TakenUp | None:
        """The next message due that can be answered; None when there is none."""
        while True:
            try:
                found, waits = self._next(knows=True)
            except StorageFailed:
                raise
            except Exception:
                log.exception("Could not tell whom a message is from", extra={"action": "handle"})
                found, waits = self._next(knows=False)
            if not waits:
                return found

    def _next(self, *, knows: bool) -> tuple[TakenUp | None, bool]:
        """True beside it when it has to wait, and was given back."""
        with self.uow as uow:
            now = self.clock()
            claimed = uow.inbox.claim(
                now=now, lease_seconds=self.lease_seconds, channels=self.channels
            )
            if claimed is None:
                uow.commit()
                return None, False
            message = recognise(uow, claimed.item, clock=self.clock) if knows else None
            free_at = self.often.free_at(uow, message, now=now) if message else None
            if free_at:
                uow.inbox.retry(claimed, at=free_at, reason=_TOO_OFTEN, counts=False)
            uow.commit()
        return TakenUp(claimed=claimed, message=message), free_at is not None
