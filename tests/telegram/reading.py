"""What a person reads in a message of Telegram's, and what could be pressed in its words."""

from __future__ import annotations

from typing import Any

from tests.telegram.keyboards import buttons
from tests.telegram.world import Json

REPLY_BY_NUMBER = "Reply with a number."
_CALLING = {"text_link", "text_mention", "custom_emoji"}


def read(message: Json) -> str:
    """The words on the screen in reading order; what can be pressed stands as a numbered list."""
    words = [_words(message)]
    labels = [one["text"] for one in buttons(message) if "callback_data" in one]
    if labels and REPLY_BY_NUMBER not in words[0]:
        listed = [f"{place}. {label}" for place, label in enumerate(labels, start=1)]
        if not all(label.startswith(f"{place}. ") for place, label in enumerate(labels, start=1)):
            words += listed
        words.append(REPLY_BY_NUMBER)
    return "\n\n".join(part for part in words if part)


def labels_of(message: Json) -> list[str]:
    """What stands on the buttons, in reading order."""
    return [one["text"] for one in buttons(message)]


def calls(message: Json) -> list[str]:
    """Whom the message would call, and where its words would lead; empty when it is inert."""
    found: list[Any] = [*message.get("entities", ()), *message.get("caption_entities", ())]
    return [str(one) for one in found if one["type"] in _CALLING]


def marked(message: Json, kind: str) -> list[str]:
    """The words that an entity of that kind marks."""
    text = message.get("text") or message.get("caption", "")
    entities = message.get("entities") or message.get("caption_entities", ())
    whole = text.encode("utf-16-le")
    return [
        whole[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in entities
        if one["type"] == kind
    ]


def _words(message: Json) -> str:
    caption = str(message.get("caption", ""))
    if "photo" in message:
        return f"Picture: {caption}"
    if "text" not in message:
        return caption
    return str(message.get("text", ""))
