"""Socket Mode: Carrel calls Slack and is told over a websocket what happens.

slack-sdk's own client is not used: it tries a spent address for ever once a connection failed, it
closes the old socket before the new one is open, and its tasks outlive it.
https://docs.slack.dev/apis/events-api/using-socket-mode tells what goes over the socket.
"""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

from aiohttp import ClientWebSocketResponse, WSMsgType
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.domain.channel_state import State
from channels.slack.calls import Calls
from channels.slack.faults import APPS, CallFailed
from channels.slack.patience import SlackPatience
from channels.slack.standing import SlackStanding

log = logging.getLogger(__name__)
MOST = 100  # envelopes answered at the same time; the others wait in the socket
SHORT = 5.0  # seconds: a socket that ends sooner was no use
RENEWED = 15.0  # seconds that an old socket is still read after the new one was asked for
SWITCHED_OFF = (
    f"Socket Mode is switched off: open {APPS}, choose the app, Socket Mode, switch it on."
)
LOST = "The connection to Slack was lost; Carrel connects again."


class Line:
    """One socket to Slack, and another before Slack closes it.

    An envelope that could not be kept is not acknowledged: Slack sends it again.
    """

    def __init__(
        self,
        app: AsyncApp,
        calls: Calls,
        standing: SlackStanding,
        *,
        app_token: str,
        patience: SlackPatience,
    ) -> None:
        self._app = app
        self._calls = calls
        self._standing = standing
        self._token = app_token
        self._patience = patience
        self._room = asyncio.Semaphore(MOST)

    async def run(self) -> None:
        """Until cancelled."""
        now = asyncio.get_running_loop().time
        async with asyncio.TaskGroup() as sockets:
            short = 0  # sockets in a row that were no use
            while True:
                socket, opened, over = await self._open(), now(), asyncio.Event()
                sockets.create_task(self._attend(socket, over))
                await over.wait()
                short = short + 1 if now() - opened < SHORT else 0
                await asyncio.sleep(self._patience.pause(short - 1))

    async def _open(self) -> ClientWebSocketResponse:
        failures = 0
        while True:
            try:
                place = await self._calls.call("apps.connections.open", token=self._token)
                return await self._calls.socket(str(place["url"]))
            except CallFailed as failure:
                failures += 1
                await asyncio.sleep(self._patience.after(failures, failure))

    async def _attend(self, socket: ClientWebSocketResponse, over: asyncio.Event) -> None:
        """Reads the socket to its end; `over` is set when another is wanted."""
        try:
            async with asyncio.TaskGroup() as envelopes:
                await self._read(socket, over, envelopes)
                self._ended(over)  # at once: an envelope that is still being kept may take long
        except Exception as error:  # another socket mends whatever it was
            extra = {"action": "slack-socket-broke", "error": type(error).__name__}
            log.warning("A connection to Slack broke", extra=extra)
        finally:
            await socket.close()
        self._ended(over)

    def _ended(self, over: asyncio.Event) -> None:
        if not over.is_set():
            self._standing.line(State.RECONNECTING, LOST)
            over.set()

    async def _read(
        self, socket: ClientWebSocketResponse, over: asyncio.Event, envelopes: asyncio.TaskGroup
    ) -> None:
        async for frame in socket:
            said = _object(frame.data) if frame.type is WSMsgType.TEXT else {}
            if said.get("type") == "hello":
                self._standing.called("link", None)
                self._standing.line(State.CONNECTED)
            elif said.get("type") == "disconnect":
                if not await self._renewed(str(said.get("reason")), over):
                    return
                envelopes.create_task(_closed_later(socket))
            elif request := _request(said):
                await self._room.acquire()
                envelopes.create_task(self._answer(socket, request))

    async def _renewed(self, reason: str, over: asyncio.Event) -> bool:
        """Whether the old socket is still to be read while another is opened."""
        if reason == "link_disabled":
            self._standing.trouble("link", State.NOT_PERMITTED, SWITCHED_OFF)
            await asyncio.sleep(self._patience.mending)
            return False
        if not over.is_set():
            self._standing.line(State.REFRESHING)
            over.set()
        return True

    async def _answer(self, socket: ClientWebSocketResponse, request: SocketModeRequest) -> None:
        try:
            response = await run_async_bolt_app(self._app, request)
            if response.status == 200:
                await socket.send_str(json.dumps(_acknowledgement(request, response)))
        except Exception as error:
            # Only the name of the error: its text may hold what somebody wrote.
            log.warning(
                "Could not answer Slack: it will come again",
                extra={"action": "slack-not-answered", "error": type(error).__name__},
            )
        finally:
            self._room.release()


async def _closed_later(socket: ClientWebSocketResponse) -> None:
    await asyncio.sleep(RENEWED)
    await socket.close()


def _acknowledgement(request: SocketModeRequest, response: BoltResponse) -> dict[str, Any]:
    answer: dict[str, Any] = {"envelope_id": request.envelope_id}
    if response.body and request.accepts_response_payload:
        kind = response.headers.get("content-type", [""])[0]
        is_json = kind.startswith("application/json")
        answer["payload"] = json.loads(response.body) if is_json else {"text": response.body}
    return answer


def _object(data: str) -> dict[str, Any]:
    """What a frame holds; nothing when it is no JSON object."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _request(said: dict[str, Any]) -> SocketModeRequest | None:
    if not isinstance(said.get("payload"), dict):
        return None
    return SocketModeRequest.from_dict(said)
