"""Outbox to channel: claim a message, send it, mark it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.messages import OutboundMessage
from bot.errors import DeliveryFailed, StorageFailed
from bot.ports import Channel, Claimed, Clock, UnitOfWork
from scheduler.endings import Dropped, End, Failed, Lost, Sent, nobody_lost
from scheduler.pauses import Pauses

log = logging.getLogger(__name__)
RENEWALS = 3  # of a lease before it ends: two may come late


@dataclass(frozen=True, slots=True)
class _Found:
    """The next message, or when there may be one, where that is known."""

    claimed: Claimed[OutboundMessage] | None = None
    due: datetime | None = None


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
        self._transaction = transaction
        self._uow = transaction()
        self._clock = clock
        self._lost = lost
        self._lease = lease_seconds
        self._pauses = pauses or Pauses()

    async def send_one(self) -> bool:
        """Sends the next message due; false when there is none, or its channel is left alone."""
        found = await self._step(None, lambda: False)
        if found.claimed is None:
            return False
        await self._step(await self._tried(found.claimed), lambda: True)
        return True

    async def send_waiting(self, ending: Callable[[], bool]) -> float | None:
        """Sends until nothing is due, or until `ending`, which is asked from another thread.

        How one message ended is written in the transaction that claims the next. Gives the
        seconds until more is due, where messages have to wait for each other.
        """
        found = await self._step(None, ending)
        while found.claimed is not None:
            found = await self._step(await self._tried(found.claimed), ending)
        return (found.due - self._clock()).total_seconds() if found.due else None

    async def _step(self, end: End | None, ending: Callable[[], bool]) -> _Found:
        """What is found is given back when this task is cancelled meanwhile."""
        free = self._pauses.free(self._channels, now=self._clock())
        if end is None and not free:
            return _Found()
        step = asyncio.get_running_loop().run_in_executor(None, self._stepped, end, ending, free)
        try:
            return await asyncio.shield(step)
        except asyncio.CancelledError:
            with suppress(Exception):
                if (claimed := (await step).claimed) is not None:
                    await self._drop(claimed)
            raise

    def _stepped(
        self, end: End | None, ending: Callable[[], bool], channels: Sequence[str]
    ) -> _Found:
        try:
            return self._write_and_claim(end, ending, channels)
        except Exception:
            if end is not None:  # what was sent is not sent again for want of a next one
                self._write_and_claim(end, lambda: True, ())
            raise

    def _write_and_claim(
        self, end: End | None, ending: Callable[[], bool], channels: Sequence[str]
    ) -> _Found:
        with self._uow as uow:
            if end is not None:
                end(uow, self._clock())
            found = _Found() if ending() or not channels else self._next(uow, channels)
            uow.commit()
        return found

    def _next(self, uow: UnitOfWork, channels: Sequence[str]) -> _Found:
        now = self._clock()
        claimed = uow.outbox.claim(
            now=now, lease_seconds=self._lease, channels=channels, rest=self._pauses.rest
        )
        if claimed is not None or not self._pauses.rests:
            return _Found(claimed)
        return _Found(due=uow.outbox.due_next(now=now, channels=channels))

    async def _tried(self, claimed: Claimed[OutboundMessage]) -> End:
        """Sends it; how that ended."""
        channel = claimed.item.to.channel
        try:
            receipt = await self._send(self._channels[channel], claimed)
        except asyncio.CancelledError:
            with suppress(StorageFailed):
                await self._drop(claimed)
            raise
        except DeliveryFailed as failure:
            if failure.ours:
                self._pauses.begin(channel, failure, now=self._clock())
            return self._failed(claimed, failure)
        except Exception as error:
            log.exception("A channel broke its contract", extra={"action": "send-broke"})
            broken = DeliveryFailed(f"the channel failed: {type(error).__name__}")
            return self._failed(claimed, broken)
        self._pauses.end(channel, now=self._clock())
        return Sent(claimed=claimed, receipt=receipt, rest=self._pauses.rest(claimed.item))

    def _failed(self, claimed: Claimed[OutboundMessage], failure: DeliveryFailed) -> End:
        log.warning("Could not send a message", extra={"action": "send-failed", "id": claimed.id})
        return Failed(claimed=claimed, failure=failure, lost=self._lost)

    async def _send(self, channel: Channel, claimed: Claimed[OutboundMessage]) -> str:
        """Prolongs the lease meanwhile: a large file takes longer than one."""
        sent, keeping = asyncio.Event(), list[asyncio.Task[None]]()

        def keep() -> None:
            keeping.append(asyncio.ensure_future(self._keep(claimed, sent)))

        # Most are sent by then, and need no task of their own.
        begin = asyncio.get_running_loop().call_later(self._lease / RENEWALS, keep)
        try:
            return await channel.send(claimed.item)
        finally:
            begin.cancel()
            sent.set()
            await asyncio.gather(*keeping, return_exceptions=True)  # it is sent all the same

    async def _keep(self, claimed: Claimed[OutboundMessage], sent: asyncio.Event) -> None:
        while await asyncio.to_thread(self._extend, claimed):
            with suppress(TimeoutError):
                async with asyncio.timeout(self._lease / RENEWALS):
                    await sent.wait()
            if sent.is_set():
                return

    def _extend(self, claimed: Claimed[OutboundMessage]) -> bool:
        """False when the lease is lost: what is under way is finished all the same."""
        ids = {"id": claimed.id}
        try:
            with self._transaction() as uow:
                until = self._clock() + timedelta(seconds=self._lease)
                ours = uow.outbox.extend(claimed, until=until)
                uow.commit()
        except StorageFailed:
            log.warning("Could not prolong a lease", extra={"action": "lease-at-risk", **ids})
            return True
        if not ours:
            log.warning("Lost the lease of a message", extra={"action": "lease-lost", **ids})
        return ours

    async def _drop(self, claimed: Claimed[OutboundMessage]) -> None:
        await asyncio.to_thread(self._write, Dropped(claimed=claimed))

    def _write(self, end: End) -> None:
        with self._transaction() as uow:
            end(uow, self._clock())
            uow.commit()
