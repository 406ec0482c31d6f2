"""Commands such as `/write_statement@carrel_bot now` -> words; pure.

https://core.telegram.org/bots/features#commands
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from channels.telegram.own import Own

_COMMAND = re.compile(r"/(\w{1,64})(?:@(\w{1,64}))?(?:\s+(.*))?", re.ASCII | re.DOTALL)
_START = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command's `name`, the `bot` that it names or nothing, and the words after it."""

    name: str
    bot: str = ""
    rest: str = ""

    def says(self, own: Own) -> str:
        """The words that it stands for; its stroke stays where Carrel has no such command.

        So the core can tell `/foo` from talk; `/start` keeps it too, for it brings a code.
        """
        name = self.name.lower()
        known = name in own.commands and name != _START
        said = name.replace("_", " ") if known else f"/{name}"
        return f"{said} {self.rest}".strip()

    def names(self, own: Own) -> bool:
        """Whether it is meant for Carrel by name."""
        return self.bot.casefold() == own.username.casefold()

    def is_listed(self, own: Own) -> bool:
        """Whether it names no bot and is one of those that Carrel has registered."""
        return not self.bot and self.name.lower() in own.commands


def command(text: str) -> Command | None:
    """The command that a text begins with, if it does."""
    found = _COMMAND.fullmatch(text)
    if found is None:
        return None
    name, bot, rest = found.groups(default="")
    return Command(name=name, bot=bot, rest=rest.strip())
