"""Calls of Telegram's Bot API, each failure as one `CallFailed`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramUnauthorizedError
from aiogram.methods import TelegramMethod
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientSession

from channels.telegram.access import TelegramAccess
from channels.telegram.faults import CallFailed, translated
from channels.telegram.session import Session

SECONDS = 30.0  # that a call may take which carries no file and waits for nobody
Note = Callable[[str, CallFailed | None], None]
Method = TelegramMethod[Any]


class Calls:
    """One bot with its connections, opened when it is first used. Belongs to one event loop.

    `note` hears of every call: the method, and how it failed or None. Raises `ConfigurationError`
    when the access names certificates that cannot be used.
    """

    def __init__(
        self, access: TelegramAccess, *, note: Note = lambda _method, _failure: None
    ) -> None:
        self._token = access.token
        self._session = Session(access)
        self._note = note
        self._bot: Bot | None = None

    async def call(self, method: Method, *, seconds: float = SECONDS) -> Any:
        """The result as Telegram wrote it; raises `CallFailed` and nothing else.

        Nothing is tried twice here: whoever calls knows whether that is wise.
        """
        try:
            async with asyncio.timeout(seconds):
                answer = await self._session(self._ready(method), method)
        except Exception as error:
            # Without the cause: its text may hold the token, or what somebody wrote.
            chat = getattr(method, "chat_id", None)
            chat = chat if isinstance(chat, int) else 0
            raise self._failed(translated(method.__api_method__, error, chat=chat)) from None
        self._note(method.__api_method__, None)
        return answer

    async def session(self) -> ClientSession:
        """The pool, for what is no method of the Bot API."""
        return await self._session.create_session()

    async def close(self) -> None:
        """Lets go of connections; harmless twice."""
        await self._session.close()

    def _ready(self, method: Method) -> Bot:
        if self._bot is None:
            try:
                self._bot = Bot(self._token, session=self._session)
            except TokenValidationError:  # Telegram would say the same of it
                raise TelegramUnauthorizedError(method, "Unauthorized") from None
        return self._bot

    def _failed(self, failure: CallFailed) -> CallFailed:
        self._note(failure.method, failure)
        return failure
