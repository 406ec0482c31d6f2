"""Presses on buttons below messages of Carrel's -> the words they stand for; pure.

https://core.telegram.org/bots/api#callbackquery
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from bot.domain.limits import LONGEST_NAME
from bot.domain.messages import Address, InboundMessage
from channels.telegram.entities import Marked
from channels.telegram.heard import Heard, Ignored, Pressed, Stale, Why
from channels.telegram.marks import Mark, mark
from channels.telegram.own import Own
from channels.telegram.payload import (
    Json,
    address,
    callback_id,
    listed,
    natural,
    objects,
    part,
    parts,
    raw,
    words,
)
from channels.telegram.where import chat_of, is_private, room_of


def pressed(query: Json, _: Own, now: datetime) -> Heard:
    """What an update of the kind `callback_query` means."""
    callback, user = callback_id(query), natural(part(query, "from"), "id")
    if not callback or not user:
        return Ignored(why=Why.MALFORMED, detail="callback_query")
    below, known = part(query, "message"), mark(raw(query, "data"))
    chat, post = chat_of(below), natural(below, "message_id")
    if known is None or not chat or not post:
        return Stale(callback=callback)
    return Pressed(
        message=_message(query, known, sender=address(user), now=now),
        callback=callback,
        chat=chat,
        post=post,
        room="" if is_private(below) else str(room_of(below)),
        label=_label(query) or " ".join(known.says.split())[:LONGEST_NAME],
        html=Marked(text=raw(below, "text"), entities=parts(below, "entities")).html(),
        digest=known.digest,
        lasting=known.lasting,
    )


def _message(query: Json, known: Mark, *, sender: Address, now: datetime) -> InboundMessage:
    """The words as if they had been said where the choices stand; a card's are said alone.

    The second of two presses on an ordinary message has the id of the first. In a group the
    conversation is the adapter's to look up, as for a reply to the message.
    """
    below = part(query, "message")
    chat, post = chat_of(below), natural(below, "message_id")
    shared = not (known.lasting or is_private(below))
    same = hashlib.sha256(raw(query, "data").encode(errors="replace")).hexdigest()[:12]
    once = callback_id(query) if known.lasting else same
    return InboundMessage(
        id=f"pressed:{chat}:{post}:{sender.value}:{once}",
        sender=sender,
        conversation=f"{room_of(below)}/{post}" if shared else str(sender),
        text=known.says,
        sent_at=now,
        shared=shared,
        thread=str(post) if shared else "",
        apart=True,
    )


def _label(query: Json) -> str:
    """What stands on the button; nothing where Telegram does not show the message any more."""
    markup, data = part(query, "message", "reply_markup"), raw(query, "data")
    buttons = (one for row in listed(markup, "inline_keyboard") for one in objects(row))
    found = (words(one, "text") for one in buttons if raw(one, "callback_data") == data)
    return " ".join(next(found, "").split())[:LONGEST_NAME]
