"""The HTTP side on loopback: health, measures, and apps that hang into it."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.domain.channel_state import State
from bot.domain.messages import OutboundMessage
from bot.errors import ConfigurationError, DeliveryFailed
from channels.http import (
    LARGEST_BODY,
    MOST_AT_ONCE,
    SILENCE_SECONDS,
    Watch,
    http_app,
    listen_at,
    serve_http,
)
from channels.measures import Counted, Measures
from scheduler.states import States
from scheduler.watching import Watching
from storage.database import Database, open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.clock import SetClock
from tests.contract.examples import NOW, inbound, later, outbound
from tests.desk import MemoryChannel

Answer = tuple[int, dict[str, str], str]
CLOSE = (b"connection", b"close")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database in a file."""
    with open_database(f"sqlite:///{tmp_path}/carrel.db") as opened:
        yield opened


class Side:
    """The HTTP side of a Carrel with one channel, on a free port."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = SetClock(later(3600))
        self.measures = Measures()
        self.states = States(self.transaction, clock=self.clock)
        self.watching = Watching(self.transaction, clock=self.clock, patience=0.3)
        self.port = 0
        self.silence = SILENCE_SECONDS

    def transaction(self) -> SqlUnitOfWork:
        """A new unit of work."""
        return SqlUnitOfWork(self.database.engine)

    @asynccontextmanager
    async def open(self, **mounts: ASGIApp) -> AsyncIterator[None]:
        """Serves while the block runs."""
        watch = Watch(vitals=self.watching.vitals, channels=self.states.now, measures=self.measures)
        listening = listen_at("127.0.0.1", 0)
        self.port = listening.getsockname()[1]
        app = http_app({f"/{name}": app for name, app in mounts.items()}, watch)
        serving = asyncio.create_task(serve_http(app, listening, silence=self.silence))
        try:
            async with asyncio.timeout(30):
                yield
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving
            self.watching.close()

    async def get(self, path: str, *, method: str = "GET", body: bytes = b"") -> Answer:
        """What a request is answered."""
        head = f"{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
        return await self.raw(f"{head}content-length: {len(body)}\r\n\r\n".encode() + body)

    async def raw(self, request: bytes) -> Answer:
        """What bytes are answered."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(request)
        answer = (await reader.read()).decode()
        writer.close()
        head, _, body = answer.partition("\r\n\r\n")
        status, *lines = head.split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines)
        return int(status.split()[1]), headers, body


@pytest.fixture
def side(database: Database) -> Side:
    """The HTTP side of that database, not yet open."""
    return Side(database)


