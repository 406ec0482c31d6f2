"""Telegram calls Carrel, over any ASGI server."""

from __future__ import annotations

import json
import logging
from hmac import compare_digest

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from channels.telegram.hearing import Hear

log = logging.getLogger(__name__)
HEADER = "x-telegram-bot-api-secret-token"
KEPT = PlainTextResponse("")
SHUT = PlainTextResponse("Carrel is not ready. Try again.", 503, {"retry-after": "5"})
NOT_KEPT = PlainTextResponse("It could not be kept. Try again.", 500)
UNREADABLE = PlainTextResponse("The request cannot be read.", 400)
# What else comes on the connection of a stranger is not waited for.
STRANGE = PlainTextResponse("The request is not Telegram's.", 401, {"connection": "close"})


class Door:
    """An ASGI app for requests that bring the secret, at any path and of any size it is given.

    It is shut (503, so that Telegram comes again) until somebody opens it. Nothing of a request is
    read before its secret is found to be right.
    https://core.telegram.org/bots/api#setwebhook
    """

    def __init__(self) -> None:
        self._inside: tuple[Hear, bytes] | None = None

    def open(self, hear: Hear, *, secret: str) -> None:
        """From now on what comes with the secret is heard."""
        self._inside = (hear, secret.encode())

    def shut(self) -> None:
        """From now on nobody is let in; harmless twice."""
        self._inside = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] == "http":
            response = await self._answered(Request(scope, receive))
            await response(scope, receive, send)

    async def _answered(self, request: Request) -> Response:
        if self._inside is None:
            return SHUT
        hear, secret = self._inside
        told = request.headers.get(HEADER, "").encode("latin-1")
        if not (secret and compare_digest(told, secret)):
            return STRANGE
        try:
            update = json.loads(await request.body())
        except (ValueError, RecursionError):
            return UNREADABLE
        try:
            await hear(update)
        except Exception as error:
            # Only the name of the error: its text may hold what somebody wrote.
            extra = {"action": "telegram-not-kept", "error": type(error).__name__}
            log.warning("Could not keep what Telegram said: it will come again", extra=extra)
            return NOT_KEPT
        return KEPT
