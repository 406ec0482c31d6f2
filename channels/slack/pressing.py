"""Buttons, menus and commands: a form where there is one, else words that were said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, assert_never

from bot.domain.messages import Address
from bot.ports import Deliver
from channels.slack.app import Answer
from channels.slack.entities import escaped
from channels.slack.faults import CallFailed
from channels.slack.form_view import form_view
from channels.slack.heard import Advised, Commanded, Pressed, Stale
from channels.slack.means import Means
from channels.slack.render import chosen

log = logging.getLogger(__name__)
OPENING = 2.0  # seconds: Slack wants its answer within 3, and a trigger lives as long
LONGEST_UPDATE = 4_000  # characters of the text of a message that is changed
IN_PRIVATE = "I answer you in our direct messages."
CHOSEN_ALREADY = "That was chosen already."
STALE = (
    "That button is from an earlier version of me and does nothing any more."
    " Say in words what you want, or say help."
)


class Pressing:
    """Returns when the words are kept, or the form stands open."""

    def __init__(self, means: Means, deliver: Deliver) -> None:
        self._means = means
        self._deliver = deliver

    async def __call__(self, heard: Pressed | Commanded | Stale | Advised) -> Answer:
        """The answer for Slack: words for a command, nothing for the others."""
        answer: Answer = None
        match heard:
            case Pressed():
                await self._pressed(heard)
            case Commanded():
                answer = await self._commanded(heard)
            case Stale():
                self._tell(heard.channel, heard.user, STALE)
            case Advised():
                self._tell("", heard.user, heard.words)
            case _:
                assert_never(heard)
        return answer

    async def _pressed(self, pressed: Pressed) -> None:
        message = pressed.message
        if await self._form_opened(message.sender, message.text, pressed.trigger):
            return
        if not await self._deliver(message):
            if pressed.channel:
                self._tell(pressed.channel, message.sender.value, CHOSEN_ALREADY, message.thread)
        elif pressed.channel and not pressed.lasting:
            self._means.errands.run(partial(self._show_choice, pressed), what="chat.update")

    async def _commanded(self, commanded: Commanded) -> Answer:
        message = commanded.message
        if await self._form_opened(message.sender, message.text, commanded.trigger):
            return None
        await self._deliver(message)
        return {"response_type": "ephemeral", "text": IN_PRIVATE}

    async def _form_opened(self, address: Address, words: str, trigger: str) -> bool:
        if not trigger:
            return False
        form = await asyncio.to_thread(self._means.window.form, address, words)
        if form is None:
            return False
        try:
            async with asyncio.timeout(OPENING):
                view = form_view(form)
                await self._means.calls.call("views.open", trigger_id=trigger, view=view)
        except (CallFailed, TimeoutError) as failure:
            extra = {"action": "form-not-opened", "error": str(failure)}
            log.warning("Could not open a form: the words go on as a message", extra=extra)
            return False
        return True

    async def _show_choice(self, pressed: Pressed) -> None:
        blocks = chosen(pressed.blocks, pressed.label)
        await self._means.calls.call(
            "chat.update",
            channel=pressed.channel,
            ts=pressed.ts,
            text="\n".join(_aloud(blocks))[:LONGEST_UPDATE] or escaped(pressed.label),
            blocks=blocks,
        )

    def _tell(self, channel: str, user: str, words: str, thread: str = "") -> None:
        told = partial(self._told, channel, user, words, thread)
        self._means.errands.run(told, what="telling")

    async def _told(self, channel: str, user: str, words: str, thread: str) -> None:
        calls = self._means.calls
        if channel:
            below = {"thread_ts": thread} if thread else {}
            await calls.call("chat.postEphemeral", channel=channel, user=user, text=words, **below)
        else:
            room = await self._means.rooms.private(user)
            await calls.call("chat.postMessage", channel=room, text=words)


def _aloud(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What is read aloud in place of the blocks: not less than what stands in them."""
    for block in blocks:
        text = block.get("text")
        if isinstance(text, Mapping):
            words = str(text.get("text", ""))
            yield words if text.get("type") == "mrkdwn" else escaped(words)
        elif isinstance(text, str):
            # blocks of text themselves; only mrkdwn is escaped already
            yield text if block.get("type") == "mrkdwn" else escaped(text)
        yield from _aloud(one for one in block.get("elements", ()) if isinstance(one, Mapping))
