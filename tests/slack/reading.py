"""What a person reads in a message or a view of Slack's, and whom it would call."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from tests.slack.doing import labels
from tests.slack.workspace import Json

REPLY_BY_NUMBER = "Reply with a number."
_CALLS = re.compile(r"<(?:!|@|#)[^>]*>")
_CALLING = {"user", "usergroup", "broadcast", "channel", "link", "team"}


def read(message: Json) -> str:
    """The words on the screen in reading order; what can be pressed stands as a numbered list."""
    blocks = message.get("blocks") or []
    if not blocks:
        return html.unescape(message.get("text", ""))
    words = [text for block in blocks for text in _block(block)]
    pressed = labels(blocks)
    if pressed and REPLY_BY_NUMBER not in "\n".join(words):
        if not any(":labels:" in block.get("block_id", "") for block in blocks):
            words += [f"{place}. {label}" for place, label in enumerate(pressed, start=1)]
        words.append(REPLY_BY_NUMBER)
    return "\n\n".join(words)


def twin(message: Json) -> str:
    """What is read aloud in its place."""
    return html.unescape(message.get("text", ""))


def calls(message: Json) -> list[str]:
    """Everybody and everything that the message would call or link to; empty when it is inert."""
    return [*_CALLS.findall(message.get("text", "")), *_called(message.get("blocks") or [])]


def _block(block: Json) -> Iterator[str]:
    match block["type"]:
        case "section" | "header":
            yield from (_words(block[n]) for n in ("text",) if n in block)
            yield from (_words(field) for field in block.get("fields", ()))
        case "context":
            yield from (_words(one) for one in block["elements"])
        case "markdown":
            yield block["text"]
        case "rich_text":
            yield from (_rich(one) for one in block["elements"])
        case "image":
            yield f"Picture: {block['alt_text']}"
        case "input":
            yield _words(block["label"])


def _words(text: Json) -> str:
    if text["type"] == "image":
        return f"Picture: {text['alt_text']}"
    found: str = text["text"]
    return html.unescape(found) if text["type"] == "mrkdwn" else found


def _rich(element: Json) -> str:
    if element["type"] == "rich_text_list":
        return "\n".join(f"- {_rich(line)}" for line in element["elements"])
    return "".join(one.get("text", one.get("name", "")) for one in element["elements"])


def _called(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield from _CALLS.findall(part["text"])
        if part.get("type") in _CALLING:
            yield str(part)
        yield from _called(list(part.values()))
    elif isinstance(part, Sequence) and not isinstance(part, str):
        for one in part:
            yield from _called(one)
