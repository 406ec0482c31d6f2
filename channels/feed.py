"""Private calendar addresses, to which people's calendars subscribe."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from bot.errors import StorageFailed

log = logging.getLogger(__name__)
PATH = "/calendar/{rest:path}"  # where the HTTP side mounts the feed
AT_ONCE = 4  # calendars: a flood of them leaves threads and database to others
LONGEST = 100  # characters of what is looked up at all
_ICS = "text/calendar; charset=utf-8"
_NOTHING = "There is no such calendar. Ask Carrel for its address: say calendar.\n"
_AWAY = "The calendar cannot be read just now. It is there again soon.\n"
_PRIVATE: Mapping[str, str] = MappingProxyType(
    {
        "cache-control": "private, no-cache",  # kept by whoever asked, who asks each time
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex, nofollow",
        "content-security-policy": "sandbox; default-src 'none'",
    }
)


class Feed:
    """An ASGI app for everything below `/calendar/`.

    `opened` gives the calendar that a token opens, and None where it opens nothing. Whatever is
    unknown here, or was closed, gets the same answer after the same work.
    """

    def __init__(self, opened: Callable[[str], bytes | None]) -> None:
        self._opened = opened
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._router = Router(
            routes=[Route("/calendar/{token}.ics", self._calendar, methods=["GET"])],
            default=_nothing_here,
            redirect_slashes=False,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request; no address of somebody's is ever logged."""
        if scope["type"] != "http":
            return
        try:
            await self._router(scope, receive, send)
        except StorageFailed:
            log.warning("A calendar could not be shown", extra={"action": "calendar-away"})
            await _told(_AWAY, 503, {"retry-after": "60"})(scope, receive, send)

    async def _calendar(self, request: Request) -> Response:
        token = request.path_params["token"][:LONGEST]
        async with self._turns:
            content = await run_in_threadpool(self._opened, token)
        if content is None:
            return _told(_NOTHING, 404)
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {**_PRIVATE, "etag": tag}
        if _has(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        shown = {"content-disposition": 'inline; filename="carrel.ics"', "content-type": _ICS}
        return Response(content, headers={**headers, **shown})


def _has(asked: str, tag: str) -> bool:
    """Whether whoever asks has this already (RFC 9110, 13.1.2)."""
    tags = [one.strip().removeprefix("W/") for one in asked.split(",")]
    return tag in tags or tags == ["*"]


def _told(text: str, status: int, more: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(text, status_code=status, headers={**_PRIVATE, **(more or {})})


async def _nothing_here(scope: Scope, receive: Receive, send: Send) -> None:
    await _told(_NOTHING, 404)(scope, receive, send)
