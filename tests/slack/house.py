"""A whole Carrel whose people are on Slack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path
from typing import TypeVar

from bot.app import Knowledge
from bot.domain.messages import Address
from channels.http import listen_at
from channels.slack.access import SlackAccess
from channels.slack.adapter import Slack
from channels.slack.files import SlackFiles
from channels.slack.patience import SlackPatience
from tests.slack.delivery import Push
from tests.slack.doing import options_of
from tests.slack.reading import read
from tests.slack.server import SlackServer
from tests.slack.workspace import Json
from tests.wired import WiredHouse, url_of

T = TypeVar("T")
QUICK = SlackPatience(first=0.02, longest=0.2, mending=0.2, settling=0.05)


class Ways(Enum):
    """How people say what they say where Slack has more than one way."""

    TYPED = auto()
    PRESSED = auto()  # whatever is offered as a choice
    COMMANDED = auto()  # /car for everything but files


class SlackHouse(WiredHouse):
    """Carrel, in a workspace where everybody of the cast is a member.

    With `http` Slack calls Carrel by signed requests, otherwise Carrel calls Slack (Socket Mode).
    """

    vendor = "slack"

    def __init__(
        self,
        knowledge: Knowledge,
        folder: Path,
        slack: SlackServer,
        *,
        http: bool = False,
        room: str = "",
        ways: Ways = Ways.TYPED,
    ) -> None:
        super().__init__(knowledge, folder, room=room)
        self.slack = slack
        self.ways = ways
        slack.workspace.clock = self.clock
        self._http = http
        self._access = SlackAccess(
            bot_token=slack.token,
            app_token="" if http else slack.app_token,
            signing_secret=slack.signing_secret if http else "",
            api_url=slack.api_url,
        )
        self.desk = replace(self.desk, fetchers={"slack": SlackFiles(self._access)})
        self.begin()
        self.reach()

    def begin(self) -> None:
        """A process begins to serve Slack."""
        super().begin()
        if self._http:
            listening = listen_at("127.0.0.1", 0)
            self.slack.request_url = f"{url_of(listening)}/slack/events"
            self.serve(listening)

    def make(self) -> Slack:
        """Slack's adapter."""
        return Slack(
            self._access, self.window, clock=self.clock, report=self.reported, patience=QUICK
        )

    def wait(self, condition: Callable[[], T]) -> T:
        """What the condition gives once it is true."""
        return self.slack.wait(condition)

    def member(self, who: str) -> str:
        """The id of a member, given by e-mail address."""
        user = f"U0{who.partition('@')[0].upper()}"
        if user not in self.slack.workspace.users:
            self.slack.add_person(user, email=who)
        return user

    def people(self) -> Mapping[str, str]:
        """Every member's e-mail address."""
        return {id: user.email for id, user in self.slack.workspace.users.items()}

    def told(self, member: str) -> Sequence[Json]:
        """Carrel's direct messages."""
        return self.slack.posted(member)

    def order(self, message: Json) -> float:
        """The message's timestamp."""
        return float(message["ts"].replace(".", ""))

    def read(self, message: Json) -> str:
        """What they read."""
        return read(message)

    def utter(self, member: str, text: str, *paths: Path) -> Push:
        """A direct message, a press or a command."""
        if paths:
            files = (self.slack.add_file(member, path.name, path.read_bytes()) for path in paths)
            return self.slack.say(member, text, *files)
        address = Address(channel="slack", value=member)
        if self.ways is Ways.TYPED or self.window.form(address, text):
            return self.slack.say(member, text)
        if self.ways is Ways.COMMANDED:
            return self.slack.command(member, text)
        for message in reversed(self.slack.posted(member)):
            for option in options_of(message.get("blocks", ())):
                if option["value"] == text:
                    return self.slack.press(member, option["text"]["text"], ts=message["ts"])
        return self.slack.say(member, text)
