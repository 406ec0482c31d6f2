"""Events and interactions by HTTP: signed POSTs to the app's address, sent again when they fail."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

import aiohttp

from tests.slack.delivery import Delivery
from tests.slack.payloads import COMMANDS, EVENTS
from tests.slack.workspace import Json

PATIENCE = 3.0  # seconds that Slack waits for an answer


class Requests:
    """Posts to `url`. Events that are not answered in time with 200 are sent again after `waits`.

    Slack waits nothing, a minute and five minutes; here all waits are short.
    """

    def __init__(self, *, changed: Callable[[], None]) -> None:
        self.url = ""
        self.secret = "0123456789abcdef" * 2
        self.waits: Sequence[float] = (0.0, 0.2, 0.5)
        self.patience = PATIENCE
        self.when_acked: Callable[[Delivery], None] = lambda _: None
        self._changed = changed
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def push(self, delivery: Delivery) -> None:
        """Begins to post; returns at once."""
        task = asyncio.create_task(self._until_answered(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Stops posting."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    async def _until_answered(self, delivery: Delivery) -> None:
        reason = await self.post(delivery)
        if delivery.kind != EVENTS:
            return  # the person sees an error and may try again
        for wait in self.waits:
            if not reason:
                return
            await asyncio.sleep(wait)
            reason = await self.post(delivery, reason=reason)

    async def post(self, delivery: Delivery, *, reason: str = "") -> str:
        """Posts once; why it failed, or nothing."""
        body, kind = encoded(delivery)
        headers = {"Content-Type": kind, **signed(body, self.secret)}
        if reason:
            headers |= {
                "X-Slack-Retry-Num": str(len(delivery.sent)),
                "X-Slack-Retry-Reason": reason,
            }
        self._session = self._session or aiohttp.ClientSession()
        delivery.begun()
        limit = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with self._session.post(
                self.url, data=body, headers=headers, timeout=limit
            ) as answer:
                text = await answer.text()
        except TimeoutError:
            return self._failed(delivery, 0, "http_timeout")
        except aiohttp.ClientError:
            return self._failed(delivery, 0, "connection_failed")
        if answer.status != 200:
            return self._failed(delivery, answer.status, "http_error")
        delivery.statuses.append(200)
        self.when_acked(delivery)
        delivery.done(_told(text))
        self._changed()
        return ""

    def _failed(self, delivery: Delivery, status: int, reason: str) -> str:
        delivery.statuses.append(status)
        self._changed()
        return reason


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    """Body and media type: events are JSON, commands a form, interactions JSON in a form."""
    if delivery.kind == EVENTS:
        return json.dumps(delivery.payload).encode(), "application/json"
    fields = delivery.payload
    if delivery.kind != COMMANDS:
        fields = {"payload": json.dumps(delivery.payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def signed(body: bytes, secret: str, *, at: float | None = None) -> dict[str, str]:
    """The headers that prove that a body is Slack's."""
    stamp = str(int(time.time() if at is None else at))
    words = b"v0:" + stamp.encode() + b":" + body
    digest = hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _told(text: str) -> Json | None:
    """What the answer holds, if it holds an object."""
    if not text.startswith("{"):
        return None
    found: Json = json.loads(text)
    return found
