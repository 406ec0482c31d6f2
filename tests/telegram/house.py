"""A whole Carrel whose people are on Telegram."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.app import Knowledge
from bot.domain.channel_state import State
from bot.ports import Turns
from bot.vendors.telegram import settle
from channels.http import listen_at
from channels.telegram.access import TelegramAccess
from channels.telegram.adapter import Telegram, Timing
from channels.telegram.files import TelegramFiles
from channels.telegram.marks import marked
from channels.telegram.patience import TelegramPatience
from tests.telegram.keyboards import buttons
from tests.telegram.reading import read
from tests.telegram.server import TelegramServer
from tests.telegram.stand import SECRET, AtOnce
from tests.telegram.updates import Push
from tests.telegram.world import Json
from tests.wired import WiredHouse, url_of

T = TypeVar("T")
QUICK = TelegramPatience(first=0.02, longest=0.2, mending=0.2, holding=5.0, looking=0.1)
FIRST = 101  # the id of whoever comes first


class Ways(Enum):
    """How people say what they say where Telegram has more than one way."""

    TYPED = auto()
    PRESSED = auto()  # whatever is offered as a choice
    COMMANDED = auto()  # whatever the menu offers


class TelegramHouse(WiredHouse):
    """Carrel at a Telegram where everybody of the cast has an account and has started the bot.

    With `http` Telegram calls Carrel, otherwise Carrel polls.
    """

    vendor = "telegram"

    def __init__(
        self,
        knowledge: Knowledge,
        folder: Path,
        telegram: TelegramServer,
        *,
        http: bool = False,
        room: str = "",
        ways: Ways = Ways.TYPED,
        elsewhere: str = "",
    ) -> None:
        super().__init__(knowledge, folder, room=room)
        self.telegram = telegram
        self.ways = ways
        telegram.world.clock = self.clock
        self._http = http
        self._people: dict[str, str] = {}
        self._access = TelegramAccess(
            token=telegram.token,
            webhook_secret=SECRET if http else "",
            api_url=telegram.api_url,
            files=telegram.world.local,
            elsewhere=elsewhere,
        )
        self.desk = replace(self.desk, fetchers={"telegram": TelegramFiles(self._access)})
        self.begin()
        self.reach()

    def begin(self) -> None:
        """A process begins to serve Telegram."""
        self._listening = listen_at("127.0.0.1", 0) if self._http else None
        super().begin()
        if self._listening:
            self.serve(self._listening)

    def reach(self, state: State = State.CONNECTED) -> str:
        """Waits until it is in that state and Telegram's menu shows what can be said."""
        told = super().reach(state)
        if state is State.CONNECTED:
            self.wait(lambda: self.telegram.world.about)
        return told

    def make(self) -> Telegram:
        """Telegram's adapter."""
        url = f"{url_of(self._listening)}/telegram/updates" if self._listening else ""
        return Telegram(
            replace(self._access, public_url=url),
            self.window,
            timing=Timing(clock=self.clock, turns=self.turns(), patience=QUICK),
            report=self.reported,
            home=partial(settle, self.transaction),
        )

    def turns(self) -> Turns:
        """Who may speak when."""
        return AtOnce()

    def wait(self, condition: Callable[[], T]) -> T:
        """What the condition gives once it is true."""
        return self.telegram.wait(condition)

    def member(self, who: str) -> str:
        """The id of an account, given by e-mail address."""
        known = {email: id for id, email in self._people.items()}
        if who not in known:
            known[who] = str(FIRST + len(known))
            self._people[known[who]] = who
            self.telegram.add_person(int(known[who]), who.partition("@")[0].capitalize())
        return known[who]

    def user(self, who: str) -> int:
        """The same as a number."""
        return int(self.member(who))

    def people(self) -> Mapping[str, str]:
        """Everybody's e-mail address."""
        return dict(self._people)

    def told(self, member: str) -> Sequence[Json]:
        """Carrel's messages in the private chat."""
        return self.telegram.posted(int(member))

    def order(self, message: Json) -> float:
        """Private chats count their messages together."""
        return float(message["message_id"])

    def read(self, message: Json) -> str:
        """What they read."""
        return read(message)

    def utter(self, member: str, text: str, *paths: Path) -> Push:
        """A message, a press or a command in the private chat."""
        user = int(member)
        if paths or self.ways is Ways.TYPED:
            return self.telegram.say(user, text, *paths, album=len(paths) > 1)
        if self.ways is Ways.COMMANDED:
            return self.telegram.say(user, self._commanded(text))
        data = marked(text, lasting=False)
        for message in reversed(self.telegram.posted(user)):
            for button in buttons(message):
                if button.get("callback_data") == data:
                    return self.telegram.press(user, button["text"], post=message["message_id"])
        return self.telegram.say(user, text)

    def _commanded(self, text: str) -> str:
        """The command of the menu that stands for the beginning of these words, and the rest."""
        menu = [one["command"] for found in self.telegram.world.commands.values() for one in found]
        for name in sorted(menu, key=len, reverse=True):
            words = name.replace("_", " ")
            if text == words or text.startswith(f"{words} "):
                return f"/{name}{text.removeprefix(words)}"
        return text
