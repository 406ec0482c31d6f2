"""A Telegram on loopback: people do things in it, and the bot under test meets it at the wire."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.telegram.bot_api import BotApi
from tests.telegram.doing import Doing
from tests.telegram.faults import Fault
from tests.telegram.peopling import Peopling
from tests.telegram.trouble import Trouble
from tests.telegram.updates import Push, Update, Updates
from tests.telegram.world import Json, World


class TelegramServer(Peopling, Doing, Trouble):
    """Runs in a thread of its own, so tests with and without an event loop can use it.

    The bot polls, or names a webhook (http is fine on loopback). What somebody does (`say`,
    `press`, ... see `Doing`) returns at once; wait for what comes of it with `wait`, or
    `await until` in a test that has an event loop.

    `calls` are the calls of the Bot API. With `local`, a folder, the server is one that the bot's
    people run themselves in local mode: files of any size are told by their place on the disk.
    """

    def __init__(self, *, local: Path | None = None) -> None:
        super().__init__("telegram", Fault)
        self.world = World(local=local)
        self.updates: list[Update] = []
        self._queue = Updates(changed=self.changed)
        self._api = BotApi(self.world, self._faults, more=self._own(), called=self._called)
        self._open: set[asyncio.Transport] = set()

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

    def _routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._api.answer)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.*}", self._api.download)

    def _found_at(self, url: str) -> None:
        self.world.url = url

    async def _closed(self) -> None:
        await self._queue.close()

    def _cut(self) -> None:
        for transport in list(self._open):
            transport.abort()

    async def _met(
        self, request: web.Request, handler: Callable[[web.Request], Any]
    ) -> web.StreamResponse:
        assert request.transport
        transport = request.transport
        self._open.add(transport)
        try:
            return await super()._met(request, handler)
        finally:
            self._open.discard(transport)
