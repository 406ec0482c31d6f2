"""Socket Mode at the wire: hello, envelopes, acknowledgements, disconnects, redelivery."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable

from aiohttp import WSMsgType, web

from tests.slack.delivery import Delivery
from tests.slack.payloads import EVENTS
from tests.slack.workspace import APP, Json, SlackError, Workspace

MOST_LINKS = 10


class SocketMode:
    """The connections of the app. An envelope goes to one of them; without any, it waits.

    What was not acknowledged is sent again when its connection ends, or after `patience` seconds.
    """

    def __init__(self, workspace: Workspace, *, changed: Callable[[], None]) -> None:
        self._workspace = workspace
        self._changed = changed
        self._links: dict[int, web.WebSocketResponse] = {}
        self._wires: dict[int, asyncio.Transport] = {}
        self._opened = 0
        self._tickets: set[str] = set()
        self._open: dict[str, Delivery] = {}
        self._again: set[asyncio.Task[None]] = set()
        self.patience = 3.0
        self.refuses = False
        self.when_acked: Callable[[Delivery], None] = lambda _: None

    @property
    def links(self) -> int:
        """How many connections there are."""
        return len(self._links)

    @property
    def opened(self) -> int:
        """How many connections there ever were."""
        return self._opened

    def open(self, at: Workspace) -> Json:
        """apps.connections.open: an address that is good for one connection."""
        if self.links >= MOST_LINKS:
            raise SlackError("too_many_websockets")
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        address = at.url.replace("http://", "ws://")
        return {"url": f"{address}/link/?ticket={ticket}&app_id={APP}"}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """A connection, from its hello to its end."""
        ticket = request.query.get("ticket", "")
        if self.refuses or ticket not in self._tickets:
            return web.Response(status=403 if not self.refuses else 503)
        self._tickets.remove(ticket)
        link = web.WebSocketResponse()
        await link.prepare(request)
        self._opened += 1
        number, self._links[self._opened] = self._opened, link
        if request.transport:
            self._wires[number] = request.transport
        await link.send_str(json.dumps(self._hello()))
        self._changed()
        try:
            await self._send_waiting()
            async for message in link:
                if message.type == WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            del self._links[number]
            self._wires.pop(number, None)
            self._changed()
            await self._send_waiting()
        return link

    async def push(self, delivery: Delivery) -> None:
        """Sends an envelope, now or as soon as there is a connection."""
        self._open[delivery.id] = delivery
        await self._send(delivery)

    async def disconnect(self, reason: str) -> None:
        """Tells every connection that it ends; those told to refresh are closed once replaced."""
        for link in list(self._links.values()):
            host = {"host": "applink-1", "approximate_connection_time": 18060}
            told = {"type": "disconnect", "reason": reason, "debug_info": host}
            await link.send_str(json.dumps(told))
            if reason == "link_disabled":
                await link.close()

    def cut(self) -> None:
        """Breaks every connection, as a network does: without a word."""
        for transport in list(self._wires.values()):
            transport.abort()

    async def close(self) -> None:
        """Ends every connection and stops sending again."""
        for task in self._again:
            task.cancel()
        for link in list(self._links.values()):
            await link.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.links,
            "connection_info": {"app_id": APP},
            "debug_info": {
                "host": "applink-1",
                "started": "2026-11-21 10:00:00.000",
                "build_number": 10,
                "approximate_connection_time": 18060,
            },
        }

    def _take(self, data: str) -> None:
        answer = json.loads(data)
        delivery = self._open.pop(answer.get("envelope_id", ""), None)
        if delivery is None:
            return
        self.when_acked(delivery)
        delivery.done(answer.get("payload"))
        self._changed()

    async def _send(self, delivery: Delivery) -> None:
        if not self._links:
            return
        number = max(self._links) if len(delivery.sent) else min(self._links)
        reason = "timeout" if delivery.sent else ""
        envelope = {
            "envelope_id": delivery.id,
            "payload": delivery.payload,
            "type": delivery.kind,
            "accepts_response_payload": delivery.kind != EVENTS,
        }
        if delivery.kind == EVENTS:
            envelope |= {"retry_attempt": len(delivery.sent), "retry_reason": reason}
        delivery.begun()
        delivery.link = number
        try:
            await self._links[number].send_str(json.dumps(envelope))
        except ConnectionError:
            return  # it is sent again once the connection has ended
        task = asyncio.create_task(self._later(delivery, len(delivery.sent)))
        self._again.add(task)
        task.add_done_callback(self._again.discard)

    async def _later(self, delivery: Delivery, tried: int) -> None:
        await asyncio.sleep(self.patience)
        if delivery.id in self._open and len(delivery.sent) == tried:
            await self._send(delivery)

    async def _send_waiting(self) -> None:
        """What was never sent, or through a connection that is no more."""
        for delivery in [one for one in self._open.values() if one.link not in self._links]:
            await self._send(delivery)
