"""Everything that Telegram says -> what is done about it before Telegram forgets it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import assert_never

from bot.ports import Deliver
from channels.telegram import words
from channels.telegram.events import read
from channels.telegram.heard import (
    Added,
    Advised,
    Gone,
    Ignored,
    Moved,
    Pressed,
    Said,
    Stale,
)
from channels.telegram.means import Means
from channels.telegram.own import Own
from channels.telegram.place import Place, place
from channels.telegram.pressing import Pressing

log = logging.getLogger(__name__)
BLOCKED = "the bot was blocked on Telegram"
Hear = Callable[[object], Awaitable[None]]


class Hearing:
    """Keeps what was said, and leaves what can wait as errands.

    Returns only when what must not be lost is kept; what it raises lets the update come again.
    """

    def __init__(self, means: Means, deliver: Deliver, own: Own) -> None:
        self._means = means
        self._deliver = deliver
        self._own = own
        self._pressing = Pressing(means, deliver, own)

    async def __call__(self, update: object) -> None:
        """Hears one update; raises `TimeoutError` when it cannot be kept in time."""
        async with asyncio.timeout(self._means.patience.keeping):
            await self._hear(update)

    async def _hear(self, update: object) -> None:
        heard = read(update, self._own, now=self._means.clock())
        match heard:
            case Ignored():
                extra = {"action": "telegram-passed-over", "why": heard.why.value}
                log.debug("Passed over what Telegram said", extra=extra)
            case Said():
                await self._said(heard)
            case Pressed() | Stale():
                await self._pressing(heard)
            case Advised():
                self._means.telling.tell(heard.words, Place(chat=heard.chat, below=heard.post))
            case Added():
                self._means.telling.tell(words.greeting(heard.chat), Place(chat=heard.chat))
            case Gone() | Moved():
                await asyncio.to_thread(self._note, heard)
            case _:
                assert_never(heard)

    async def _said(self, said: Said) -> None:
        message = said.message
        if said.reply_to:
            begun = await asyncio.to_thread(
                self._means.window.conversation, said.room, said.reply_to
            )
            own = begun or f"{said.room}/{said.reply_to}"
            message = replace(message, conversation=own)
        if not await self._deliver(message):
            return
        if not message.shared:
            self._means.working.shown(place(message.conversation).chat)
        elif message.batch:
            at = place(message.conversation, message.thread)
            self._means.telling.tell(words.album(self._own.username), at)

    def _note(self, heard: Gone | Moved) -> None:
        if isinstance(heard, Gone):
            self._means.window.lost(heard.user, why=BLOCKED)
        else:
            self._means.window.moved(heard.room, heard.to)
