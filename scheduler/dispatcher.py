"""Outbox to channel: claim a message, send it, mark it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.messages import OutboundMessage
from bot.domain.rooms import in_room
from bot.errors import DeliveryFailed, StorageFailed
from bot.ports import Channel, Claimed, Clock, UnitOfWork
from bot.usecases.say_again import StillDue
from scheduler.asking import CheckFailed, always_due, as_it_is
from scheduler.endings import Dropped, End, Failed, Lost, Sent, nobody_lost
from scheduler.pauses import Pauses
from scheduler.rests import Rests
from scheduler.retry import outlook

log = logging.getLogger(__name__)
RENEWALS = 3  # of a lease before it ends: two may come late
MOST_UNSAID = 20  # in one transaction: others wait to write meanwhile
_UNCHECKED = "what it says could not be checked; the log tells why"
_FAILED = {"action": "check-failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """When nothing is said: on a channel in trouble, after a message where vendors ask for it.

    Nor what is not true any more: `still_due` is asked in the transaction that claims a message. It
    gives it in the words of now, or when it is said, or why it is not. Those of one event loop who
    send on a channel share its `pauses`.
    """

    pauses: Pauses = field(default_factory=Pauses)
    rests: Rests = field(default_factory=Rests)
    still_due: StillDue = always_due


@dataclass(frozen=True, slots=True)
class _Found:
    """The next message, or when there may be one, where that is known.

    With `more` others are due that were not looked at yet.
    """

    claimed: Claimed[OutboundMessage] | None = None
    due: datetime | None = None
    more: bool = False


class Dispatcher:
    """Sends waiting messages of the channels it is given. One task at a time.

    The database is asked in other threads: an event loop that waits for it acknowledges nothing.

    A process may have several, also for the same channel, which then share its pauses. `lost` is
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
        silence: Silence | None = None,
    ) -> None:
        self._channels = channels
        self._transaction = transaction
        self._uow = transaction()
        self._clock = clock
        self._lost = lost
        self._lease = lease_seconds
        silence = silence or Silence()
        self._pauses, self._rests = silence.pauses, silence.rests
        self._still_due = silence.still_due

    async def send_one(self) -> bool:
        """Sends the next message due; false when there is none, or its channel is left alone."""
        while (found := await self._step(None)).more:
            pass
        if found.claimed is None:
            return False
        await self._step(await self._tried(found.claimed), last=True)
        return True

    async def send_waiting(self, ending: Callable[[], bool]) -> float | None:
        """Sends until nothing is due, or until `ending`, which is asked between two messages.

        How one message ended is written in the transaction that claims the next. Gives the
        seconds until more is due, where messages have to wait for each other.
        """
        found = await self._step(None, last=ending())
        while found.claimed is not None or found.more:
            end = await self._tried(found.claimed) if found.claimed else None
            found = await self._step(end, last=ending())
        return (found.due - self._clock()).total_seconds() if found.due else None

    async def _step(self, end: End | None, *, last: bool = False) -> _Found:
        """Writes how one ended and, unless that is the `last`, claims the next.

        What is found is given back when this task is cancelled meanwhile.
        """
        free = () if last else self._pauses.free(self._channels, now=self._clock())
        if end is None and not free:
            return _Found()
        step = asyncio.get_running_loop().run_in_executor(None, self._stepped, end, free)
        try:
            return await asyncio.shield(step)
        except asyncio.CancelledError:
            with suppress(Exception):
                if (claimed := (await step).claimed) is not None:
                    await self._drop(claimed)
            raise

    def _stepped(self, end: End | None, channels: Sequence[str]) -> _Found:
        broken = set[int]()
        while True:
            try:
                return self._write_and_claim(end, channels, broken)
            except CheckFailed as fault:
                # Whatever the check had written is undone. The message is claimed again, and then
                # counts as tried: it would else come first for ever, and hold up all others.
                log.exception("Could not check a message", extra=_FAILED | {"id": fault.number})
                broken.add(fault.number)
            except Exception:
                if end is not None:
                    # What was sent is not sent again for want of a next one. Where the commit
                    # arrived although it failed, the lease is over, and all that is written asks
                    # for it.
                    self._write_and_claim(end, (), ())
                raise

    def _write_and_claim(
        self, end: End | None, channels: Sequence[str], broken: Collection[int]
    ) -> _Found:
        """Those of the numbers `broken` could not be checked just now."""
        with self._uow as uow:
            if end is not None:
                end(uow, self._clock())
            found = self._next(uow, channels, broken) if channels else _Found()
            uow.commit()
        return found

    def _next(self, uow: UnitOfWork, channels: Sequence[str], broken: Collection[int]) -> _Found:
        now = self._clock()
        for _ in range(MOST_UNSAID):
            claimed = uow.outbox.claim(
                now=now, lease_seconds=self._lease, channels=channels, rest=self._rests.after
            )
            if claimed is None and self._rests.on_any(channels):
                return _Found(due=uow.outbox.due_next(now=now, channels=channels))
            if claimed is not None and claimed.id in broken:
                self._failed(claimed, DeliveryFailed(_UNCHECKED))(uow, now)
                return _Found(more=True)
            if claimed is None or (claimed := as_it_is(self._still_due, uow, claimed, now=now)):
                return _Found(claimed)
        return _Found(more=True)

    async def _tried(self, claimed: Claimed[OutboundMessage]) -> End:
        """Sends it; how that ended."""
        channel = claimed.item.to.channel
        try:
            posts = await self._send(self._channels[channel], claimed)
        except asyncio.CancelledError:
            with suppress(StorageFailed):
                await self._drop(claimed)
            raise
        except DeliveryFailed as failure:
            self._note(claimed.item, failure)
            return self._failed(claimed, failure)
        except Exception as error:
            log.exception("A channel broke its contract", extra={"action": "send-broke"})
            broken = DeliveryFailed(f"the channel failed: {type(error).__name__}")
            return self._failed(claimed, broken)
        self._pauses.end(channel, now=self._clock())
        return Sent(claimed=claimed, posts=posts, rest=self._rests.after(claimed.item))

    def _note(self, message: OutboundMessage, failure: DeliveryFailed) -> None:
        """What it says of the channel."""
        if failure.ours:
            self._pauses.begin(message.to.channel, failure, now=self._clock())
        elif not in_room(message):
            self._pauses.limited(message.to, failure, now=self._clock())

    def _failed(self, claimed: Claimed[OutboundMessage], failure: DeliveryFailed) -> End:
        extra = {"action": "send-failed", "id": claimed.id}
        then = outlook(claimed.attempts, failure, now=self._clock())
        log.warning("Could not send a message, %s: %s", then, failure, extra=extra)
        return Failed(claimed=claimed, failure=failure, lost=self._lost)

    async def _send(self, channel: Channel, claimed: Claimed[OutboundMessage]) -> tuple[str, ...]:
        """Prolongs the lease meanwhile: a large file takes longer than one."""
        sent, keeping = asyncio.Event(), list[asyncio.Task[None]]()
        # Most are sent by then, and need no task of their own.
        begin = asyncio.get_running_loop().call_later(
            self._lease / RENEWALS,
            lambda: keeping.append(asyncio.create_task(self._keep(claimed, sent))),
        )
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
