"""The line that says that Carrel types, shown while an answer takes longer than a moment."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial

from aiogram.methods import SendChatAction

from channels.errands import Errands
from channels.telegram.calls import Calls
from channels.telegram.patience import TelegramPatience

METHOD = "sendChatAction"
MOST = 100  # chats at once; it decorates only, and each costs a call every few seconds


class Working:
    """Telegram takes the line away when a message comes, or after five seconds.

    https://core.telegram.org/bots/api#sendchataction
    """

    def __init__(self, calls: Calls, errands: Errands, patience: TelegramPatience) -> None:
        self._calls = calls
        self._errands = errands
        self._patience = patience
        self._shown: dict[int, asyncio.Event] = {}

    def shown(self, chat: int) -> None:
        """Shows it until `answered`; harmless when it is shown already."""
        if chat in self._shown or len(self._shown) >= MOST:
            return
        answered = asyncio.Event()
        if self._errands.run(partial(self._show, chat, answered), what=METHOD):
            self._shown[chat] = answered

    def answered(self, chat: int) -> None:
        """Shows it no more; harmless when it is not shown."""
        if answered := self._shown.pop(chat, None):
            answered.set()

    async def _show(self, chat: int, answered: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(self._patience.answering):
                wait = self._patience.prompt
                while not await _within(wait, answered):
                    await self._calls.call(SendChatAction(chat_id=chat, action="typing"))
                    wait = self._patience.typing
        except TimeoutError:  # nobody answers any more, or elsewhere
            pass
        finally:
            if self._shown.get(chat) is answered:
                del self._shown[chat]


async def _within(seconds: float, happened: asyncio.Event) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await happened.wait()
    return happened.is_set()
