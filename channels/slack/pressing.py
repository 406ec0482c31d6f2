"""Buttons, menus and commands: a form where there is one, else words that were said."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import assert_never

from bot.domain.messages import Address
from bot.ports import Deliver
from channels.recent import Recent
from channels.slack import words
from channels.slack.app import Answer
from channels.slack.faults import CallFailed
from channels.slack.form_view import form_view
from channels.slack.heard import Advised, Commanded, Pressed, Stale
from channels.slack.means import Means
from channels.slack.own import user_of
from channels.slack.render import chosen

log = logging.getLogger(__name__)
OPENING = 2.0  # seconds: Slack wants its answer within 3, and a trigger lives as long
MOST = 1_000  # triggers remembered; the same press comes again within minutes
# An earlier telling of the same press opened the form, perhaps in a process that is gone.
EXCHANGED = "exchanged_trigger_id"


class Pressing:
    """Returns when the words are kept, or the form stands open."""

    def __init__(self, means: Means, deliver: Deliver) -> None:
        self._means = means
        self._deliver = deliver
        self._exchanged: Recent[str, bool] = Recent(MOST)

    async def __call__(self, heard: Pressed | Commanded | Stale | Advised) -> Answer:
        """The answer for Slack: words for a command, nothing for the others."""
        answer: Answer = None
        match heard:
            case Pressed():
                await self._pressed(heard)
            case Commanded():
                answer = await self._commanded(heard)
            case Stale():
                self._tell(heard.channel, heard.user, words.STALE)
            case Advised():
                self._tell("", heard.user, heard.words)
            case _:
                assert_never(heard)
        return answer

    async def _pressed(self, pressed: Pressed) -> None:
        message = pressed.message
        if await self._form_opened(message.sender, message.text, pressed.trigger):
            return
        fresh = await self._deliver(message)
        if not pressed.channel:
            return
        if not fresh:
            who = user_of(message.sender)
            self._tell(pressed.channel, who, words.CHOSEN_ALREADY, message.thread)
        if not pressed.lasting:
            # On a repeat too: whoever kept the words may have ended before the choices were gone.
            self._means.errands.run(partial(self._show_choice, pressed), what="chat.update")

    async def _commanded(self, commanded: Commanded) -> Answer:
        message = commanded.message
        if await self._form_opened(message.sender, message.text, commanded.trigger):
            return None
        await self._deliver(message)
        return {"response_type": "ephemeral", "text": words.IN_PRIVATE}

    async def _form_opened(self, address: Address, said: str, trigger: str) -> bool:
        """Whether the form stands open for this press, now or since it was told before."""
        if not trigger or self._exchanged.get(trigger):
            return bool(trigger)
        try:
            async with asyncio.timeout(OPENING):
                opened = await self._opened(address, said, trigger)
        except (CallFailed, TimeoutError) as failure:
            opened = isinstance(failure, CallFailed) and failure.code == EXCHANGED
            if not opened:
                extra = {"action": "form-not-opened", "error": str(failure)}
                log.warning("Could not open a form: the words go on as a message", extra=extra)
        if opened:
            self._exchanged.put(trigger, True)
        return opened

    async def _opened(self, address: Address, said: str, trigger: str) -> bool:
        form = await asyncio.to_thread(self._means.window.form, address, said)
        if form is None:
            return False
        view = form_view(form)
        await self._means.calls.call("views.open", trigger_id=trigger, view=view)
        return True

    async def _show_choice(self, pressed: Pressed) -> None:
        post = chosen(pressed.blocks, pressed.label)
        await self._means.calls.call(
            "chat.update",
            channel=pressed.channel,
            ts=pressed.ts,
            text=post.text,
            blocks=list(post.blocks),
        )

    def _tell(self, channel: str, user: str, told: str, thread: str = "") -> None:
        telling = partial(self._told, channel, user, told, thread)
        self._means.errands.run(telling, what="telling", owed=f"{channel} {user} {told}")

    async def _told(self, channel: str, user: str, told: str, thread: str) -> None:
        calls = self._means.calls
        if channel:
            below = {"thread_ts": thread} if thread else {}
            await calls.call("chat.postEphemeral", channel=channel, user=user, text=told, **below)
        else:
            room = await self._means.rooms.private(user)
            await calls.call("chat.postMessage", channel=room, text=told)
