"""Signed requests: Slack calls Carrel, over any ASGI server."""

from __future__ import annotations

import logging

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

log = logging.getLogger(__name__)
SHUT = PlainTextResponse("Carrel is not ready. Try again.", 503, {"retry-after": "5"})
UNREADABLE = PlainTextResponse("The request cannot be read.", 400)
TLS_CHECK = b"ssl_check=1&"
UNSIGNED = PlainTextResponse("The request is not signed by Slack.", 401)


class Door:
    """An ASGI app for requests that Slack signed, at any path and of any size it is given.

    It is shut (503, so that Slack comes again) until somebody opens it. Nothing of a request is
    taken apart before its signature is found to be right.
    """

    def __init__(self) -> None:
        self._inside: tuple[SignatureVerifier, AsyncSlackRequestHandler] | None = None

    def open(self, app: AsyncApp, *, secret: str) -> None:
        """From now on requests that were signed with the secret go to the app."""
        self._inside = (SignatureVerifier(secret), AsyncSlackRequestHandler(app))

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
        verifier, handler = self._inside
        body = await request.body()
        tries_tls = body.startswith(TLS_CHECK)  # Slack does not sign these, and they say nothing
        if not (tries_tls or _is_signed(verifier, body, dict(request.headers))):
            return UNSIGNED
        try:
            return await handler.handle(request)
        except Exception as error:
            # What Carrel cannot keep does not come here: the app answers that with 500.
            extra = {"action": "slack-unreadable", "error": type(error).__name__}
            log.info("A request that is no one of Slack's", extra=extra)
            return UNREADABLE


def _is_signed(verifier: SignatureVerifier, body: bytes, headers: dict[str, str]) -> bool:
    """https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    try:
        return verifier.is_valid_request(body, headers)
    except (ValueError, TypeError, OverflowError):  # a time that is none, letters no hash has
        return False
