"""Where a vendor counts what is said: with one person, or in a whole room."""

from __future__ import annotations

from bot.domain.messages import Address, OutboundMessage


def in_room(message: OutboundMessage) -> bool:
    """Whether it stands in a room; cards always do."""
    return bool(message.card) or message.shared


def counted_at(message: OutboundMessage) -> str:
    """The person's own conversation, or the room, whatever the thread or topic there.

    A conversation in a room is the room and, after a slash, a thread; the room may be one and,
    after a number sign, a topic.
    """
    if not in_room(message):
        return message.conversation
    return message.conversation.partition("/")[0].partition("#")[0]


def room_of(message: OutboundMessage) -> Address:
    """The room in which it stands; a topic is not told apart from its room."""
    return Address(channel=message.to.channel, value=counted_at(message).partition(":")[2])
