"""One channel in one process: listen, handle, answer, and look for news in between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.domain.messages import InboundMessage
from bot.errors import StorageFailed
from bot.ports import Channel

log = logging.getLogger(__name__)
NEWS_SECONDS = 1.0  # how often it looks for messages that others caused


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Each message is handled and answered before the next is read.

    `receive` keeps a message, `handle_one` handles the next (false when there is none), and
    `send_one` sends the next. What others cause to be said is sent within a moment, too.
    """

    channel: Channel
    receive: Callable[[InboundMessage], bool]
    handle_one: Callable[[], bool]
    send_one: Callable[[], Awaitable[bool]]
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Until the channel ends; begins with what an earlier run did not finish."""
        try:
            await self._drain()
            news = asyncio.create_task(self._look_for_news())
            try:
                await self.channel.listen(self._deliver)
            finally:
                news.cancel()
        finally:
            await self.channel.close()

    async def _deliver(self, message: InboundMessage) -> bool:
        fresh = await asyncio.to_thread(self.receive, message)
        await self._drain()
        return fresh

    async def _drain(self) -> None:
        while await asyncio.to_thread(self.handle_one):
            pass
        await self._send()

    async def _send(self) -> None:
        async with self._turn:
            while await self.send_one():
                pass

    async def _look_for_news(self) -> None:
        while True:
            await asyncio.sleep(NEWS_SECONDS)
            try:
                await self._send()
            except StorageFailed:
                log.warning("Could not look for messages", extra={"action": "news-failed"})
