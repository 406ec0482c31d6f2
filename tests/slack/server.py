"""A Slack on loopback: people do things in it, and the app under test meets it at the wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from aiohttp import web

from tests.loopback import Call
from tests.slack import payloads, uploads
from tests.slack.delivery import Delivery, Push
from tests.slack.doing import Doing
from tests.slack.faults import Fault
from tests.slack.methods import Method
from tests.slack.requests_mode import Requests
from tests.slack.socket_mode import SocketMode
from tests.slack.trouble import Trouble
from tests.slack.web_api import WebApi
from tests.slack.workspace import BOT, Channel, File, Json, User, Workspace

_ECHOED: Mapping[str, Callable[[Workspace, Channel, Json], Json]] = {
    "chat.postMessage": payloads.message,
    "chat.update": lambda at, channel, said: payloads.changed(at, channel, said, dict(said)),
}


class SlackServer(Doing, Trouble):
    """Runs in a thread of its own, so tests with and without an event loop can use it.

    What the app is sent goes by signed HTTP to `request_url` when that is set, otherwise through
    Socket Mode. What somebody does (`say`, `press`, ... see `Doing`) returns at once; wait for
    what comes of it with `wait`, or `await until` in a test that has an event loop.

    `calls` are the calls of the Web API, `deliveries` what the app was sent. With `echoes` the
    app hears its own messages too, as Slack's apps do.
    """

    def __init__(self, *, echoes: bool = True) -> None:
        super().__init__("slack", Fault)
        self.workspace = Workspace()
        self.responses: list[Json] = []
        self.deliveries: list[Delivery] = []
        self.echoes = echoes
        self._socket = SocketMode(self.workspace, changed=self.changed)
        self._requests = Requests(changed=self.changed)
        own = Method(run=lambda at, _: self._socket.open(at), app_level=True)
        self._api = WebApi(
            self.workspace,
            self._faults,
            more={"apps.connections.open": own},
            called=self._called,
        )

    # --- how the app finds it

    @property
    def api_url(self) -> str:
        """Where the Web API is; ends with a stroke, as slack-sdk wants it."""
        return f"{self.workspace.url}/api/"

    @property
    def token(self) -> str:
        """The bot token that it takes."""
        return self.workspace.token

    @property
    def app_token(self) -> str:
        """The app-level token that it takes."""
        return self.workspace.app_token

    @property
    def signing_secret(self) -> str:
        """What requests are signed with."""
        return self._requests.secret

    @property
    def request_url(self) -> str:
        """Where the app takes requests; Socket Mode while it is empty."""
        return self._requests.url

    @request_url.setter
    def request_url(self, url: str) -> None:
        self._requests.url = url

    # --- who and what is there

    def add_person(self, id: str, name: str = "", email: str = "") -> User:
        """Somebody joins."""
        user = User(id, name or id.lower(), email or f"{id.lower()}@example.org")
        self.workspace.users[id] = user
        return user

    def add_channel(self, id: str, *members: str, name: str = "", bot: bool = True) -> Channel:
        """A channel is made; the app is invited with `bot`."""
        own = {BOT} if bot else set()
        channel = Channel(id, name or id.lower(), {*members} | own)
        self.workspace.channels[id] = channel
        return channel

    def add_file(self, user: str, name: str, data: bytes, **more: Any) -> File:
        """Somebody uploads a file; it is not shared yet. `more` as in `File`."""
        file = File(self.workspace.number("F"), name, user, data, **more)
        self.workspace.files[file.id] = file
        return file

    def posted(self, channel: str, *, thread: str = "") -> list[Json]:
        """What the app's messages there say now, oldest first; a person's id: in their DM."""
        found = self.workspace.channel(channel).messages.values()
        own = [message for message in found if message["user"] == BOT]
        return [m for m in own if not thread or m.get("thread_ts") == thread]

    # --- connections

    @property
    def links(self) -> int:
        """How many connections of Socket Mode there are."""
        return self._socket.links

    @property
    def links_ever(self) -> int:
        """How many there ever were."""
        return self._socket.opened

    def be_patient(self, seconds: float) -> None:
        """How long an acknowledgement may take before it is sent again; Slack: three seconds."""
        self._socket.patience = self._requests.patience = seconds

    def when_acked(self, look: Callable[[Delivery], None]) -> None:
        """`look` is called, in the server's thread, the moment an acknowledgement arrives."""
        self._socket.when_acked = self._requests.when_acked = look

    def push(self, kind: str, payload: Json) -> Delivery:
        """Sends any payload to the app."""
        (delivery,) = self._push((kind, payload)).deliveries
        return delivery

    def again(self, delivery: Delivery, *, reason: str = "http_timeout") -> Delivery:
        """Sends the same once more: the same event in a fresh envelope, or posted again."""
        copy = Delivery(delivery.kind, delivery.payload, sent=list(delivery.sent))
        self.deliveries.append(copy)
        if self.request_url:
            self._do(self._requests.post(copy, reason=reason))
        else:
            self._do(self._socket.push(copy))
        return copy

    # --- inside

    def _push(self, *sent: tuple[str, Json], channel: str = "", ts: str = "") -> Push:
        made = tuple(Delivery(kind, payload) for kind, payload in sent)
        self.deliveries += made
        way = self._requests if self.request_url else self._socket
        for delivery in made:
            if self._line.here:
                self._line.begin(way.push(delivery))
            else:
                self._do(way.push(delivery))
        return Push(deliveries=made, channel=channel, ts=ts)

    def _called(self, call: Call) -> None:
        if self.echoes and call.ok and call.method in _ECHOED:
            channel = self.workspace.channel(call.answer["channel"])
            told = _ECHOED[call.method](self.workspace, channel, call.answer["message"])
            self._push((payloads.EVENTS, told))
        super()._called(call)

    def _routes(self, app: web.Application) -> None:
        at = self.workspace
        app.router.add_route("*", "/api/{method}", self._api.answer)
        app.router.add_get("/link/", self._socket.serve)
        app.router.add_post("/upload/v1/{file}", partial(uploads.take_upload, at))
        app.router.add_get("/files-pri/{file}/{rest:.*}", partial(uploads.serve, at))
        app.router.add_post("/response/{id}", self._respond)

    def _found_at(self, url: str) -> None:
        self.workspace.url = url

    async def _closed(self) -> None:
        await self._requests.close()
        await self._socket.close()

    async def _respond(self, request: web.Request) -> web.Response:
        self.responses.append(await request.json())
        self.changed()
        return web.Response(text="ok")
