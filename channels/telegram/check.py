"""Whether the bot is set up at Telegram, and what to do where it is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from urllib.parse import urlsplit

from aiogram.methods import GetMe, GetWebhookInfo

from channels.checked import Check, failed
from channels.json_values import Json
from channels.telegram.access import TELEGRAM_API, TelegramAccess
from channels.telegram.calls import Calls
from channels.telegram.check_room import NETWORK, room_is_open
from channels.telegram.faults import CallFailed, foreign

WEBHOOK = "Telegram's webhook"
FILES = "Telegram's files"
NO_SERVER = (
    "CARREL_TELEGRAM_FILES is for a Bot API server of your own (with --local): set"
    " CARREL_TELEGRAM_API_URL to it, or leave both out."
)
NO_FOLDER = (
    "They may have 20 MB, as at Telegram's own server, and something has to hand them out at /file"
    " of CARREL_TELEGRAM_API_URL. For larger ones run the Bot API server with --local, and set"
    " CARREL_TELEGRAM_FILES to its folder (--dir), as this machine sees it and may read it."
)


def check(access: TelegramAccess, *, staff_chat: str = "", home: str = "") -> tuple[Check, ...]:
    """Everything that has to be right, looked up at Telegram. Changes nothing there.

    `staff_chat` is a group's id, or ID#TOPIC; `home` the id of the bot that was served first, where
    one was. Whether another process polls too cannot be looked up without disturbing it: the one
    that serves hears of it. For a thread that runs no event loop.
    """
    return asyncio.run(_all(access, staff_chat, home))


async def _all(access: TelegramAccess, staff_chat: str, home: str) -> tuple[Check, ...]:
    calls = Calls(access)
    try:
        return tuple([one async for one in _each(calls, access, staff_chat, home)])
    finally:
        await calls.close()


async def _each(
    calls: Calls, access: TelegramAccess, staff_chat: str, home: str
) -> AsyncIterator[Check]:
    try:
        me = await calls.call(GetMe())
    except CallFailed as failure:
        yield failed("Telegram's token", failure, away=NETWORK)
        return
    yield Check(what="Telegram's token", ok=True, told=f"It is @{me.get('username')}.")
    if home and str(me.get("id")) != home:
        yield Check(what="Telegram's bot", ok=False, told=foreign().told)
    yield _groups(me, wanted=bool(staff_chat))
    yield await _webhook(calls, access)
    for one in _files(access):
        yield one
    if staff_chat:
        yield await room_is_open(calls, staff_chat, int(me["id"]))


def _groups(me: Json, *, wanted: bool) -> Check:
    what = "Telegram's groups"
    if wanted and not me.get("can_join_groups"):
        told = "The bot cannot be put into groups: say /setjoingroups to @BotFather, and Enable."
        return Check(what=what, ok=False, told=told)
    told = "It hears there what is addressed to it, and needs no right to read the rest."
    if me.get("can_read_all_group_messages"):
        told += " It is sent the rest too: say /setprivacy to @BotFather, and Enable."
    return Check(what=what, ok=True, told=told)


async def _webhook(calls: Calls, access: TelegramAccess) -> Check:
    try:
        info = await calls.call(GetWebhookInfo())
    except CallFailed as failure:
        return failed(WEBHOOK, failure, away=NETWORK)
    url = str(info.get("url") or "")
    return _called(info, url, access.public_url) if access.is_called else _polled(info, url)


def _polled(info: Json, url: str) -> Check:
    if url:
        told = (
            f"One is set, at {_host(url)}, so nothing comes by polling. If it is an earlier one of"
            " yours, start carrel serve anew, which takes it back. If not, somebody else uses the"
            " token: say /revoke to @BotFather, and set the new token as CARREL_TELEGRAM_TOKEN."
        )
        return Check(what=WEBHOOK, ok=False, told=told)
    return Check(what=WEBHOOK, ok=True, told=f"None is set; Carrel polls. {_waiting(info)}")


def _called(info: Json, url: str, wanted: str) -> Check:
    if url and url != wanted:
        told = (
            f"It is set to another address, at {_host(url)}. Start carrel serve anew, which sets it"
            f" to {wanted}; if it changes again, somebody else uses the token: say /revoke to"
            " @BotFather, and set the new token as CARREL_TELEGRAM_TOKEN."
        )
        return Check(what=WEBHOOK, ok=False, told=told)
    if not url:
        return Check(what=WEBHOOK, ok=True, told="It is not set yet: run carrel serve.")
    waiting, trouble = _waiting(info), str(info.get("last_error_message") or "")[:200]
    if trouble and info.get("pending_update_count"):
        told = (
            f"Telegram cannot hand over what people say: {trouble}. {waiting} See whether {wanted}"
            " is reached from outside, on port 443, 80, 88 or 8443, with a certificate that is"
            " trusted, and whether carrel serve runs."
        )
        return Check(what=WEBHOOK, ok=False, told=told)
    return Check(what=WEBHOOK, ok=True, told=f"{wanted} is set. {waiting}")


def _waiting(info: Json) -> str:
    number = info.get("pending_update_count") or 0
    if not number:
        return "Nothing waits."
    return f"Waiting for carrel serve: {number}. Telegram keeps them for 24 hours."


def _files(access: TelegramAccess) -> Iterator[Check]:
    """How files come from a Bot API server of one's own, where there is one."""
    own = access.api_url != TELEGRAM_API
    if access.files is None:
        if own:
            yield Check(what=FILES, ok=True, told=NO_FOLDER)
    elif not own:
        yield Check(what=FILES, ok=False, told=NO_SERVER)
    elif not access.files.is_dir():
        told = (
            f"{access.files} is no folder here: set CARREL_TELEGRAM_FILES to the folder that your"
            " Bot API server has as --dir, as this machine sees it, and let Carrel read there."
        )
        yield Check(what=FILES, ok=False, told=told)
    else:
        told = f"They are in {access.files}, whatever their size."
        yield Check(what=FILES, ok=True, told=told)


def _host(url: str) -> str:
    """Nothing else of it: the rest may be somebody's secret."""
    try:
        return urlsplit(url).hostname or "an unknown server"
    except ValueError:
        return "an unknown server"