def figures(body: str) -> dict[str, float]:
    """Every measure by its name with labels."""
    lines = (line for line in body.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """An app that says what it was sent."""
    message = await receive()
    said = scope["method"].encode() + message["body"]
    headers = [(b"content-length", str(len(said)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": said})


async def test_health_tells_channels_and_queues_and_nobodys_data(side: Side) -> None:
    side.states.report("slack", State.RECONNECTING, "secret advice")
    with side.transaction() as uow:
        uow.inbox.add(inbound(text="private words"), at=NOW)
        uow.commit()

    async with side.open():
        status, _, body = await side.get("/health")

    assert status == 200
    assert json.loads(body) == {
        "status": "alive",
        "channels": {"slack": {"state": "reconnecting", "since": later(3600).isoformat()}},
        "inbox": {"waiting": 1, "claimed": 0, "done": 0, "given-up": 0},
        "outbox": {"waiting": 0, "claimed": 0, "sent": 0, "given-up": 0},
    }


async def test_health_is_503_while_the_database_is_away(side: Side) -> None:
    with side.database.engine.begin() as connection:
        connection.execute(text("DROP TABLE outbox"))

    async with side.open():
        status, _, body = await side.get("/health")
        _, _, measured = await side.get("/metrics")

    assert status == 503
    assert json.loads(body)["status"] == "database away"
    assert figures(measured)["carrel_database_up"] == 0


async def test_a_database_that_hangs_keeps_nobody_waiting(side: Side) -> None:
    with side.transaction():  # holds the only connection
        async with side.open():
            answers = await asyncio.gather(*(side.get("/health") for _ in range(5)))

    assert [status for status, _, _ in answers] == [503] * 5


async def test_measures_are_what_prometheus_reads(side: Side) -> None:
    side.states.report("slack", State.CONNECTED, "")
    for _ in range(3):
        side.measures.received("slack")
    side.measures.handled()
    with side.transaction() as uow:
        uow.outbox.add(outbound(), due=NOW)
        uow.looks.note_swept("notices", at=NOW)
        uow.commit()

    async with side.open():
        status, headers, body = await side.get("/metrics")

    found = figures(body)
    assert status == 200
    assert headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert found['carrel_messages_received_total{channel="slack"}'] == 3
    assert found["carrel_messages_handled_total"] == 1
    assert found['carrel_queue_messages{queue="outbox",state="waiting"}'] == 1
    assert found['carrel_queue_oldest_seconds{queue="outbox"}'] == 3600
    assert found["carrel_notices_swept_seconds"] == 3600
    assert found['carrel_channel_state{channel="slack",state="connected"}'] == 1
    assert found['carrel_channel_state{channel="slack",state="revoked"}'] == 0


async def test_sends_are_counted_by_how_they_went(side: Side) -> None:
    inner = MemoryChannel(failures=[DeliveryFailed("away")])
    channel = Counted(inner, side.measures)
    message: OutboundMessage = outbound()

    with pytest.raises(DeliveryFailed):
        await channel.send(message)
    assert await channel.send(message) == ("m1",)
    await channel.close()

    found = figures(side.measures.text(None, {}).decode())
    assert found['carrel_messages_failed_total{channel="memory"}'] == 1
    assert found['carrel_messages_sent_total{channel="memory"}'] == 1


async def test_an_app_is_met_at_its_path_and_nothing_else_is_there(side: Side) -> None:
    async with side.open(door=echo):
        status, _, body = await side.get("/door", method="POST", body=b" knock")
        lost, headers, said = await side.get("/nowhere")
        below, _, _ = await side.get("/door/below")

    assert (status, body) == (200, "POST knock")
    assert (lost, below) == (404, 404)
    assert headers["content-type"].startswith("text/plain")
    assert "server" not in headers
    assert said == "Not Found"


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_large_body_is_refused_before_the_app_sees_it(side: Side, *, chunked: bool) -> None:
    seen: list[Any] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(await receive())
        await echo(scope, receive, send)

    size = LARGEST_BODY + 1
    length = "transfer-encoding: chunked" if chunked else f"content-length: {size}"
    body = f"{size:x}\r\n".encode() + b"x" * size + b"\r\n0\r\n\r\n" if chunked else b"x" * size
    async with side.open(door=app):
        head = f"POST /door HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{length}\r\n\r\n"
        status, _, said = await side.raw(head.encode() + body)

    assert status == 413
    assert said == "The request is too large."
    assert seen == []


async def test_an_app_may_refuse_a_request_before_its_body_is_there(side: Side) -> None:
    async def refuses(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 401, "headers": [CLOSE]})
        await send({"type": "http.response.body", "body": b"no"})

    async with side.open(door=refuses):
        head = f"POST /door HTTP/1.1\r\nhost: x\r\ncontent-length: {LARGEST_BODY}\r\n\r\n"
        status, _, _ = await side.raw(head.encode())  # and nothing of the body ever comes

    assert status == 401


@pytest.mark.parametrize("begun", [b"", b"GET /heal", b"GET /health HTTP/1.1\r\nhost: x\r\n"])
async def test_who_connects_and_asks_for_nothing_is_not_waited_for(
    side: Side, begun: bytes
) -> None:
    side.silence = 1
    async with side.open():
        reader, writer = await asyncio.open_connection("127.0.0.1", side.port)
        writer.write(begun)
        told = await reader.read()
        writer.close()

    assert told == b""


async def test_those_who_ask_nothing_take_no_place_from_those_who_ask(side: Side) -> None:
    async with side.open(door=echo):
        silent = [
            await asyncio.open_connection("127.0.0.1", side.port) for _ in range(MOST_AT_ONCE + 20)
        ]
        status, _, _ = await side.get("/door")
        for _, writer in silent:
            writer.close()

    assert status == 200


async def test_a_request_may_take_longer_than_a_silence_and_be_followed_by_another(
    side: Side,
) -> None:
    finish = asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await finish.wait()
        await echo(scope, receive, send)

    side.silence, answers = 1, []
    async with side.open(door=slow):
        asyncio.get_running_loop().call_later(1.2, finish.set)
        reader, writer = await asyncio.open_connection("127.0.0.1", side.port)
        for _ in range(2):
            writer.write(b"PUT /door HTTP/1.1\r\nhost: x\r\n\r\n")
            answers.append(await reader.readuntil(b"PUT"))
        writer.close()

    assert all(answer.startswith(b"HTTP/1.1 200") for answer in answers)


async def test_a_request_under_way_is_finished_when_it_stops(side: Side) -> None:
    begun, finish = asyncio.Event(), asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        begun.set()
        await finish.wait()
        await echo(scope, receive, send)

    async with side.open(door=slow):
        asking = asyncio.create_task(side.get("/door"))
        await begun.wait()
        asyncio.get_running_loop().call_soon(finish.set)
    status, _, _ = await asking

    assert status == 200


@pytest.mark.parametrize("taken", [True, False])
def test_an_address_that_cannot_be_used_is_named(
    free: Callable[[], socket.socket], *, taken: bool
) -> None:
    with free() as other:
        host, port = ("127.0.0.1", other.getsockname()[1]) if taken else ("192.0.2.1", 80)

        with pytest.raises(ConfigurationError, match=f"CARREL_HTTP: nothing can .* {host}:{port}"):
            listen_at(host, port)


@pytest.fixture
def free() -> Callable[[], socket.socket]:
    """Opens a port that nobody else can have then."""
    return lambda: socket.create_server(("127.0.0.1", 0))
