"""Telegram's adapter at work between the tests' Telegram and a desk that only remembers."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from bot.domain.channel_state import State
from bot.domain.messages import (
    Address,
    Block,
    Choice,
    InboundMessage,
    OutboundMessage,
    Paragraph,
    Reply,
)
from bot.errors import DeliveryFailed
from bot.ports import Deliver, Limits
from channels.telegram.access import TelegramAccess
from channels.telegram.adapter import Telegram, any_home
from channels.telegram.introduction import Home
from channels.telegram.patience import Patience
from tests.clock import SetClock
from tests.slack.stand import Glass, until
from tests.telegram.conftest import ADA, ROOM
from tests.telegram.server import TelegramServer

__all__ = ["HASTE", "SECRET", "Stand", "called", "listening", "outbound", "stand_at", "until"]
HASTE = Patience(
    first=0.05, longest=0.2, mending=0.2, holding=5.0, looking=0.05, prompt=0.0, typing=0.05
)
SECRET = "a_secret-of-the-tests"  # noqa: S105 - made up
NO_LIMITS = Limits()


@dataclass(slots=True)
class AtOnce:
    """Whoever wants to speak may, and is counted, unless there is a `failure`."""

    taken: int = 0
    failure: DeliveryFailed | None = None

    async def take(self) -> None:
        """Returns at once."""
        if self.failure:
            raise self.failure
        self.taken += 1


@dataclass(slots=True)
class Stand:
    """The adapter, and what came of it. While `broken` the desk can keep nothing: it is `lost`."""

    adapter: Telegram
    window: Glass
    clock: SetClock
    turns: AtOnce
    states: list[tuple[State, str]] = field(default_factory=list)
    kept: dict[str, InboundMessage] = field(default_factory=dict)
    broken: bool = False
    unkept: frozenset[str] = frozenset()  # words that cannot be kept
    lost: list[InboundMessage] = field(default_factory=list)
    gate: threading.Event | None = None

    async def deliver(self, message: InboundMessage) -> bool:
        """Keeps the message once."""
        if self.gate is not None:
            await asyncio.to_thread(self.gate.wait)
        if self.broken or message.text in self.unkept:
            self.lost.append(message)
            raise OSError(f"the disk is full of {message.text}")
        fresh = message.id not in self.kept
        self.kept.setdefault(message.id, message)
        return fresh

    @property
    def heard(self) -> list[InboundMessage]:
        """Everything kept, oldest first."""
        return list(self.kept.values())

    @property
    def texts(self) -> list[str]:
        """The words of everything kept, oldest first."""
        return [message.text for message in self.heard]

    @property
    def state(self) -> State:
        """How the channel is doing."""
        return self.states[-1][0]

    def was(self, state: State) -> str | None:
        """What was told with the newest report of that state; None when there was none."""
        return next((told for known, told in reversed(self.states) if known is state), None)


def stand_at(
    telegram: TelegramServer,
    *,
    token: str = "",
    api_url: str = "",
    public_url: str = "",
    secret: str = "",
    files: Path | None = None,
    patience: Patience = HASTE,
    limits: Limits = NO_LIMITS,
    home: Home = any_home,
) -> Stand:
    """An adapter for that bot that does not listen yet."""
    access = TelegramAccess(
        token=token or telegram.token,
        webhook_secret=secret,
        api_url=api_url or telegram.api_url,
        public_url=public_url,
        files=files,
        elsewhere="on Slack",
    )
    states: list[tuple[State, str]] = []
    window, clock, turns = Glass(), SetClock(), AtOnce()
    adapter = Telegram(
        access,
        window,
        clock=clock,
        turns=turns,
        limits=limits,
        report=lambda state, told: states.append((state, told)),
        patience=patience,
        home=home,
    )
    return Stand(adapter=adapter, window=window, clock=clock, turns=turns, states=states)


@asynccontextmanager
async def listening(
    stand: Stand, *, ready: bool = True, deliver: Deliver | None = None
) -> AsyncIterator[Stand]:
    """Listens until the block is left; begins once it is connected, unless told otherwise."""
    task = asyncio.create_task(stand.adapter.listen(deliver or stand.deliver))
    try:
        if ready:
            await until(lambda: task.done() or stand.was(State.CONNECTED) is not None)
        yield stand
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await stand.adapter.close()


@asynccontextmanager
async def called(
    telegram: TelegramServer, *, secret: str = SECRET, patience: Patience = HASTE
) -> AsyncIterator[tuple[Stand, str]]:
    """A stand that Telegram calls once it listens, and the address of its webhook."""
    listening_at = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening_at.getsockname()[1]}/anything"
    stand = stand_at(telegram, public_url=url, secret=secret, patience=patience)
    config = uvicorn.Config(stand.adapter.http, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listening_at]))
    await until(lambda: server.started)
    try:
        yield stand, url
    finally:
        server.should_exit = True
        await task


def outbound(
    *blocks: Block,
    to: int = ADA,
    conversation: str = "",
    key: str = "k1",
    choices: tuple[Choice, ...] = (),
    **more: str,
) -> OutboundMessage:
    """A message to somebody, in private unless a conversation is named."""
    address = Address(channel="telegram", value=str(to))
    return OutboundMessage(
        key=key,
        to=address,
        conversation=conversation or str(address),
        reply=Reply(blocks=blocks or (Paragraph(text="Hello."),), choices=choices),
        **more,
    )


def card(
    *blocks: Block, key: str = "k1", choices: tuple[Choice, ...] = (), **more: str
) -> OutboundMessage:
    """A card in the group."""
    more = {"card": "submission:3", **more}
    return outbound(*blocks, to=ROOM, key=key, choices=choices, **more)
