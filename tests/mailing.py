"""Mail that goes out, at a server of the tests, and what the channel reports of itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from bot.domain.channel_state import State
from bot.domain.messages import (
    Address,
    Block,
    Choice,
    OutboundMessage,
    Paragraph,
    Reply,
)
from channels.email.access import parse
from channels.email.sending.addresses import sender_of
from channels.email.sending.composing import Composed, Composer
from channels.email.sending.sender import Bounds, Sender
from channels.email.sending.sending import Means, Sending
from storage.files import FolderFileStore
from tests.glass import Glass

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ADA = Address(channel="email", value="ada@example.org")
OWN = "Carrel <carrel@example.org>"
PUBLIC = "https://carrel.example.org"


@dataclass(slots=True)
class Pane(Glass):
    """A window as a channel of mail has it."""


def message(
    *blocks: Block, to: Address = ADA, choices: tuple[Choice, ...] = (), key: str = "k", **more: Any
) -> OutboundMessage:
    """A message of those blocks, or a hello."""
    reply = Reply(blocks=blocks or (Paragraph(text="Hello."),), choices=choices)
    return OutboundMessage(key=key, to=to, conversation=str(to), reply=reply, **more)


def composer(
    files: FolderFileStore,
    *,
    hears: bool = True,
    public_url: str = PUBLIC,
    most: int = 1_000_000,
    window: Pane | None = None,
) -> Composer:
    """Writes mails as Carrel does."""
    return Composer(
        own=sender_of(OWN),
        hears=hears,
        public_url=public_url,
        window=window or Pane(),
        files=files,
        clock=lambda: NOON,
        signer=None,
        most_bytes=most,
    )


def read(data: bytes) -> EmailMessage:
    """A mail as whoever receives it reads it."""
    received = message_from_bytes(data, policy=SMTP)
    assert isinstance(received, EmailMessage)
    return received


def mailed(composed: Composed) -> EmailMessage:
    """The same of one that was composed."""
    return read(composed.handed.data)


def twin(mail: EmailMessage, kind: str = "plain") -> str:
    """What one of its two texts says, its lines joined again."""
    part = mail.get_body((kind,))
    assert part is not None
    text = str(part.get_content()).replace("\r\n", "\n")
    return unfolded(text) if kind == "plain" else text


def unfolded(text: str) -> str:
    """The lines of such a text as they were before they were made short."""
    told = ""
    for line in text.split("\n"):
        quoted = line.startswith(">")
        words = line[1:] if quoted else line
        told += words.removeprefix(" ") if told.endswith(" ") else f"\n{line}" if told else line
    return told


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
            while not self.all or self.all[-1][0] is not state:
                self._more.clear()
                await self._more.wait()
        return self.all[-1][1]


def sender(
    url: str,
    files: FolderFileStore,
    *,
    ca: Path | None = None,
    most: int = 1000,
    told: Callable[[State, str], None] | None = None,
    who: Sender | None = None,
    window: Pane | None = None,
    token_file: Path | None = None,
) -> Sending:
    """What sends, at the server of that URL."""
    return Sending(
        parse(url, ca=ca, token_file=token_file),
        who or Sender(address=OWN, hears=True),
        Means(window=window or Pane(), files=files, clock=lambda: NOON, note=told or Told()),
        bounds=Bounds(most_bytes=most, greet_seconds=0.01),
    )
