"""What waits for the bot: handed out to whoever polls, or pushed to its webhook."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp

from tests.telegram.methods import Params, needed
from tests.telegram.world import ApiError, Json, bad

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
NOT_UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_UNFIT_SECRET = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(slots=True, eq=False)
class Update:
    """One update; `acked` is when the bot said that it has it, `sent` when it was handed out.

    All in seconds of a clock that only goes on. `place` is the chat in which they keep their order.
    """

    id: int
    body: Json
    place: int
    sent: list[float] = field(default_factory=list)
    acked: float | None = None
    statuses: list[int] = field(default_factory=list)  # what the webhook answered, 0 for nothing

    @property
    def took(self) -> float:
        """Seconds from when it was first handed out until it was acknowledged."""
        if self.acked is None:
            raise ValueError("it is not acknowledged")
        return self.acked - self.sent[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What came of one thing that somebody did: usually one update, one a file for an album."""

    updates: tuple[Update, ...]
    chat: int = 0
    ids: tuple[int, ...] = ()

    @property
    def id(self) -> int:
        """The id of the first message."""
        return self.ids[0]

    @property
    def acked(self) -> bool:
        """Whether the bot has everything."""
        return all(one.acked is not None for one in self.updates)


class Updates:
    """The queue. A second who polls, or a webhook, ends the poll of the first."""

    def __init__(self, *, changed: Callable[[], None]) -> None:
        self.waiting: list[Update] = []
        self.url = ""
        self.secret = ""
        self.patience = 10.0  # seconds that an answer of the webhook may take; Telegram: 60
        self.waits: Sequence[float] = (0.02, 0.05, 0.1, 0.2)  # before it is pushed again
        self.polls = 0  # that were ever begun
        self.polling = 0  # that wait now
        self.last_error = ""  # it is told for as long as the webhook is set
        self.failed_at = 0
        self._allowed: frozenset[str] | None = None
        self._changed = changed
        self._news = asyncio.Event()
        self._pushing: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None

    def add(self, update: Update) -> bool:
        """The bot is to have it; false when it never wanted such updates."""
        (kind,) = update.body.keys() - {"update_id"}
        wanted = kind not in NOT_UNASKED if self._allowed is None else kind in self._allowed
        if wanted:
            self.waiting.append(update)
            self._wake()
        return wanted

    async def poll(self, given: Params) -> list[Json]:
        """getUpdates: what waits from `offset` on; everything before is acknowledged."""
        if self.url:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook "
                "to delete the webhook first",
            )
        self._allow(given)
        self.polls += 1
        mine = self.polls
        self._wake()
        self._confirm(int(given.get("offset") or 0))
        limit, end = int(given.get("limit") or 100), time.monotonic() + _seconds(given)
        while not self.waiting and time.monotonic() < end:
            await self._news_until(end)
            if self.url:
                raise ApiError(409, "Conflict: terminated by setWebhook request")
            if mine != self.polls:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one "
                    "bot instance is running",
                )
        return [_handed_out(one) for one in self.waiting[:limit]]

    def set_webhook(self, given: Params) -> bool:
        """setWebhook; an empty address takes it back."""
        url, secret = str(given.get("url") or ""), str(given.get("secret_token") or "")
        here = urlsplit(url)
        if url and here.scheme != "https" and here.hostname != "127.0.0.1":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if _UNFIT_SECRET.search(secret) or len(secret) > 256:
            raise bad("secret token contains unallowed characters")
        self._allow(given)
        if given.get("drop_pending_updates"):
            self.waiting.clear()
        self.url, self.secret, self.last_error = url, secret, ""
        self._wake()
        return True

    def delete_webhook(self, given: Params) -> bool:
        """deleteWebhook."""
        return self.set_webhook({"drop_pending_updates": given.get("drop_pending_updates")})

    def webhook_info(self, _: Params) -> Json:
        """getWebhookInfo."""
        told = {"url": self.url, "has_custom_certificate": False}
        failed = {"last_error_date": self.failed_at, "last_error_message": self.last_error}
        found: Json = {**told, "pending_update_count": len(self.waiting), "max_connections": 40}
        return found | (failed if self.last_error else {})

    async def close(self) -> None:
        """Ends polls and pushes."""
        self.polls += 1
        self._news.set()
        tasks = list(self._pushing.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    async def push(self, update: Update) -> bool:
        """Pushes once; whether the bot has it now."""
        self._session = self._session or aiohttp.ClientSession()
        update.sent.append(time.monotonic())
        headers = {SECRET: self.secret} if self.secret else {}
        limit = aiohttp.ClientTimeout(total=self.patience)
        status = 0
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self._session.post(
                self.url, json=update.body, headers=headers, timeout=limit
            ) as answer:
                status = answer.status
                await answer.read()
        update.statuses.append(status)
        if status == 200:
            self._done(update)
        else:
            why = f"Wrong response from the webhook: {status}" if status else "Connection refused"
            self.last_error, self.failed_at = why, int(time.time())
        self._changed()
        return status == 200

    def _allow(self, given: Params) -> None:
        """The kinds that are wanted from now on; unsaid, those wanted before."""
        wanted = given.get("allowed_updates")
        if wanted is not None:
            self._allowed = frozenset(wanted) or None

    def _confirm(self, offset: int) -> None:
        if offset < 0 and self.waiting:  # the last so many are wanted
            offset = self.waiting[max(offset, -len(self.waiting))].id
        for update in [one for one in self.waiting if one.id < offset]:
            self._done(update)
        self._changed()

    def _done(self, update: Update) -> None:
        update.acked = update.acked or time.monotonic()
        if update in self.waiting:
            self.waiting.remove(update)

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
        places = {one.place for one in self.waiting} if self.url else set()
        for place in places - self._pushing.keys():
            self._pushing[place] = asyncio.create_task(self._push_all(place))

    async def _news_until(self, end: float) -> None:
        self.polling += 1
        self._changed()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), max(0.0, end - time.monotonic()))
        self.polling -= 1

    async def _push_all(self, place: int) -> None:
        """One after the other, each until it is taken."""
        try:
            while self.url and (mine := [one for one in self.waiting if one.place == place]):
                if not await self.push(mine[0]):
                    tried = min(len(mine[0].sent), len(self.waits)) - 1
                    await asyncio.sleep(self.waits[tried])
        finally:
            self._pushing.pop(place, None)


def _handed_out(update: Update) -> Json:
    update.sent.append(time.monotonic())
    return update.body


def _seconds(given: Params) -> float:
    return float(needed(given, "timeout")) if given.get("timeout") else 0.0
