"""What Telegram shows of Carrel before anything is said: commands, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aiogram.methods import (
    GetMyCommands,
    GetMyDescription,
    GetMyShortDescription,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeDefault,
    BotCommandScopeUnion,
)

from bot.domain.messages import Choice
from bot.domain.text import plain
from channels.telegram import words
from channels.telegram.calls import Calls

HELP = "help"
MOST = 100  # commands
LONGEST_ABOUT = 256  # characters
_NAME = re.compile(r"[a-z0-9]+( [a-z0-9]+)*")
_LONGEST_NAME = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A command of the menu such as `write_statement`, and what it is `about` in a few words."""

    name: str
    about: str


def named(choices: Iterable[Choice]) -> tuple[Entry, ...]:
    """Those that Telegram can offer: a command is small letters and digits, a line for a space."""
    fit = [one for one in choices if _NAME.fullmatch(one.says) and len(one.says) <= _LONGEST_NAME]
    entries = (
        Entry(name=one.says.replace(" ", "_"), about=plain(one.label).strip()[:LONGEST_ABOUT])
        for one in fit
    )
    return tuple(one for one in entries if one.about)[:MOST]


async def present(calls: Calls, menu: Sequence[Entry]) -> None:
    """Tells Telegram what it does not show yet; raises `CallFailed`."""
    await _offer(calls, menu, BotCommandScopeDefault())
    in_groups = [one for one in menu if one.name == HELP]
    if in_groups:  # an empty list would let all of them show there
        await _offer(calls, in_groups, BotCommandScopeAllGroupChats())
    shown = await calls.call(GetMyDescription())
    if shown.get("description") != words.DESCRIPTION:
        await calls.call(SetMyDescription(description=words.DESCRIPTION))
    shown = await calls.call(GetMyShortDescription())
    if shown.get("short_description") != words.IN_SHORT:
        await calls.call(SetMyShortDescription(short_description=words.IN_SHORT))


async def _offer(calls: Calls, menu: Sequence[Entry], scope: BotCommandScopeUnion) -> None:
    shown = await calls.call(GetMyCommands(scope=scope))
    wanted = [{"command": one.name, "description": one.about} for one in menu]
    if shown != wanted:
        told = [BotCommand(command=one.name, description=one.about) for one in menu]
        await calls.call(SetMyCommands(commands=told, scope=scope))
