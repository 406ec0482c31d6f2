"""Messages at Telegram -> who said what to whom; pure.

https://core.telegram.org/bots/api#message. What somebody passes on counts as said by them.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.messages import InboundMessage
from channels.json_values import Json, part, words
from channels.telegram import words as told
from channels.telegram.attached import attachments
from channels.telegram.commands import command
from channels.telegram.content import advice, service
from channels.telegram.entities import Marked
from channels.telegram.heard import Advised, Heard, Ignored, Moved, Said, Why
from channels.telegram.own import Own
from channels.telegram.payload import address, instant, natural, whole
from channels.telegram.where import chat_of, is_private, replied_to, room_of

LONGEST_BATCH = 64  # letters; Telegram's have under 20
HELP = "help"  # what is meant by saying nothing to Carrel


def said(message: Json, own: Own, now: datetime) -> Heard:
    """What an update of the kind `message` means."""
    if moved := _moved(message):
        return moved
    if why := _passed_over(message, own):
        return Ignored(why=why, detail=service(message))
    return _privately(message, own, now) if is_private(message) else _openly(message, own, now)


def _moved(message: Json) -> Moved | None:
    """A group and the supergroup in its place tell each of the other."""
    chat = chat_of(message)
    old = whole(message, "migrate_from_chat_id") or chat
    new = whole(message, "migrate_to_chat_id") or chat
    return Moved(room=address(old), to=address(new)) if chat and old != new else None


def _passed_over(message: Json, own: Own) -> Why | None:
    sender, by_chat = part(message, "from"), bool(part(message, "sender_chat"))
    if not chat_of(message) or not natural(message, "message_id"):
        return Why.MALFORMED
    if natural(sender, "id") == own.id or (sender.get("is_bot") is True and not by_chat):
        return Why.BOT
    if service(message):
        return Why.SYSTEM
    if message.get("is_automatic_forward") is True:  # a channel's post below which a group talks
        return Why.NOT_ADDRESSED
    known = by_chat or natural(sender, "id") or is_private(message)
    return None if known else Why.MALFORMED


def _privately(message: Json, own: Own, now: datetime) -> Heard:
    found = _message(message, own, now)
    return Said(message=found) if found.text or found.attachments else _advised(message)


def _openly(message: Json, own: Own, now: datetime) -> Heard:
    """In a group Carrel hears what is said to it: by name, by a command, or as a reply to it."""
    if not _is_addressed(message, own):
        return Ignored(why=Why.NOT_ADDRESSED)
    if part(message, "sender_chat"):
        return _advised(message, told.ANONYMOUS)
    found = _message(message, own, now)
    if not (found.text or found.attachments):
        return _advised(message)
    return Said(message=found, room=str(room_of(message)), reply_to=found.answers)


def _is_addressed(message: Json, own: Own) -> bool:
    text = Marked.of(message)
    if text.mentions(own):
        return True
    begun = command(text.readable(own))
    if begun and begun.bot:
        return begun.names(own)
    return bool(replied_to(message, own)) or bool(begun and begun.is_listed(own))


def _advised(message: Json, advised: str = "") -> Advised:
    post = natural(message, "message_id")
    return Advised(chat=chat_of(message), post=post, words=advised or advice(message))


def _message(message: Json, own: Own, now: datetime) -> InboundMessage:
    """The words; a reply's conversation in a group is the adapter's to look up."""
    text, apart = words_of(message, own)
    post, reply, private = (
        natural(message, "message_id"),
        replied_to(message, own),
        is_private(message),
    )
    sender = address(chat_of(message) if private else natural(part(message, "from"), "id"))
    shared = f"{room_of(message)}/{reply or post}"
    return InboundMessage(
        id=f"{chat_of(message)}:{post}",
        sender=sender,
        conversation=str(sender) if private else shared,
        text=text,
        sent_at=instant(message, now),
        attachments=attachments(message, own),
        shared=not private,
        thread="" if private else str(post),
        answers=reply,
        batch=words(message, "media_group_id")[:LONGEST_BATCH],
        apart=apart,
    )


def words_of(message: Json, own: Own) -> tuple[str, bool]:
    """The words of a message, and whether they stand for themselves.

    They do when they are a command, or call Carrel by name where others read along.
    """
    text = Marked.of(message)
    found = text.readable(own)
    begun = command(found)
    by_name = not is_private(message) and text.mentions(own)
    if begun and (is_private(message) or not begun.bot or begun.names(own)):
        return begun.says(own), True
    nothing = HELP if text.text and not attachments(message, own) else ""
    return found or nothing, by_name
