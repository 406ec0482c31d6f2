"""Where a message stands at Telegram; pure.

https://core.telegram.org/bots/api#chat
"""

from __future__ import annotations

from bot.domain.messages import Address
from channels.json_values import Json, part
from channels.telegram.own import Own
from channels.telegram.payload import address, natural, whole

_GROUPS = frozenset({"group", "supergroup", "channel"})


def chat_of(message: Json) -> int:
    """The chat's id: a person's own for their private chat, below 0 for a group; 0 when none."""
    return whole(part(message, "chat"), "id")


def is_private(message: Json) -> bool:
    """Whether nobody else reads along."""
    kind = part(message, "chat").get("type")
    return chat_of(message) > 0 and not (isinstance(kind, str) and kind in _GROUPS)


def room_of(message: Json) -> Address:
    """The group, or the topic in it, which has a number; the topic General has none.

    A group without topics gives its replies numbers too: they lead nowhere
    (https://github.com/tdlib/telegram-bot-api/issues/356).
    """
    chat, topic = chat_of(message), natural(message, "message_thread_id")
    in_topic = message.get("is_topic_message") is True and topic
    return address(f"{chat}#{topic}" if in_topic else chat)


def replied_to(message: Json, own: Own) -> str:
    """The id of the message of Carrel's that it replies to, or nothing.

    All of a topic replies to the message that opened the topic, which means nothing.
    """
    older = part(message, "reply_to_message")
    post = natural(older, "message_id")
    opened = message.get("is_topic_message") is True and post == message.get("message_thread_id")
    if not post or opened or natural(part(older, "from"), "id") != own.id:
        return ""
    return str(post)
