"""Long polling: Carrel asks Telegram what people say.

https://core.telegram.org/bots/api#getupdates: asking from an update on tells Telegram that all
before it are kept.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from aiogram.methods import DeleteWebhook, GetUpdates

from bot.domain.channel_state import State
from channels.json_values import Json, part, parts
from channels.telegram import words
from channels.telegram.aside import Aside, Round, Unkept
from channels.telegram.events import UPDATES
from channels.telegram.faults import CallFailed
from channels.telegram.hearing import Hear
from channels.telegram.means import Means
from channels.telegram.payload import whole

log = logging.getLogger(__name__)
WANTED = list(UPDATES)
MOST = 100  # updates at a time, which is also Telegram's bound
LATER = 10.0  # seconds beyond what Telegram may hold an answer back
Update = Json


class Polling:
    """Hears updates in their order within each chat, and chats side by side.

    What could not be kept is asked for again. What came after it is not forgotten by Telegram
    before that, and not heard twice here. What never can be kept is put aside: Telegram tells of
    no more than some updates behind it.
    """

    def __init__(self, means: Means, hear: Hear, aside: Aside) -> None:
        self._means = means
        self._hear = hear
        self._aside = aside
        self._heard = 0  # how many were kept
        self._from = 0  # the first update that is not kept, as far as is known
        self._kept: set[int] = set()  # of those from there on
        self._holding = 0.0  # what comes next is asked for at once, then patiently

    async def run(self) -> None:
        """Until cancelled."""
        failures, asked = 0, False
        while True:
            try:
                asked = asked or bool(await self._means.calls.call(DeleteWebhook()))
                at_ease = await self._round()
            except CallFailed as failure:
                failures, self._holding = failures + 1, 0.0
                await asyncio.sleep(self._means.patience.after(failures, failure))
                continue
            failures = 0 if at_ease else failures + 1
            await asyncio.sleep(self._means.patience.pause(failures))

    async def _round(self) -> bool:
        """Asks once; whether there is nothing to wait for before it asks again."""
        now = asyncio.get_running_loop().time
        begun, holding = now(), self._holding
        updates = await self._updates()
        self._well()
        self._holding = self._means.patience.holding
        if not updates:
            return now() - begun >= min(holding, 1.0)  # else something in between answers for it
        aside = await self._keep(updates)
        self._well()
        return aside or self._from > _id(updates[-1])

    def _well(self) -> None:
        self._means.standing.line(State.CONNECTED, words.set_aside(self._aside.count))

    async def _updates(self) -> list[Update]:
        method = GetUpdates(
            offset=self._from or None,
            limit=MOST,
            timeout=round(self._holding),
            allowed_updates=WANTED,
        )
        answer = await self._means.calls.call(method, seconds=self._holding + LATER)
        return [one for one in parts({"updates": answer}, "updates") if _id(one)]

    async def _keep(self, updates: Sequence[Update]) -> bool:
        """Whether something was put aside, so that what comes after it is to be heard at once."""
        chats: dict[int, list[Update]] = {}
        for update in updates:
            if _id(update) not in self._kept:
                chats.setdefault(_chat(update), []).append(update)
        before = self._heard
        async with asyncio.TaskGroup() as hearing:
            tasks = [hearing.create_task(self._in_order(said)) for said in chats.values()]
        unkept = [failed for task in tasks if (failed := task.result())]
        full = len(updates) == MOST
        round = Round(unkept=unkept, before=before, kept=self._heard, full=full)
        self._kept |= (aside := await self._aside.takes(round))
        ids = [_id(update) for update in updates]
        self._from = min((id for id in ids if id not in self._kept), default=ids[-1] + 1)
        self._kept = {id for id in self._kept if id > self._from}
        return bool(aside)

    async def _in_order(self, updates: Sequence[Update]) -> Unkept | None:
        """The first that could not be kept, behind which the others wait."""
        for update in updates:
            try:
                await self._hear(update)
            except Exception as error:
                # Only the name of the error: its text may hold what somebody wrote.
                extra = {"action": "telegram-not-kept", "error": type(error).__name__}
                log.warning("Could not keep what Telegram said: it will come again", extra=extra)
                return Unkept(update, error)
            self._kept.add(_id(update))
            self._heard += 1
        return None


def _id(update: Update) -> int:
    return whole(update, "update_id")


def _chat(update: Update) -> int:
    """Within which updates keep their order; 0 where none is known."""
    said = next((one for name in WANTED if (one := part(update, name))), {})
    return whole(part(said, "chat"), "id") or whole(part(said, "message", "chat"), "id")
