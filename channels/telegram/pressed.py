"""Presses on buttons below messages of Carrel's -> the words they stand for; pure.

https://core.telegram.org/bots/api#callbackquery
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from bot.domain.limits import LONGEST_NAME
from bot.domain.messages import Address, InboundMessage
from channels.json_values import Json, listed, objects, part, parts, raw, words
from channels.telegram.entities import Marked
from channels.telegram.heard import Heard, Ignored, Pressed, Stale, Why
from channels.telegram.marks import Mark, mark
from channels.telegram.own import Own
from channels.telegram.payload import address, callback_id, natural
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
    offered, data = _offered(below), raw(query, "data")
    # Anybody's client can send any words for any message of Carrel's: only those count that stand
    # on it. What Telegram does not show any more is at least not written anew.
    if data not in offered and not _is_hidden(below):
        return Stale(callback=callback, chosen=not (offered or known.lasting))
    return Pressed(
        message=_message(query, known, sender=address(user), now=now),
        callback=callback,
        chat=chat,
        post=post,
        room="" if is_private(below) else str(room_of(below)),
        label=offered.get(data, ""),
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


def _offered(below: Json) -> Mapping[str, str]:
    """What stands on each of the message's buttons, by what it brings back."""
    rows = listed(part(below, "reply_markup"), "inline_keyboard")
    buttons = (one for row in reversed(rows) for one in reversed(objects(row)))
    named = ((raw(one, "callback_data"), " ".join(words(one, "text").split())) for one in buttons)
    return {data: label[:LONGEST_NAME] or data for data, label in named if data}


def _is_hidden(below: Json) -> bool:
    """https://core.telegram.org/bots/api#inaccessiblemessage"""
    return below.get("date") == 0
