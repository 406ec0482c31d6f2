"""Everything that Slack says -> what is done about it before Slack gets its answer."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import assert_never

from bot.ports import Deliver
from channels.slack.app import Answer
from channels.slack.events import read
from channels.slack.filling import Filling
from channels.slack.heard import (
    Advised,
    Commanded,
    Filled,
    Gone,
    Ignored,
    Opened,
    Pressed,
    Removed,
    Said,
    Stale,
    ThreadStarted,
    Typed,
    Why,
)
from channels.slack.means import Means
from channels.slack.own import Own
from channels.slack.pages import Pages
from channels.slack.payload import address
from channels.slack.pressing import Pressing

log = logging.getLogger(__name__)
SWITCHED_OFF = "the Slack account was switched off"


class Hearing:
    """Keeps what was said, and leaves what can wait as errands.

    Returns only when what must not be lost is kept; what it raises keeps Slack's payload
    unacknowledged.
    """

    def __init__(self, means: Means, pages: Pages, deliver: Deliver, own: Own) -> None:
        self._means = means
        self._pages = pages
        self._deliver = deliver
        self._own = own
        self._pressing = Pressing(means, deliver)
        self._filling = Filling(means, deliver)

    async def __call__(self, body: object) -> Answer:
        """The answer that Slack gets with its acknowledgement; None for the bare one."""
        heard = read(body, self._own, now=self._means.clock())
        answer: Answer = None
        match heard:
            case Ignored():
                self._passed_over(heard)
            case Said():
                await self._said(heard)
            case Pressed() | Commanded() | Stale() | Advised():
                answer = await self._pressing(heard)
            case Filled() | Typed():
                answer = await self._filling(heard)
            case Opened() | ThreadStarted():
                self._looks(heard)
            case Gone() | Removed():
                await self._left(heard)
            case _:
                assert_never(heard)
        return answer

    def _passed_over(self, ignored: Ignored) -> None:
        extra = {"action": "slack-passed-over", "why": ignored.why.value}
        if ignored.why is Why.LIMITED:
            log.warning("Slack holds back what people say", extra=extra)
            self._means.standing.limited()
        else:
            log.debug("Passed over what Slack said", extra=extra)

    async def _said(self, said: Said) -> None:
        message, window = said.message, self._means.window
        if said.follows and not await asyncio.to_thread(
            window.takes_part, message.sender, message.conversation
        ):
            return
        fresh = await self._deliver(message)
        if fresh and said.status_channel:
            begins = not message.thread
            self._means.working.shown(said.status_channel, said.status_thread, begins=begins)

    def _looks(self, heard: Opened | ThreadStarted) -> None:
        if isinstance(heard, Opened):
            self._pages.due(heard.user, anew=True)
        else:
            what = "assistant.threads.setSuggestedPrompts"
            self._means.errands.run(partial(self._offer, heard, what), what=what)

    async def _offer(self, started: ThreadStarted, method: str) -> None:
        choices = await asyncio.to_thread(self._means.window.prompts)
        prompts = [{"title": one.label, "message": one.says} for one in choices[:4]]
        below = {"thread_ts": started.thread} if started.thread else {}
        if prompts:
            await self._means.calls.call(
                method, channel_id=started.channel, prompts=prompts, **below
            )

    async def _left(self, heard: Gone | Removed) -> None:
        if isinstance(heard, Gone):
            await asyncio.to_thread(self._means.window.lost, address(heard.user), why=SWITCHED_OFF)
        else:
            self._means.standing.removed(heard.reason)
