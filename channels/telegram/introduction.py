"""Who Carrel is at Telegram, asked once; and whether it is who it was before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiogram.methods import GetMe

from bot.ports import Window
from channels.telegram.access import TelegramAccess
from channels.telegram.calls import Calls
from channels.telegram.faults import foreign
from channels.telegram.own import Own
from channels.telegram.presenting import named
from channels.telegram.standing import TelegramStanding

DOOR = "https://t.me/{}?start={{code}}"
# Remembers a bot, by its id, unless one is known, and how somebody begins with it; gives the one
# that is known.
Home = Callable[[str, str], str]


class Introduction:
    """Carrel's own account. To another bot nobody ever wrote, so it can write to nobody."""

    def __init__(
        self,
        calls: Calls,
        window: Window,
        standing: TelegramStanding,
        *,
        access: TelegramAccess,
        home: Home,
    ) -> None:
        self._calls = calls
        self._window = window
        self._standing = standing
        self._access = access
        self._home = home
        self._own: Own | None = None
        self._asking = asyncio.Lock()

    async def own(self) -> Own:
        """The account; raises `CallFailed`, also for another bot, and what `home` raises."""
        async with self._asking:
            self._own = self._own or await self._asked()
        return self._own

    async def _asked(self) -> Own:
        answer = await self._calls.call(GetMe())
        bot, username = str(answer["id"]), str(answer.get("username") or "")
        known = await asyncio.to_thread(self._home, bot, DOOR.format(username))
        failure = foreign() if known != bot else None
        self._standing.called("home", failure)
        if failure is not None:
            raise failure
        commands = named(await asyncio.to_thread(self._window.commands))
        return Own(
            id=int(bot),
            username=username,
            commands=frozenset(command.name for command in commands),
            largest=self._access.largest_fetched,
            elsewhere=self._access.elsewhere,
        )
