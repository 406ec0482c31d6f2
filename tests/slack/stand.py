"""Slack's adapter at work between the tests' Slack and a desk that only remembers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from bot.domain.channel_state import State
from bot.domain.forms import Field, Form
from bot.domain.messages import Address, Block, OutboundMessage
from channels.http import listen_at
from channels.slack.access import SlackAccess
from channels.slack.adapter import Slack, any_home
from channels.slack.introduction import Home
from channels.slack.patience import SlackPatience
from tests.clock import SetClock
from tests.glass import Glass
from tests.slack.server import SlackServer
from tests.stand import Stand, message_to, open_to_calls

HASTE = SlackPatience(first=0.05, longest=0.2, mending=0.2, settling=0.05)


def stand_at(
    slack: SlackServer,
    *,
    by_http: bool = False,
    secrets: Mapping[str, str] | None = None,
    patience: SlackPatience = HASTE,
    home: Home = any_home,
) -> Stand[Slack]:
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


@asynccontextmanager
async def served(slack: SlackServer, stand: Stand[Slack]) -> AsyncIterator[str]:
    """Lets Slack's requests come in over HTTP; gives the address."""
    listener = listen_at("127.0.0.1", 0)
    async with open_to_calls(stand.adapter.http, listener):
        slack.request_url = f"http://127.0.0.1:{listener.getsockname()[1]}/anything"
        yield slack.request_url


def outbound(*blocks: Block, to: str = "U0ADA", **more: Any) -> OutboundMessage:
    """A message to somebody, in private unless a conversation is named."""
    return message_to(Address(channel="slack", value=to), *blocks, **more)


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
