"""The channel of e-mail, at a server of the tests, and what it reports of itself."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.channel_state import State
from bot.domain.messages import Address, Block, InboundMessage, OutboundMessage, Paragraph, Reply
from channels.email.access import parse
from channels.email.adapter import Bounds, Email
from storage.files import FolderFileStore

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ADA = Address(channel="email", value="ada@example.org")


def message(*blocks: Block, to: Address = ADA) -> OutboundMessage:
    """A message of those blocks, or a hello."""
    reply = Reply(blocks=blocks or (Paragraph(text="Hello."),))
    return OutboundMessage(key="k", to=to, conversation=str(to), reply=reply)


class Told:
    """What the channel reported."""

    def __init__(self) -> None:
        self.all: list[tuple[State, str]] = []
        self._more = asyncio.Event()

    def __call__(self, state: State, words: str) -> None:
        """Keeps it."""
        self.all.append((state, words))
        self._more.set()

    async def until(self, state: State) -> str:
        """What it said when that state was reported last."""
        async with asyncio.timeout(30):
            while self.all[-1][0] is not state:
                self._more.clear()
                await self._more.wait()
        return self.all[-1][1]


def sender(
    url: str,
    files: FolderFileStore,
    *,
    ca: Path | None = None,
    most: int = 1000,
    told: Told | None = None,
) -> Email:
    """The channel, at the server of that URL."""
    return Email(
        parse(url, ca=ca),
        sender="Carrel <carrel@example.org>",
        files=files,
        clock=lambda: NOON,
        report=told or Told(),
        bounds=Bounds(most_bytes=most, greet_seconds=0.01),
    )


async def nothing(_message: InboundMessage) -> bool:
    """Nothing comes by mail."""
    raise AssertionError
