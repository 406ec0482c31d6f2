"""Telegram's adapter between a desk that only remembers and a Telegram on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from bot.domain.channel_state import State
from bot.domain.messages import Attachment, OutboundMessage
from channels.http import listen_at
from channels.telegram.files import TelegramFiles
from tests.contract.rigs.rig import LARGEST, LIMITED_FOR, Deliver
from tests.stand import open_to_calls, until
from tests.telegram.reading import read
from tests.telegram.server import TelegramServer
from tests.telegram.stand import SECRET, stand_at
from tests.telegram.updates import Push

ADA = 101


class TelegramRig:
    """By long polling, or with `by_webhook` Telegram calls."""

    cannot: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *, by_webhook: bool) -> None:
        self.name = "telegram"
        self.telegram = TelegramServer().start()
        self.telegram.add_person(ADA, "Ada Reyes")
        self._listener = listen_at("127.0.0.1", 0) if by_webhook else None
        port = self._listener.getsockname()[1] if self._listener else 0
        self.vendor = self.telegram
        self.stand = stand_at(
            self.telegram,
            public_url=f"http://127.0.0.1:{port}/anything" if port else "",
            secret=SECRET if port else "",
        )
        self._open = AsyncExitStack()
        self._task: asyncio.Task[None] | None = None
        self.channel = self.stand.adapter

    async def listening(self, deliver: Deliver) -> None:
        """Begins to listen."""
        if self._listener:
            await self._open.enter_async_context(open_to_calls(self.channel.http, self._listener))
        self._task = asyncio.create_task(self.channel.listen(deliver))
        await until(lambda: self.stand.was(State.CONNECTED) is not None)

    async def hush(self) -> None:
        """Cancels listening."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def say(self, text: str, *files: Path) -> Push:
        """Ada writes in private."""
        return await self._tried(self.telegram.say(ADA, text, *files))

    async def again(self, said: object) -> None:
        """The same message, in an update of its own or pushed once more."""
        assert isinstance(said, Push)
        again = await asyncio.to_thread(self.telegram.again, said.updates[0])
        await self.telegram.until(lambda: again.acked)

    async def other_bot_says(self, text: str) -> None:
        """Another bot writes there."""
        await self._tried(self.telegram.bot_says(text, chat=ADA))

    def acknowledged(self, said: object) -> bool:
        """Whether Telegram forgot the update."""
        assert isinstance(said, Push)
        return said.acked

    async def bytes_of(self, attachment: Attachment, into: Path) -> bytes:
        """Fetched as a worker does it."""
        files = TelegramFiles(self.channel._access)
        path = await asyncio.to_thread(files.fetch, attachment, into=into, largest=LARGEST)
        return path.read_bytes()

    def message(self, sent: OutboundMessage) -> OutboundMessage:
        """To Ada's private chat."""
        address = replace(sent.to, channel="telegram", value=str(ADA))
        return replace(sent, to=address, conversation=str(address))

    def shown(self) -> list[str]:
        """Her private chat."""
        return [read(message) for message in self.telegram.posted(ADA)]

    async def pick(self, label: str) -> None:
        """A press of the button."""
        await self._tried(self.telegram.press(ADA, label))

    def trouble(self, kind: str) -> None:
        """What Telegram answers to the next message."""
        plans: Mapping[str, Callable[[], object]] = {
            "limited": lambda: self.limit(int(LIMITED_FOR)),
            "gone": lambda: self.telegram.block(ADA),
            "down": self.telegram.go_down,
        }
        plans[kind]()

    def utter(self, text: str) -> None:
        """In her private chat."""
        self.telegram.say(ADA, text)

    def refuse(self) -> None:
        """The token was revoked."""
        self.telegram.refuse_token()

    def limit(self, seconds: int) -> None:
        """A flood wait."""
        self.telegram.fail("sendMessage", retry_after=seconds)

    def postings(self) -> int:
        """Calls of one method."""
        return len(self.telegram.called("sendMessage"))

    async def close(self) -> None:
        """Ends it all."""
        await self.hush()
        await self._open.aclose()
        if self._listener:
            self._listener.close()
        await self.channel.close()
        await asyncio.to_thread(self.telegram.stop)

    async def _tried(self, push: Push) -> Push:
        """Once it was acknowledged, or was not and is tried again."""
        await self.telegram.until(
            lambda: push.acked or all(len(one.sent) > 1 for one in push.updates)
        )
        return push
