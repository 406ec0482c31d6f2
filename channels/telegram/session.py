"""aiogram's session, with the certificates, proxies and waits of this house."""

from __future__ import annotations

from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientSession, ClientTimeout, TCPConnector

from channels.telegram.access import TelegramAccess
from channels.telegram.api import api

# The whole of a call is bounded by whoever calls.
TIMEOUT = ClientTimeout(total=None, sock_connect=10)
GOOD = range(200, 300)


class Session(AiohttpSession):
    """One connection pool, opened when it is first used. Belongs to one event loop.

    Results are what Telegram wrote, not aiogram's values: a message that was sent must not seem
    unsent because its description has a shape that this aiogram does not know. Raises
    `ConfigurationError` when the access names certificates that cannot be used.
    """

    def __init__(self, access: TelegramAccess) -> None:
        # aiogram hands it to aiohttp as it is, which takes more than a number.
        super().__init__(api=api(access), timeout=cast(float, TIMEOUT))
        self._certificates = access.certificates()

    async def create_session(self) -> ClientSession:
        """The pool. Proxies are obeyed as the environment sets them, and so is NO_PROXY."""
        if self._session is None or self._session.closed:
            connector = TCPConnector(ssl=self._certificates)
            self._session = ClientSession(connector=connector, trust_env=True)
        return self._session

    async def close(self) -> None:
        """Lets go of connections; harmless twice."""
        if self._session is not None:
            await self._session.close()
        self._session = None

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """What Telegram wrote; raises aiogram's errors where that is a refusal, or nothing."""
        result = self._result(content) if status_code in GOOD else None
        if result is None:
            return super().check_response(bot, method, status_code, content)
        return Response[Any].model_construct(ok=True, result=result)

    def _result(self, content: str) -> object:
        try:
            told = self.json_loads(content)
        except (ValueError, RecursionError):
            return None
        return told.get("result") if isinstance(told, dict) and told.get("ok") is True else None
