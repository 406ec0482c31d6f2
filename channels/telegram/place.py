"""Where on Telegram a conversation is; pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A chat, a topic of it (0 for none), and the message that is replied to (0 for none)."""

    chat: int
    topic: int = 0
    below: int = 0

    @property
    def is_room(self) -> bool:
        """Whether several people are there."""
        return self.chat < 0


def place(conversation: str, thread: str = "") -> Place:
    """The place of `telegram:CHAT`, `telegram:CHAT#TOPIC`, and either with a slash and more.

    Raises `ValueError` when the conversation is none of Telegram's.
    """
    room = conversation.partition(":")[2].partition("/")[0]
    chat, _, topic = room.partition("#")
    below = int(thread) if thread.isdecimal() else 0
    return Place(chat=int(chat), topic=int(topic or 0), below=below)
