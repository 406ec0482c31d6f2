"""Buttons: words that were said, and a message that shows which."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup

from bot.domain.messages import InboundMessage
from bot.ports import Deliver
from channels.telegram import words
from channels.telegram.calls import Method
from channels.telegram.heard import Pressed, Stale
from channels.telegram.means import Means
from channels.telegram.posting import changed
from channels.telegram.render import chosen


class Pressing:
    """Returns when the words are kept; that Telegram hears of it is an errand."""

    def __init__(self, means: Means, deliver: Deliver) -> None:
        self._means = means
        self._deliver = deliver

    async def __call__(self, heard: Pressed | Stale) -> None:
        """Does what one press wants."""
        if isinstance(heard, Stale):
            self._answer(heard.callback, words.STALE)
            return
        message = await asyncio.to_thread(self._message, heard)
        if not message.text:
            self._answer(heard.callback, words.STALE)
            return
        fresh = await self._deliver(message)
        self._answer(heard.callback, "" if fresh else words.CHOSEN_ALREADY)
        if not heard.lasting:
            # On a repeat too: whoever kept the words may have ended before the choices were gone.
            self._call(_without_choices(heard))
        if fresh and not heard.room:
            self._means.working.shown(heard.chat)

    def _message(self, pressed: Pressed) -> InboundMessage:
        """The words where they belong; none when nobody knows any more what the button said."""
        window, message = self._means.window, pressed.message
        if message.shared:
            begun = window.conversation(pressed.room, str(pressed.post))
            message = replace(message, conversation=begun or message.conversation)
        if not pressed.digest:
            return message
        # The choices of a card were offered to the whole room, those of others in a conversation.
        where = pressed.room if pressed.lasting and pressed.room else message.conversation
        return replace(message, text=window.picked(where, pressed.digest))

    def _answer(self, callback: str, told: str) -> None:
        """Ends the wait that the person sees; `told` pops up before them."""
        method = AnswerCallbackQuery(
            callback_query_id=callback, text=told or None, show_alert=bool(told) or None
        )
        self._call(method, owed=callback if told else "")

    def _call(self, method: Method, *, owed: str = "") -> None:
        what = method.__api_method__
        self._means.errands.run(partial(self._called, method), what=what, owed=owed)

    async def _called(self, method: Method) -> None:
        await self._means.calls.call(method)


def _without_choices(pressed: Pressed) -> Method:
    """What was picked in their place, or nothing where the words above are not known."""
    if not pressed.html:
        return EditMessageReplyMarkup(chat_id=pressed.chat, message_id=pressed.post)
    return changed(chosen(pressed.html, pressed.label), pressed.chat, pressed.post)
