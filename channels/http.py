"""The HTTP side: one small app with health, measures, and whatever channels hang into it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.domain.channel_state import ChannelState
from bot.errors import ConfigurationError
from bot.usecases.see_vitals import Vitals
from channels.measures import CONTENT_TYPE, Measures

LARGEST_BODY = 1_000_000  # bytes; what vendors post is far smaller
BODY_SECONDS = 10.0  # for one who sends a body byte by byte
SILENCE_SECONDS = 10  # for one who connects and asks nothing, or asks it byte by byte
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


class _Refused(Exception):
    """A body is not taken; `answer` says why."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.answer = _refused(why, status)


class Bounded:
    """Lets an app have the body of a request in one piece, if that is neither large nor slow.

    Nothing of the body is waited for before the app wants it: who is refused for what stands above
    it does not get to send it. An app that wants it lets what it meets then pass.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See https://asgi.readthedocs.io/en/latest/specs/www.html."""
        try:
            await self._app(scope, _in_one_piece(receive), send)
        except _Refused as refused:
            await refused.answer(scope, receive, send)


def _in_one_piece(receive: Receive) -> Receive:
    """The whole body with the first message; raises `_Refused` in its place."""
    given: list[Message] = []

    async def received() -> Message:
        if given:
            return await receive()
        given.append({"type": "http.request", "body": await _body(receive), "more_body": False})
        return given[0]

    return received


async def _body(receive: Receive) -> bytes:
    """The body; raises `_Refused` when it is too large or too slow."""
    body, more = bytearray(), True
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while more and len(body) <= LARGEST_BODY:
                message = await receive()
                body += message.get("body", b"")
                more = message["type"] == "http.request" and message.get("more_body", False)
    except TimeoutError:
        raise _Refused("The request took too long.", 408) from None
    if len(body) > LARGEST_BODY:
        raise _Refused("The request is too large.", 413)
    return bytes(body)


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


class _Prompt(H11Protocol):
    """Ends connections on which no request comes to be: uvicorn itself waits for ever for those.

    Where all places are taken, one who asks nothing makes room.
    """

    _waits: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """From now on a request is waited for; where there is no room, not for another's."""
        super().connection_made(cast(asyncio.Transport, transport))  # as every connection's is
        if len(self.connections) >= MOST_AT_ONCE:
            others = (one for one in self.connections if isinstance(one, _Prompt))
            if silent := next((one for one in others if one._waits), None):
                silent.transport.close()
        self._look()

    def data_received(self, data: bytes) -> None:
        """Takes more of a request, or the end of its head."""
        super().data_received(data)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        super().connection_lost(exc)
        self._rest()

    def _look(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._rest()
        elif self._waits is None:
            self._waits = self.loop.call_later(self.timeout_keep_alive, self.transport.close)

    def _rest(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
        self._waits = None


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the whole."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve_http(
    app: ASGIApp, listening: socket.socket, *, silence: int = SILENCE_SECONDS
) -> None:
    """Until it is cancelled; requests under way are finished then.

    A connection on which nothing is asked for so many seconds is closed.
    """
    config = uvicorn.Config(
        app,
        http=_Prompt,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_keep_alive=silence,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving
