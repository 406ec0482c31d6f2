"""Slack's adapter at work between the tests' Slack and a desk that only remembers."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import uvicorn

from bot.domain.channel_state import State
from bot.domain.forms import Field, Form
from bot.domain.messages import (
    Address,
    Block,
    Choice,
    InboundMessage,
    OutboundMessage,
    Paragraph,
    Reply,
)
from bot.errors import NotFound, Refused
from bot.ports import Deliver
from channels.slack.access import SlackAccess
from channels.slack.adapter import Slack, any_home
from channels.slack.introduction import Home
from channels.slack.patience import Patience
from tests.clock import SetClock
from tests.slack.server import SlackServer

HASTE = Patience(first=0.05, longest=0.2, mending=0.2, settling=0.05)
WELCOME = Reply(blocks=(Paragraph(text="Your page."),))


@dataclass(slots=True)
class Glass:
    """A window that shows what a test puts behind it, and remembers what was written."""

    pages: dict[str, Reply] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)
    drafts: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    held: dict[str, threading.Event] = field(default_factory=dict)  # who has to wait for forms
    instants: list[datetime] = field(default_factory=list)  # of the drafts
    parts: set[tuple[str, str]] = field(default_factory=set)
    offers: tuple[Choice, ...] = (Choice(label="How far am I?", says="status"),)
    lost_ones: list[tuple[str, str]] = field(default_factory=list)
    menu: tuple[Choice, ...] = (Choice(label="How far you are", says="progress"),)
    said: dict[tuple[str, str], str] = field(default_factory=dict)  # conversations, by receipt
    digests: dict[tuple[str, str], str] = field(default_factory=dict)  # words of what was offered
    moves: list[tuple[Address, Address]] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)

    def home(self, address: Address) -> Reply:
        """The page put there."""
        return self.pages.get(address.value, WELCOME)

    def form(self, address: Address, words: str) -> Form | None:
        """The form put there for these words."""
        self.asked.append((address.value, words))
        self._wait(address)
        return self.forms.get(words)

    def filled(self, address: Address, key: str, values: Mapping[str, str], *, at: datetime) -> str:
        """The words put there for the form; what was filled in is a draft until they arrived."""
        self.keep_draft(address, key, values, at=at)
        self._wait(address)
        self.asked.append((address.value, key))
        if key not in self.words:
            raise Refused("That form is not known any more.")
        return f"{self.words[key]} {' '.join(values.values())}"

    def keep_draft(
        self, address: Address, key: str, values: Mapping[str, str], *, at: datetime
    ) -> None:
        """Remembers the draft."""
        self.instants.append(at)
        self.drafts.append((address.value, key, dict(values)))

    def takes_part(self, address: Address, conversation: str) -> bool:
        """Whether that was put there."""
        return (address.value, conversation) in self.parts

    def commands(self) -> tuple[Choice, ...]:
        """The commands put there."""
        return self.menu

    def conversation(self, room: str, receipt: str) -> str:
        """The conversation put there."""
        return self.said.get((room, receipt), "")

    def picked(self, conversation: str, digest: str) -> str:
        """The words put there."""
        return self.digests.get((conversation, digest), "")

    def moved(self, room: Address, to: Address) -> None:
        """Remembers the move."""
        self.moves.append((room, to))

    def prompts(self) -> tuple[Choice, ...]:
        """The offers put there."""
        return self.offers

    def lost(self, address: Address, *, why: str) -> None:
        """Remembers who is lost."""
        self.lost_ones.append((address.value, why))

    def file(self, sha256: str) -> Path:
        """The file put there."""
        if sha256 not in self.files:
            raise NotFound("There is no such file.")
        return self.files[sha256]

    def _wait(self, address: Address) -> None:
        if gate := self.held.get(address.value):
            gate.wait()


@dataclass(slots=True)
class Stand:
    """The adapter, and what came of it. While `broken` the desk can keep nothing: it is `lost`."""

    adapter: Slack
    window: Glass
    clock: SetClock
    states: list[tuple[State, str]] = field(default_factory=list)
    kept: dict[str, InboundMessage] = field(default_factory=dict)
    broken: bool = False
    lost: list[InboundMessage] = field(default_factory=list)
    gate: threading.Event | None = None

    async def deliver(self, message: InboundMessage) -> bool:
        """Keeps the message once."""
        if self.gate is not None:
            await asyncio.to_thread(self.gate.wait)
        if self.broken:
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
    def state(self) -> State:
        """How the channel is doing."""
        return self.states[-1][0]

    def was(self, state: State) -> str | None:
        """What was told with the newest report of that state; None when there was none."""
        return next((told for known, told in reversed(self.states) if known is state), None)


def stand_at(
    slack: SlackServer,
    *,
    by_http: bool = False,
    secrets: Mapping[str, str] | None = None,
    patience: Patience = HASTE,
    home: Home = any_home,
) -> Stand:
    """An adapter for that workspace that does not listen yet."""
    own = {"signing_secret": slack.signing_secret} if by_http else {"app_token": slack.app_token}
    given = {"bot_token": slack.token, "api_url": slack.api_url, **own, **(secrets or {})}
    access = SlackAccess(
        bot_token=given["bot_token"],
        app_token=given.get("app_token", ""),
        signing_secret=given.get("signing_secret", ""),
        api_url=given["api_url"],
    )
    states: list[tuple[State, str]] = []
    window, clock = Glass(), SetClock()
    adapter = Slack(
        access,
        window,
        clock=clock,
        report=lambda state, told: states.append((state, told)),
        patience=patience,
        home=home,
    )
    return Stand(adapter=adapter, window=window, clock=clock, states=states)


async def until(condition: Callable[[], object], *, seconds: float = 20.0) -> None:
    """Returns once the condition holds, which may be looked at on this event loop only."""
    async with asyncio.timeout(seconds):
        for wait in itertools.chain((0.0,), itertools.repeat(0.005)):
            if condition():
                return
            await asyncio.sleep(wait)


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
async def served(slack: SlackServer, stand: Stand) -> AsyncIterator[str]:
    """Lets Slack's requests come in over HTTP; gives the address."""
    config = uvicorn.Config(stand.adapter.http, port=0, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    await slack.until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    slack.request_url = f"http://127.0.0.1:{port}/anything"
    try:
        yield slack.request_url
    finally:
        server.should_exit = True
        await task


def outbound(
    *blocks: Block,
    to: str = "U0ADA",
    conversation: str = "",
    key: str = "k1",
    choices: tuple[Choice, ...] = (),
    **more: str,
) -> OutboundMessage:
    """A message to somebody, in private unless a conversation is named."""
    address = Address(channel="slack", value=to)
    return OutboundMessage(
        key=key,
        to=address,
        conversation=conversation or str(address),
        reply=Reply(blocks=blocks or (Paragraph(text="Hello."),), choices=choices),
        **more,
    )


def statement_form(*, keeps_draft: bool = True) -> Form:
    """A form with one field."""
    fields = (Field(name="words", label="Your words", lines=True),)
    return Form(
        key="statement:3",
        title="Statement",
        intro="Write it here.",
        fields=fields,
        submit="Send",
        keeps_draft=keeps_draft,
    )
