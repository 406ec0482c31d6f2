"""The Bolt app: everything that Slack says goes to one listener, which answers when it is kept."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from channels.slack.access import SlackAccess
from channels.slack.calls import silent
from channels.slack.own import Own

log = logging.getLogger(__name__)
ANY = re.compile("")
Answer = dict[str, Any] | None
Hear = Callable[[object], Awaitable[Answer]]


def slack_app(access: SlackAccess, hear: Hear, own: Own) -> AsyncApp:
    """An app that acknowledges what `hear` returned from, with its answer if it gave one.

    Where `hear` raises, Slack gets no acknowledgement (status 500) and will say it again.
    """

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=None,
            bot_user_id=own.user,
            bot_id=own.bot,
            bot_token=access.bot_token,
        )

    async def heard(body: dict[str, Any], ack: AsyncAck) -> None:
        answer = await hear(body)
        await (ack(answer) if answer else ack())

    app = AsyncApp(
        name="slack-bolt",  # Bolt switches the logger of this name off, so it is nobody else's
        logger=silent(),
        signing_secret=access.signing_secret,
        authorize=authorize,
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        # Own messages are told from others' where every payload is read.
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.middleware(_limited(hear))
    app.event(ANY)(heard)
    app.action(ANY)(heard)
    app.command(ANY)(heard)
    app.shortcut(ANY)(heard)
    app.view_submission(ANY)(heard)
    app.view_closed(ANY)(heard)
    app.error(_not_heard)
    return app


def _limited(hear: Hear) -> Callable[..., Awaitable[BoltResponse]]:
    """Hears the one payload that Bolt has no listener for: that Slack holds events back."""

    async def limited(
        body: dict[str, Any], next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        if body.get("type") != "app_rate_limited":
            return await next()
        await hear(body)
        return BoltResponse(status=200)

    return limited


async def _not_heard(error: Exception) -> BoltResponse:
    if isinstance(error, BoltUnhandledRequestError):
        # A kind of payload that Carrel never asked for: said again, it would be no clearer.
        log.info("Slack said what nobody hears", extra={"action": "slack-unheard"})
        return BoltResponse(status=200)
    # Only the name of the error: its text may hold what somebody wrote.
    log.error(
        "Could not keep what Slack said: it will come again",
        extra={"action": "slack-not-kept", "error": type(error).__name__},
    )
    return BoltResponse(status=500)
