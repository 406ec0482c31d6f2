"""One serving process: what runs side by side, and in which order it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import CarrelError
from bot.ports import Channel, Deliver
from scheduler.receiver import Receiver
from scheduler.workers import Rest, Senders, Workers

log = logging.getLogger(__name__)
Side = Callable[[], Coroutine[Any, Any, None]]
GRACE_SECONDS = 20.0  # for what is in hand when it is told to stop


class SideShut(CarrelError):
    """A side that was to run until it is cancelled has ended by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Channels that listen, workers that handle, senders that answer.

    `sides` run beside them, such as the HTTP side, each until it is cancelled. `channels`
    are let go of at the end; those that only send are not among `listeners`.
    """

    listeners: Sequence[Channel]
    channels: Sequence[Channel]
    sides: Sequence[Side]
    receiver: Receiver
    deliver: Deliver
    workers: Workers
    senders: Sequence[Senders]

    async def run(self, told_to_stop: asyncio.Event) -> None:
        """Until it is told to stop; then nothing new is taken on and what is in hand is finished.

        When a side ends by itself it ends in the same way, and raises `SideShut`: whoever watches
        over the process shall start it anew.
        """
        self.workers.start()
        sending = [asyncio.create_task(sender.run()) for sender in self.senders]
        listening = [asyncio.create_task(self._listen(channel)) for channel in self.listeners]
        sides = [asyncio.create_task(side()) for side in self.sides]
        stop = asyncio.create_task(told_to_stop.wait())
        try:
            await asyncio.wait({stop, *sides}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _cancelled([*listening, *sides, stop])
            await self.receiver.close()
            await self._finish(sending)
            for channel in self.channels:
                await channel.close()
        if not told_to_stop.is_set():
            raise SideShut(
                "The HTTP side ended by itself, so all of it was ended; nothing is lost. See the "
                "log for the reason, then start it again."
            )

    async def _listen(self, channel: Channel) -> None:
        """Begins again when the channel breaks its contract; the others are left alone."""
        rest = Rest()
        while True:
            try:
                return await channel.listen(self.deliver)
            except Exception as error:
                await asyncio.sleep(rest.after(error))

    async def _finish(self, sending: Sequence[asyncio.Task[None]]) -> None:
        if not await asyncio.to_thread(self.workers.stop, seconds=GRACE_SECONDS):
            log.warning("A message in hand is handled later", extra={"action": "stopped-late"})
        for sender in self.senders:
            sender.stop()
        if sending:
            await asyncio.wait(sending, timeout=GRACE_SECONDS)
        await _cancelled(sending)


async def _cancelled(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Ends tasks that have not ended; logs what failed. One that will not end is left."""
    for task in tasks:
        task.cancel()
    if not tasks:
        return
    ended, _ = await asyncio.wait(tasks, timeout=GRACE_SECONDS)
    for task in ended:
        if not task.cancelled() and (error := task.exception()):
            log.error("Something failed: %s", error, exc_info=error, extra={"action": "ended"})
