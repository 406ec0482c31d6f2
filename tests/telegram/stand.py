"""Telegram's adapter at work between the tests' Telegram and a desk that only remembers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain.channel_state import State
from bot.domain.messages import Address, Block, Choice, OutboundMessage
from bot.errors import DeliveryFailed
from bot.ports import Limits
from channels.http import Bounded, listen_at
from channels.telegram.access import TelegramAccess
from channels.telegram.adapter import Telegram, Timing, any_home
from channels.telegram.introduction import Home
from channels.telegram.patience import TelegramPatience
from tests import stand
from tests.clock import SetClock
from tests.glass import Glass
from tests.stand import message_to, open_to_calls
from tests.telegram.conftest import ADA, ROOM
from tests.telegram.server import TelegramServer

HASTE = TelegramPatience(
    first=0.05, longest=0.2, mending=0.2, holding=5.0, looking=0.05, prompt=0.0, typing=0.05
)
SECRET = "a_secret-of-the-tests"  # noqa: S105 - made up
NO_LIMITS = Limits()


@dataclass(slots=True)
class AtOnce:
    """Whoever wants to speak may, and is counted, unless there is a `failure`."""

    limits: Limits = NO_LIMITS
    taken: int = 0
    failure: DeliveryFailed | None = None

    async def take(self) -> None:
        """Returns at once."""
        if self.failure:
            raise self.failure
        self.taken += 1


@dataclass(slots=True, kw_only=True)
class Stand(stand.Stand[Telegram]):
    """With the turns that were taken."""

    turns: AtOnce


def stand_at(
    telegram: TelegramServer,
    *,
    token: str = "",
    api_url: str = "",
    public_url: str = "",
    secret: str = "",
    files: Path | None = None,
    aside: Path | None = None,
    patience: TelegramPatience = HASTE,
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
        aside=aside,
        elsewhere="on Slack",
    )
    states: list[tuple[State, str]] = []
    window, clock, turns = Glass(), SetClock(), AtOnce(limits=limits)
    adapter = Telegram(
        access,
        window,
        timing=Timing(clock=clock, turns=turns, patience=patience),
        report=lambda state, told: states.append((state, told)),
        home=home,
    )
    return Stand(adapter=adapter, window=window, clock=clock, turns=turns, states=states)


@asynccontextmanager
async def called(
    telegram: TelegramServer, *, secret: str = SECRET, patience: TelegramPatience = HASTE
) -> AsyncIterator[tuple[Stand, str]]:
    """A stand that Telegram calls once it listens, and the address of its webhook."""
    listener = listen_at("127.0.0.1", 0)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/anything"
    stand = stand_at(telegram, public_url=url, secret=secret, patience=patience)
    async with open_to_calls(Bounded(stand.adapter.http), listener):
        yield stand, url


def outbound(*blocks: Block, to: int = ADA, **more: Any) -> OutboundMessage:
    """A message to somebody, in private unless a conversation is named."""
    return message_to(Address(channel="telegram", value=str(to)), *blocks, **more)


def card(
    *blocks: Block, key: str = "k1", choices: tuple[Choice, ...] = (), **more: str
) -> OutboundMessage:
    """A card in the group."""
    more = {"card": "submission:3", **more}
    return outbound(*blocks, to=ROOM, key=key, choices=choices, **more)
