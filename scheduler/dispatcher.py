"""Outbox to channel: claim a message, send it, mark it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.domain.messages import Address, OutboundMessage
from bot.errors import DeliveryFailed
from bot.ports import Channel, Claimed, Clock, UnitOfWork
from scheduler.retry import MOST_ATTEMPTS, next_try

log = logging.getLogger(__name__)
Lost = Callable[[UnitOfWork, Address, str, datetime], bool]


def nobody_lost(_uow: UnitOfWork, _address: Address, _why: str, _now: datetime) -> bool:
    """Nothing is known of anybody who lost an address, nor of another one."""
    return False


class Dispatcher:
    """Sends waiting messages of the channels it is given. One task at a time.

    The database is asked in other threads: an event loop that waits for it acknowledges nothing.

    A process may have several, one for each channel. `lost` is called when an address turns out to
    be nobody's any more: it moves what waits for it to where its owner is reached now, and is true
    when there is such a place.
    """

    def __init__(
        self,
        channels: Mapping[str, Channel],
        transaction: Callable[[], UnitOfWork],
        *,
        clock: Clock,
        lease_seconds: float,
        lost: Lost = nobody_lost,
    ) -> None:
        self._channels = channels
        self._uow = transaction()
        self._clock = clock
        self._lost = lost
        self._lease = lease_seconds

    async def send_one(self) -> bool:
        """Sends the next message due; false when there is none."""
        claimed = await asyncio.to_thread(self._claim)
        if claimed is None:
            return False
        try:
            receipt = await self._channels[claimed.item.to.channel].send(claimed.item)
        except DeliveryFailed as failure:
            await asyncio.to_thread(self._failed, claimed, failure)
            return True
        except Exception as error:
            log.exception("A channel broke its contract", extra={"action": "send-broke"})
            broken = DeliveryFailed(f"the channel failed: {type(error).__name__}")
            await asyncio.to_thread(self._failed, claimed, broken)
            return True
        await asyncio.to_thread(self._sent, claimed, receipt)
        return True

    def _claim(self) -> Claimed[OutboundMessage] | None:
        with self._uow as uow:
            claimed = uow.outbox.claim(
                now=self._clock(), lease_seconds=self._lease, channels=tuple(self._channels)
            )
            uow.commit()
        return claimed

    def _sent(self, claimed: Claimed[OutboundMessage], receipt: str) -> None:
        with self._uow as uow:
            uow.outbox.sent(claimed, at=self._clock(), receipt=receipt)
            uow.commit()

    def _failed(self, claimed: Claimed[OutboundMessage], failure: DeliveryFailed) -> None:
        now = self._clock()
        log.warning("Could not send a message", extra={"action": "send-failed", "id": claimed.id})
        if failure.gone:
            self._gone(claimed, str(failure), now=now)
            return
        again = next_try(claimed.attempts, failure, now=now)
        with self._uow as uow:
            if again:
                uow.outbox.retry(claimed, at=again, reason=str(failure))
            else:
                uow.outbox.give_up(claimed, at=now, reason=str(failure))
            uow.commit()

    def _gone(self, claimed: Claimed[OutboundMessage], reason: str, *, now: datetime) -> None:
        """Gives the message back, so that it goes along, or gives it up where nothing goes."""
        if claimed.attempts < MOST_ATTEMPTS:
            with self._uow as uow:
                uow.outbox.retry(claimed, at=now, reason=reason)
                if self._lost(uow, claimed.item.to, reason, now):
                    uow.commit()
                    return
        with self._uow as uow:
            self._lost(uow, claimed.item.to, reason, now)
            uow.outbox.give_up(claimed, at=now, reason=reason)
            uow.commit()
