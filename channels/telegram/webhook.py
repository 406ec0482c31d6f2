"""The webhook: Telegram calls Carrel, and is asked now and then whether it still does."""

from __future__ import annotations

import asyncio

from aiogram.methods import GetWebhookInfo, SetWebhook

from bot.domain.channel_state import State
from channels.json_values import Json, part, raw
from channels.telegram import words
from channels.telegram.access import TelegramAccess
from channels.telegram.faults import CallFailed
from channels.telegram.means import Means
from channels.telegram.payload import whole
from channels.telegram.polling import WANTED

WEBHOOK = "webhook"
LONGEST = 200  # characters of Telegram's words


class Webhook:
    """Sets it, and sets it again when it is gone: another process may have taken it away."""

    def __init__(self, means: Means, access: TelegramAccess) -> None:
        self._means = means
        self._access = access
        self._url = ""  # as Telegram tells it; empty while it is not set
        self._failed_at = 0  # when Telegram failed to call last, on its clock
        self._fails = False

    async def run(self) -> None:
        """Until cancelled."""
        failures = 0
        while True:
            try:
                await (self._look() if self._url else self._begin())
            except CallFailed as failure:
                failures += 1
                await asyncio.sleep(self._means.patience.after(failures, failure))
            else:
                failures = 0
                await asyncio.sleep(self._means.patience.looking)

    async def _begin(self) -> None:
        info = await self._set()
        self._failed_at = whole(info, "last_error_date")
        self._means.standing.line(State.CONNECTED)

    async def _set(self) -> Json:
        """What Telegram tells of the webhook then."""
        method = SetWebhook(
            url=self._access.public_url,
            secret_token=self._access.webhook_secret,
            allowed_updates=WANTED,
        )
        try:
            await self._means.calls.call(method)
        except CallFailed as failure:
            if failure.state is None:
                self._means.standing.trouble(WEBHOOK, State.NOT_PERMITTED, words.WEBHOOK_REFUSED)
            raise
        self._means.standing.over(WEBHOOK)
        info = await self._info()
        self._url = raw(info, "url")
        return info

    async def _info(self) -> Json:
        return part({"info": await self._means.calls.call(GetWebhookInfo())}, "info")

    async def _look(self) -> None:
        """Tells whether people are heard."""
        info, standing = await self._info(), self._means.standing
        if raw(info, "url") != self._url:
            await self._set()
            standing.trouble(WEBHOOK, State.NOT_PERMITTED, words.WEBHOOK_TAKEN)
            return
        known, self._failed_at = self._failed_at, whole(info, "last_error_date")
        waits = whole(info, "pending_update_count") > 0
        self._fails = waits and (self._fails or self._failed_at > known)
        why = words.webhook_unreached(raw(info, "last_error_message")[:LONGEST])
        standing.line(*(State.RECONNECTING, why) if self._fails else (State.CONNECTED, ""))
        standing.over(WEBHOOK)
