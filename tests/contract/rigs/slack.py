"""Slack's adapter between a desk that only remembers and a Slack on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from bot.domain.channel_state import State
from bot.domain.messages import Attachment, OutboundMessage
from channels.slack.adapter import Slack
from channels.slack.files import SlackFiles
from tests.contract.rigs.rig import LARGEST, LIMITED_FOR, Deliver
from tests.slack.delivery import Push
from tests.slack.reading import read
from tests.slack.server import SlackServer
from tests.slack.stand import served, stand_at
from tests.stand import Stand, until

ADA = "U0ADA"


class SlackRig:
    """Over Socket Mode, or with `by_http` over signed requests."""

    cannot: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *, by_http: bool) -> None:
        self.name = "slack"
        self.slack = SlackServer().start()
        self.slack.be_patient(0.1)
        self.slack.add_person(ADA)
        self._by_http = by_http
        self.vendor = self.slack
        self.stand: Stand[Slack] = stand_at(self.slack, by_http=by_http)
        self._access = self.stand.adapter._access
        self._open = AsyncExitStack()
        self._task: asyncio.Task[None] | None = None
        self.channel = self.stand.adapter

    async def listening(self, deliver: Deliver) -> None:
        """Begins to listen."""
        self._task = asyncio.create_task(self.channel.listen(deliver))
        await until(lambda: self.stand.was(State.CONNECTED) is not None)
        if self._by_http:
            await self._open.enter_async_context(served(self.slack, self.stand))

    async def hush(self) -> None:
        """Cancels listening."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def say(self, text: str, *files: Path) -> Push:
        """Ada writes in her direct messages."""
        shared = [self.slack.add_file(ADA, path.name, path.read_bytes()) for path in files]
        return await self._tried(self.slack.say(ADA, text, *shared))

    async def again(self, said: object) -> None:
        """The same event, in another envelope or request."""
        assert isinstance(said, Push)
        delivery = await asyncio.to_thread(self.slack.again, said.deliveries[0])
        await self.slack.until(lambda: delivery.acked)

    async def other_bot_says(self, text: str) -> None:
        """Another app writes there."""
        await self._tried(self.slack.bot_says(text, channel="D0ADA"))

    def acknowledged(self, said: object) -> bool:
        """Whether Slack got its acknowledgement."""
        assert isinstance(said, Push)
        return said.acked

    async def bytes_of(self, attachment: Attachment, into: Path) -> bytes:
        """Fetched as a worker does it."""
        files = SlackFiles(self._access)
        path = await asyncio.to_thread(files.fetch, attachment, into=into, largest=LARGEST)
        return path.read_bytes()

    def message(self, sent: OutboundMessage) -> OutboundMessage:
        """To Ada's direct messages."""
        address = replace(sent.to, channel="slack", value=ADA)
        return replace(sent, to=address, conversation=str(address))

    def shown(self) -> list[str]:
        """Her direct messages."""
        return [read(message) for message in self.slack.posted(ADA)]

    async def pick(self, label: str) -> None:
        """A press of the button, or an entry of the menu."""
        await self._tried(self.slack.press(ADA, label))

    def trouble(self, kind: str) -> None:
        """What Slack answers to the next posting."""
        plans: Mapping[str, Callable[[], None]] = {
            "limited": lambda: self.limit(int(LIMITED_FOR)),
            "gone": lambda: self.slack.fail("conversations.open", error="user_disabled"),
            "down": self.slack.go_down,
        }
        plans[kind]()

    def utter(self, text: str) -> None:
        """In her direct messages."""
        self.slack.say(ADA, text)

    def refuse(self) -> None:
        """Every call is refused."""
        self.slack.refuse_tokens("invalid_auth")

    def limit(self, seconds: int) -> None:
        """Status 429."""
        self.slack.fail("chat.postMessage", status=429, retry_after=seconds)

    def postings(self) -> int:
        """Calls of one method."""
        return len(self.slack.called("chat.postMessage"))

    async def close(self) -> None:
        """Ends the workspace."""
        await self.hush()
        await self._open.aclose()
        await self.channel.close()
        await asyncio.to_thread(self.slack.stop)

    async def _tried(self, push: Push) -> Push:
        """Once it was acknowledged, or was refused and tried again."""
        await self.slack.until(
            lambda: push.acked or all(len(one.sent) > 1 for one in push.deliveries)
        )
        return push
