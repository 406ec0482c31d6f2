"""Outbox to channel: claim a message, send it, mark it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.messages import Address, OutboundMessage
from bot.errors import DeliveryFailed, StorageFailed
from bot.ports import Channel, Claimed, Clock, UnitOfWork
from scheduler.pauses import Pauses
from scheduler.retry import MOST_ATTEMPTS, next_try

log = logging.getLogger(__name__)
RENEWALS = 3  # of a lease before it ends: two may come late
Lost = Callable[[UnitOfWork, Address, str, datetime], bool]


def nobody_lost(_uow: UnitOfWork, _address: Address, _why: str, _now: datetime) -> bool:
    """Nothing is known of anybody who lost an address, nor of another one."""
    return False


class Dispatcher:
    """Sends waiting messages of the channels it is given. One task at a time.

    The database is asked in other threads: an event loop that waits for it acknowledges nothing.

    A process may have several, also for the same channel, which then share `pauses`. `lost` is
    called when an address turns out to be nobody's any more: it moves what waits for it to where
    its owner is reached now, and is true when there is such a place.
    """

    def __init__(
        self,
        channels: Mapping[str, Channel],
        transaction: Callable[[], UnitOfWork],
        *,
        clock: Clock,
        lease_seconds: float,
        lost: Lost = nobody_lost,
        pauses: Pauses | None = None,
    ) -> None:
        self._channels = channels
        self._uow = transaction()
        self._clock = clock
        self._lost = lost
        self._lease = lease_seconds
        self._pauses = pauses or Pauses()

    async def send_one(self) -> bool:
        """Sends the next message due; false when there is none, or its channel is left alone."""
        free = self._pauses.free(self._channels, now=self._clock())
        claimed = await asyncio.to_thread(self._claim, free) if free else None
        if claimed is None:
            return False
        channel = claimed.item.to.channel
        try:
            receipt = await self._send(self._channels[channel], claimed)
        except DeliveryFailed as failure:
            if failure.ours:
                self._pauses.begin(channel, failure, now=self._clock())
            await asyncio.to_thread(self._failed, claimed, failure)
            return True
        except Exception as error:
            log.exception("A channel broke its contract", extra={"action": "send-broke"})
            broken = DeliveryFailed(f"the channel failed: {type(error).__name__}")
            await asyncio.to_thread(self._failed, claimed, broken)
            return True
        self._pauses.end(channel, now=self._clock())
        await asyncio.to_thread(self._sent, claimed, receipt)
        return True

    def _claim(self, channels: Sequence[str]) -> Claimed[OutboundMessage] | None:
        with self._uow as uow:
            claimed = uow.outbox.claim(
                now=self._clock(), lease_seconds=self._lease, channels=channels
            )
            uow.commit()
        return claimed

    async def _send(self, channel: Channel, claimed: Claimed[OutboundMessage]) -> str:
        """Prolongs the lease meanwhile: a large file takes longer than one."""
        sending, ours = asyncio.ensure_future(channel.send(claimed.item)), True
        try:
            while not (await asyncio.wait({sending}, timeout=self._lease / RENEWALS))[0]:
                ours = ours and await asyncio.to_thread(self._extend, claimed)
            return sending.result()
        finally:
            if sending.cancel():
                await asyncio.wait({sending})

    def _extend(self, claimed: Claimed[OutboundMessage]) -> bool:
        """False when the lease is lost: what is under way is finished all the same."""
        ids = {"id": claimed.id}
        try:
            with self._uow as uow:
                until = self._clock() + timedelta(seconds=self._lease)
                ours = uow.outbox.extend(claimed, until=until)
                uow.commit()
        except StorageFailed:
            log.warning("Could not prolong a lease", extra={"action": "lease-at-risk", **ids})
            return True
        if not ours:
            log.warning("Lost the lease of a message", extra={"action": "lease-lost", **ids})
        return ours

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
        # Not the message's fault: it waits its turn behind others, and the channel has its pause.
        again = now if failure.ours else next_try(claimed.attempts, failure, now=now)
        with self._uow as uow:
            if again:
                uow.outbox.retry(claimed, at=again, reason=str(failure), counts=not failure.ours)
            else:
                uow.outbox.give_up(claimed, at=now, reason=str(failure))
            uow.commit()

    def _gone(self, claimed: Claimed[OutboundMessage], reason: str, *, now: datetime) -> None:
        """Gives the message back, so that it goes along, or gives it up where nothing goes."""
        more = claimed.attempts < MOST_ATTEMPTS
        with self._uow as uow:
            if more:
                uow.outbox.retry(claimed, at=now, reason=reason)
            if not self._lost(uow, claimed.item.to, reason, now) or not more:
                uow.outbox.give_up(claimed, at=now, reason=reason)
            uow.commit()
