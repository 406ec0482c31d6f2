"""A vendor's adapter at work between the vendor and a desk that only remembers."""

from __future__ import annotations

import asyncio
import itertools
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import uvicorn
from starlette.types import ASGIApp

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
from bot.errors import StorageFailed
from bot.ports import Channel, Deliver
from tests.clock import SetClock
from tests.glass import Glass

C = TypeVar("C", bound=Channel)


@dataclass(slots=True, kw_only=True)
class Stand(Generic[C]):
    """The adapter, and what came of it. While `broken` the desk can keep nothing: it is `lost`."""

    adapter: C
    window: Glass
    clock: SetClock
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


class Homes:
    """The home that is remembered; `away` times the database does not answer."""

    def __init__(self, known: str = "", *, away: int = 0) -> None:
        self.known = known
        self.away = away

    def __call__(self, home: str, _door: str = "") -> str:
        if self.away:
            self.away -= 1
            raise StorageFailed("the database is away")
        self.known = self.known or home
        return self.known


async def until(condition: Callable[[], object], *, seconds: float = 20.0) -> None:
    """Returns once the condition holds, which may be looked at on this event loop only."""
    async with asyncio.timeout(seconds):
        for wait in itertools.chain((0.0,), itertools.repeat(0.005)):
            if condition():
                return
            await asyncio.sleep(wait)


@asynccontextmanager
async def listening(
    stand: Stand[C], *, ready: bool = True, deliver: Deliver | None = None
) -> AsyncIterator[Stand[C]]:
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
async def open_to_calls(app: ASGIApp, listener: socket.socket) -> AsyncIterator[None]:
    """Lets a vendor's calls come in over HTTP until the block is left."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await until(lambda: server.started)
    try:
        yield
    finally:
        server.should_exit = True
        await task
        for late in list(server.server_state.connections):  # came in while the server was ending
            late.transport.abort()
        await asyncio.sleep(0)  # the loop lets go of them now


def message_to(
    to: Address,
    *blocks: Block,
    conversation: str = "",
    key: str = "k1",
    choices: tuple[Choice, ...] = (),
    **more: Any,
) -> OutboundMessage:
    """A message to somebody, in private unless a conversation is named."""
    return OutboundMessage(
        key=key,
        to=to,
        conversation=conversation or str(to),
        reply=Reply(blocks=blocks or (Paragraph(text="Hello."),), choices=choices),
        **more,
    )
