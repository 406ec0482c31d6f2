"""Signed requests: Slack calls Carrel, over any ASGI server."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

log = logging.getLogger(__name__)
LARGEST = 3 * 1024 * 1024  # bytes of a request; Slack's are far smaller
HEADERS = frozenset(
    {
        "content-type",
        "x-slack-signature",
        "x-slack-request-timestamp",
        "x-slack-retry-num",
        "x-slack-retry-reason",
    }
)
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
PLAIN = {"content-type": ["text/plain; charset=utf-8"]}


class Door:
    """An ASGI app for requests that Slack signed, at any path.

    It is shut (503, so that Slack comes again) until somebody opens it with an app that checks
    signatures.
    """

    def __init__(self) -> None:
        self._app: AsyncApp | None = None

    def open(self, app: AsyncApp) -> None:
        """From now on requests go to the app."""
        self._app = app

    def shut(self) -> None:
        """From now on nobody is let in; harmless twice."""
        self._app = None

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] == "http":
            status, headers, body = await self._answered(scope, receive)
            pairs = [(n.encode(), v.encode()) for n, values in headers.items() for v in values]
            pairs.append((b"content-length", str(len(body)).encode()))
            await send({"type": "http.response.start", "status": status, "headers": pairs})
            await send({"type": "http.response.body", "body": body})

    async def _answered(
        self, scope: Mapping[str, Any], receive: Receive
    ) -> tuple[int, Mapping[str, Sequence[str]], bytes]:
        app = self._app
        if app is None:
            return 503, PLAIN | {"retry-after": ["5"]}, b"Carrel is not ready. Try again."
        if scope["method"] != "POST":
            return 405, PLAIN | {"allow": ["POST"]}, b"This address is for Slack's requests."
        body = await _body(receive)
        if body is None:
            return 413, PLAIN, b"The request is too large."
        try:
            request = AsyncBoltRequest(body=body.decode(), headers=_headers(scope))
        except Exception:  # the library takes apart what nobody has vouched for yet
            return 400, PLAIN, b"The request cannot be read."
        response = await app.async_dispatch(request)
        kept = {n: v for n, v in response.headers.items() if n.lower() != "content-length"}
        return response.status, kept, str(response.body or "").encode()


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when it is too large."""
    body = b""
    more = True
    while more and len(body) <= LARGEST:
        part = await receive()
        body += part.get("body", b"")
        more = part["type"] == "http.request" and part.get("more_body", False)
    return body if len(body) <= LARGEST else None


def _headers(scope: Mapping[str, Any]) -> dict[str, str | Sequence[str]]:
    """Slack's own headers; others could steer the library."""
    named = ((name.decode("latin-1").lower(), value) for name, value in scope["headers"])
    return {name: value.decode("latin-1") for name, value in named if name in HEADERS}
