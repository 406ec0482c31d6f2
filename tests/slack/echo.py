"""The smallest app that slack-bolt allows: says back what it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.server import SlackServer

Say = Callable[[str], Awaitable[object]]


@asynccontextmanager
async def echo(
    slack: SlackServer, *, answer: Callable[[str], str] | None = str
) -> AsyncIterator[AsyncApp]:
    """Runs over Socket Mode until the block is left; without an `answer` it only acknowledges."""
    client = AsyncWebClient(token=slack.token, base_url=slack.api_url)
    app = AsyncApp(client=client, process_before_response=True)

    @app.event("message")
    async def say_back(event: dict[str, Any], say: Say) -> None:
        if answer:
            await say(answer(event["text"]))

    handler: Any = AsyncSocketModeHandler(app, slack.app_token)  # its methods are not typed
    await handler.connect_async()
    await slack.until(lambda: slack.links)
    try:
        yield app
    finally:
        await handler.close_async()
