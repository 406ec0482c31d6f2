"""The HTTP side: one small app with health, measures, and whatever channels hang into it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.domain.channel_state import ChannelState
from bot.errors import ConfigurationError
from bot.usecases.see_vitals import Vitals
from channels.measures import CONTENT_TYPE, Measures

LARGEST_BODY = 1_000_000  # bytes; what vendors post is far smaller
BODY_SECONDS = 10.0  # for one who sends a body byte by byte
MOST_AT_ONCE = 500  # requests; further ones are told 503
GRACE_SECONDS = 5  # for requests under way when it stops
_STATUS = {"alive": 200, "database away": 503}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What health and measures look at. `vitals` is None when the database does not answer."""

    vitals: Callable[[], Vitals | None]
    channels: Callable[[], Mapping[str, ChannelState]]
    measures: Measures


def http_app(mounts: Mapping[str, ASGIApp], watch: Watch) -> Starlette:
    """The app: `mounts` are other apps by their path, each meets bodies of bounded size only."""

    async def health(_: Request) -> Response:
        return _health(await run_in_threadpool(watch.vitals), watch.channels())

    async def metrics(_: Request) -> Response:
        vitals = await run_in_threadpool(watch.vitals)
        text = watch.measures.text(vitals, watch.channels())
        return Response(text, headers={"content-type": CONTENT_TYPE})

    own = [Route("/health", health), Route("/metrics", metrics)]
    return Starlette(routes=[*own, *(Route(path, Bounded(app)) for path, app in mounts.items())])


def _health(vitals: Vitals | None, channels: Mapping[str, ChannelState]) -> Response:
    """Says nothing that is not for everybody's eyes: the address may be open to the world."""
    status = "alive" if vitals else "database away"
    told = {
        "status": status,
        "channels": {
            name: {"state": now.state.value, "since": now.since.isoformat()}
            for name, now in channels.items()
        },
        "inbox": dict(vitals.inbox.counts) if vitals else None,
        "outbox": dict(vitals.outbox.counts) if vitals else None,
    }
    return JSONResponse(told, status_code=_STATUS[status])


class Bounded:
    """Hands a request on once its whole body is here, if that is neither large nor slow."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See https://asgi.readthedocs.io/en/latest/specs/www.html."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(receive)
        except TimeoutError:
            await _refused("The request took too long.", 408)(scope, receive, send)
            return
        if body is None:
            await _refused("The request is too large.", 413)(scope, receive, send)
            return
        await self._app(scope, _replayed(body, receive), send)


async def _body(receive: Receive) -> bytes | None:
    """The body; None when it is too large."""
    parts: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        part = message.get("body", b"")
        more = message["type"] == "http.request" and message.get("more_body", False)
        parts.append(part)
        size += len(part)
        if size > LARGEST_BODY:
            return None
    return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return given.pop() if given else await receive()

    return receive_again


def _refused(why: str, status: int) -> Response:
    return PlainTextResponse(why, status_code=status, headers={"connection": "close"})


def listen_at(host: str, port: int) -> socket.socket:
    """A socket that listens there; ConfigurationError says what to do when it cannot."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=MOST_AT_ONCE)
    except OSError as error:
        raise ConfigurationError(
            f"CARREL_HTTP: nothing can listen at {host}:{port} ({error.strerror}): choose an "
            "address of this machine and a free port above 1023."
        ) from error


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the whole."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve_http(app: ASGIApp, listening: socket.socket) -> None:
    """Until it is cancelled; requests under way are finished then."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving
