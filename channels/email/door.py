"""What people reach over the web from a mail: files that were too large, and declining notices."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route, Router
from starlette.types import Receive, Scope, Send

from bot.domain.messages import Download
from bot.domain.text import plain_name
from bot.errors import NotFound, StorageFailed
from bot.ports import Window
from channels.email import door_words as words

log = logging.getLogger(__name__)
PATH = "/mail/{rest:path}"  # where the HTTP side mounts the door
ANY_TYPE = "application/octet-stream"  # what a file says of itself is nothing to act on
_Found = TypeVar("_Found")
_PRIVATE = MappingProxyType(
    {
        "cache-control": "private, no-store",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex",
    }
)
_OF_FILE = {**_PRIVATE, "content-security-policy": "sandbox; default-src 'none'"}
_OF_PAGE = {
    **_PRIVATE,
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
}
_STYLE = (
    ":root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;"
    "margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.6rem 1.2rem}"
)
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
{form}</main>
</body>
</html>
"""


class Door:
    """An ASGI app for everything below `/mail/`, at whatever path it is mounted.

    Whoever has a token is let in; what it is good for is the window's to say. To look changes
    nothing: programs that guard a mailbox follow every link.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._router = Router(
            routes=[
                Route("/mail/file/{token}", self._file, methods=["GET"]),
                Route("/mail/unsubscribe/{token}", self._offer, methods=["GET"]),
                Route("/mail/unsubscribe/{token}", self._decline, methods=["POST"]),
            ],
            default=_nothing_here,
            redirect_slashes=False,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            return
        try:
            await self._router(scope, receive, send)
        except StorageFailed:
            log.warning("A page for mail could not be shown", extra={"action": "mail-door-away"})
            await _page(words.AWAY, status=503, more={"retry-after": "30"})(scope, receive, send)

    async def _file(self, request: Request) -> Response:
        found = await _asked(request, self._found)
        if found is None:
            return _page(words.GONE, status=410)
        file, path = found
        return FileResponse(
            path, filename=plain_name(file.name), media_type=ANY_TYPE, headers=_OF_FILE
        )

    def _found(self, token: str) -> tuple[Download, Path] | None:
        try:
            file = self._window.had(token)
            path = self._window.file(file.sha256) if file else None
        except NotFound:
            return None
        return (file, path) if file and path and path.is_file() else None

    async def _offer(self, request: Request) -> Response:
        kind = await _asked(request, partial(self._window.declined, now_so=False))
        if not kind:
            return _page(words.UNKNOWN, status=404)
        return _page(words.offer(kind), form=True)

    async def _decline(self, request: Request) -> Response:
        kind = await _asked(request, partial(self._window.declined, now_so=True))
        return _page(words.declined(kind)) if kind else _page(words.UNKNOWN, status=404)


async def _asked(request: Request, ask: Callable[[str], _Found]) -> _Found:
    """What the window says to the token of the path."""
    return await run_in_threadpool(ask, request.path_params["token"])


async def _nothing_here(scope: Scope, receive: Receive, send: Send) -> None:
    await _page(words.NOTHING, status=404)(scope, receive, send)


def _page(
    told: words.Page, *, status: int = 200, form: bool = False, more: dict[str, str] | None = None
) -> Response:
    button = f'<form method="post"><button>{escape(words.BUTTON)}</button></form>\n'
    page = _PAGE.format(
        title=escape(told.title),
        text=escape(told.text),
        style=_STYLE,
        form=button if form else "",
    )
    return HTMLResponse(page, status_code=status, headers={**_OF_PAGE, **(more or {})})
