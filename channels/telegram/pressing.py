"""Buttons: words that were said, and a message that shows which."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, SendChatAction

from bot.domain.messages import InboundMessage
from bot.ports import Deliver
from channels.errands import Errand
from channels.telegram import words
from channels.telegram.calls import Method
from channels.telegram.codes import Kind
from channels.telegram.faults import CallFailed
from channels.telegram.heard import Pressed, Stale
from channels.telegram.means import Means
from channels.telegram.own import Own
from channels.telegram.posting import changed
from channels.telegram.render import chosen

ANSWERING = AnswerCallbackQuery.__api_method__
ANSWERED_WITHIN = 15.0  # seconds; later nobody looks at the button any more
LOOKED_WITHIN = 5.0  # seconds for whether somebody can be written to


class Pressing:
    """Returns when the words are kept; that Telegram hears of it is an errand."""

    def __init__(self, means: Means, deliver: Deliver, own: Own) -> None:
        self._means = means
        self._deliver = deliver
        self._own = own

    async def __call__(self, heard: Pressed | Stale) -> None:
        """Does what one press wants."""
        if isinstance(heard, Stale):
            self._answer(heard.callback, words.CHOSEN_ALREADY if heard.chosen else words.STALE)
            return
        begun, message = await asyncio.to_thread(self._looked_up, heard)
        if not message.text:
            self._answer(heard.callback, words.STALE)
            return
        fresh = await self._deliver(message)
        self._told(heard, fresh)
        # In a room what Telegram does not show any more may be a card, whose choices stay.
        if not heard.lasting and (heard.label or begun or not heard.room):
            # On a repeat too: whoever kept the words may have ended before the choices were gone.
            self._means.telling.change(_without_choices(heard), heard.chat)
        if fresh and not heard.room:
            self._means.working.shown(heard.chat)

    def _looked_up(self, pressed: Pressed) -> tuple[str, InboundMessage]:
        """What it was pressed in, and what it says; both are asked for in one other thread."""
        begun = self._begun(pressed)
        return begun, self._message(pressed, begun)

    def _begun(self, pressed: Pressed) -> str:
        """The conversation in a room that the choices stand in; none for a card's."""
        if not pressed.message.shared:
            return ""
        return self._means.window.conversation(pressed.room, str(pressed.post))

    def _message(self, pressed: Pressed, begun: str) -> InboundMessage:
        """The words where they belong; none when nobody knows any more what the button said."""
        own = begun or pressed.message.conversation
        message = replace(pressed.message, conversation=own)
        if not pressed.digest:
            return message
        # The choices of a card were offered to the whole room, those of others in a conversation.
        where = pressed.room if pressed.lasting and pressed.room else own
        said = self._means.window.picked(where, pressed.digest, post=str(pressed.post))
        return replace(message, text=said)

    def _told(self, pressed: Pressed, fresh: bool) -> None:
        if not fresh:
            self._answer(pressed.callback, words.CHOSEN_ALREADY)
        elif pressed.lasting and pressed.room:
            person = int(pressed.message.sender.value)
            self._run(partial(self._tell_where, pressed.callback, person), owed=pressed.callback)
        else:
            self._answer(pressed.callback, "")

    async def _tell_where(self, callback: str, person: int) -> None:
        """That the answer comes in private, or how to begin there where it cannot.

        Whether it can is seen by the one call that shows nobody anything wrong.
        """
        told, alert = words.IN_PRIVATE, False
        try:
            typing = SendChatAction(chat_id=person, action="typing")
            await self._means.calls.call(typing, seconds=LOOKED_WITHIN)
        except CallFailed as failure:
            if failure.kind is Kind.GONE:
                told, alert = words.begin_first(self._own.username), True
        await self._called(_answered(callback, told, alert=alert))

    def _answer(self, callback: str, told: str) -> None:
        """Ends the wait that the person sees; `told` pops up before them."""
        method = _answered(callback, told, alert=bool(told))
        self._run(partial(self._called, method), owed=callback if told else "")

    def _run(self, errand: Errand, *, owed: str) -> None:
        self._means.errands.run(errand, what=ANSWERING, owed=owed, within=ANSWERED_WITHIN)

    async def _called(self, method: Method) -> None:
        await self._means.calls.call(method)


def _answered(callback: str, told: str, *, alert: bool) -> AnswerCallbackQuery:
    return AnswerCallbackQuery(
        callback_query_id=callback, text=told or None, show_alert=alert or None
    )


def _without_choices(pressed: Pressed) -> Method:
    """What was picked in their place, or nothing where the words above are not known."""
    if not pressed.html:
        return EditMessageReplyMarkup(chat_id=pressed.chat, message_id=pressed.post)
    return changed(chosen(pressed.html, pressed.label), pressed.chat, pressed.post)
