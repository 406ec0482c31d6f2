"""Who Carrel is at Telegram; and whether it is who it was before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiogram.methods import GetMe

from bot.ports import Window
from channels.standing import Standing
from channels.telegram.access import TelegramAccess
from channels.telegram.calls import Calls
from channels.telegram.faults import foreign
from channels.telegram.own import Own
from channels.telegram.presenting import named

INVITATION = "https://t.me/{}?start={{code}}"
# Remembers a bot, by its id, unless one is known, and how somebody begins with it; gives the one
# that is known.
Home = Callable[[str, str], str]


async def introduced(
    access: TelegramAccess, window: Window, *, calls: Calls, standing: Standing, home: Home
) -> Own:
    """Carrel's own account; raises `CallFailed` and what `home` raises.

    As another bot it fails too: to that one nobody ever wrote, so it can write to nobody.
    """
    answer = await calls.call(GetMe())
    bot, username = str(answer["id"]), str(answer.get("username") or "")
    known = await asyncio.to_thread(home, bot, INVITATION.format(username))
    failure = foreign() if known != bot else None
    standing.called("home", failure)
    if failure is not None:
        raise failure
    menu = named(await asyncio.to_thread(window.commands))
    return Own(
        id=int(bot),
        username=username,
        commands=frozenset(entry.name for entry in menu),
        largest=access.largest_fetched,
        elsewhere=access.elsewhere,
    )
