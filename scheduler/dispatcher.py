"""Outbox to channel: claim a message, send it, mark it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from bot.domain.messages import OutboundMessage
from bot.errors import DeliveryFailed
from bot.ports import Channel, Claimed, Clock, UnitOfWork
from scheduler.retry import next_try

log = logging.getLogger(__name__)


class Dispatcher:
    """Sends waiting messages of the channels it is given. One task at a time."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        transaction: Callable[[], UnitOfWork],
        *,
        clock: Clock,
        lease_seconds: float,
    ) -> None:
        self._channels = channels
        self._uow = transaction()
        self._clock = clock
        self._lease = lease_seconds

    async def send_one(self) -> bool:
        """Sends the next message due; false when there is none."""
        with self._uow as uow:
            claimed = uow.outbox.claim(
                now=self._clock(), lease_seconds=self._lease, channels=tuple(self._channels)
            )
            uow.commit()
        if claimed is None:
            return False
        try:
            receipt = await self._channels[claimed.item.to.channel].send(claimed.item)
        except DeliveryFailed as failure:
            self._failed(claimed, failure)
            return True
        except Exception as error:
            log.exception("A channel broke its contract", extra={"action": "send-broke"})
            self._failed(claimed, DeliveryFailed(f"the channel failed: {type(error).__name__}"))
            return True
        with self._uow as uow:
            uow.outbox.sent(claimed, at=self._clock(), receipt=receipt)
            uow.commit()
        return True

    def _failed(self, claimed: Claimed[OutboundMessage], failure: DeliveryFailed) -> None:
        now = self._clock()
        again = next_try(claimed.attempts, failure, now=now)
        log.warning("Could not send a message", extra={"action": "send-failed", "id": claimed.id})
        with self._uow as uow:
            if again:
                uow.outbox.retry(claimed, at=again, reason=str(failure))
            else:
                uow.outbox.give_up(claimed, at=now, reason=str(failure))
            uow.commit()
