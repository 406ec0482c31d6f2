"""A Telegram on loopback: people do things in it, and the bot under test meets it at the wire."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from tests.slack.line import Line
from tests.telegram.bot_api import BotApi, Call
from tests.telegram.doing import Doing
from tests.telegram.faults import Faults
from tests.telegram.peopling import Peopling
from tests.telegram.trouble import Trouble
from tests.telegram.updates import Push, Update, Updates
from tests.telegram.world import Json, World
from tests.watch import DEADLINE, Watch

T = TypeVar("T")


class TelegramServer(Peopling, Doing, Trouble):
    """Runs in a thread of its own, so tests with and without an event loop can use it.

    The bot polls, or names a webhook (http is fine on loopback). What somebody does (`say`,
    `press`, ... see `Doing`) returns at once; wait for what comes of it with `wait`, or
    `await until` in a test that has an event loop.

    `calls` are the calls of the Bot API. With `local`, a folder, the server is one that the bot's
    people run themselves in local mode: files of any size are told by their place on the disk.
    """

    def __init__(self, *, local: Path | None = None) -> None:
        self.world = World(local=local)
        self.calls: list[Call] = []
        self.updates: list[Update] = []
        self.down = False
        self.hits = 0  # requests of any kind
        self._watch = Watch(self._last)
        self._faults = Faults()
        self._queue = Updates(changed=self._watch.changed)
        self._api = BotApi(self.world, self._faults, more=self._own(), called=self._called)
        self._open: set[asyncio.Transport] = set()
        self._line = Line("telegram")
        self._runner: web.AppRunner | None = None

    # --- its life

    def start(self) -> Self:
        """Listens on a free port of loopback."""
        self._do(self._listen())
        return self

    def stop(self) -> None:
        """Ends every connection, and the thread."""
        self._do(self._end())
        self._line.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def __aenter__(self) -> Self:
        return self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self.stop)

    # --- how the bot finds it

    @property
    def api_url(self) -> str:
        """Where the Bot API is, in place of https://api.telegram.org/."""
        return f"{self.world.url}/"

    @property
    def token(self) -> str:
        """The token that it takes."""
        return self.world.token

    @property
    def username(self) -> str:
        """The bot's name, without the at sign."""
        return self.world.username

    # --- what the bot did

    def called(self, method: str, **params: object) -> list[Call]:
        """The calls of a method that had these parameters."""
        return [
            call
            for call in list(self.calls)
            if call.method == method and params.items() <= call.params.items()
        ]

    @property
    def answers(self) -> list[Json]:
        """What was told to those who pressed, as parameters of answerCallbackQuery."""
        return self.world.answered

    # --- updates

    @property
    def webhook(self) -> str:
        """Where updates are pushed to; empty while the bot polls."""
        return self._queue.url

    def hook(self, url: str) -> None:
        """Somebody who has the token sets a webhook."""
        self._soon(lambda: self._queue.set_webhook({"url": url}))

    @property
    def polling(self) -> int:
        """How many polls wait now."""
        return self._queue.polling

    @property
    def connected(self) -> bool:
        """Whether the bot would hear what is done now."""
        return bool(self._queue.url or self._queue.polling)

    def push(self, **body: Json) -> Update:
        """Sends any update: `push(poll={...})`."""
        return self._push(body).updates[0]

    def again(self, update: Update) -> Update:
        """Sends the same once more; to those who poll with a fresh number."""
        if self.webhook:
            self._do(self._queue.push(update))
            return update
        body = {name: value for name, value in update.body.items() if name != "update_id"}
        return self._push(body, chat=update.place).updates[0]

    # --- waiting

    def wait(self, condition: Callable[[], T], *, seconds: float = DEADLINE) -> T:
        """What the condition gives once it is true; fails when that takes too long."""
        return self._watch.wait(condition, seconds=seconds)

    async def until(self, condition: Callable[[], T], *, seconds: float = DEADLINE) -> T:
        """As `wait`, without holding up the event loop."""
        return await self._watch.until(condition, seconds=seconds)

    # --- inside

    def _own(self) -> dict[str, Callable[[Json], Any]]:
        """The methods by which the bot gets its updates."""
        return {
            "getUpdates": self._queue.poll,
            "setWebhook": self._queue.set_webhook,
            "deleteWebhook": self._queue.delete_webhook,
            "getWebhookInfo": self._queue.webhook_info,
        }

    def _push(self, *bodies: Json, chat: int = 0, ids: tuple[int, ...] = ()) -> Push:
        made = [Update(0, dict(body), chat) for body in bodies]

        def queued() -> list[Update]:
            for update in made:
                update.id = 900_000_000 + self.world.number()
                update.body = {"update_id": update.id, **update.body}
            return [update for update in made if self._queue.add(update)]

        heard = self._soon(queued)
        self.updates += heard
        return Push(updates=tuple(heard), chat=chat, ids=ids)

    def _called(self, call: Call) -> None:
        self.calls.append(call)
        self._watch.changed()

    def _last(self) -> str:
        last = [(c.method, c.answer.get("description", "ok")) for c in self.calls[-6:]]
        return f"last calls: {last}"

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return self._line.do(work)

    def _soon(self, act: Callable[[], T]) -> T:
        async def acted() -> T:
            return act()

        return self._do(acted())

    def _cut(self) -> None:
        for transport in list(self._open):
            transport.abort()

    async def _listen(self) -> None:
        app = web.Application(client_max_size=64 * 2**20, middlewares=[self._network])
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._api.answer)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.*}", self._api.download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.world.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _end(self) -> None:
        await self._queue.close()
        if self._runner:
            await self._runner.cleanup()

    @web.middleware
    async def _network(
        self, request: web.Request, handler: Callable[[web.Request], Any]
    ) -> web.StreamResponse:
        self.hits += 1
        transport = request.transport
        if transport is None or self.down:
            if transport:
                transport.abort()
            return web.Response()
        self._open.add(transport)
        try:
            answer: web.StreamResponse = await handler(request)
        finally:
            self._open.discard(transport)
        return answer
