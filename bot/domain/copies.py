"""The ids of one mail that came twice: once surely from its sender, once stripped of the proof."""

from __future__ import annotations

from bot.domain.messages import InboundMessage

_STRIPPED = "#unproved"  # behind the id that the same mail has where it is proved


def stripped_id(id: str) -> str:
    """The id of the mail of that id where nothing proves it: never the same, and known from it."""
    return f"{id}{_STRIPPED}"


def whole_id(message: InboundMessage) -> str:
    """The id that the message has where it came proved; empty when this one is that."""
    return message.id.removesuffix(_STRIPPED) if message.id.endswith(_STRIPPED) else ""
