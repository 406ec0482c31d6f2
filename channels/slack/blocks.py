"""Blocks of Slack's in which no words of anybody's are looked through for marks; pure.

Text elements of `rich_text` and `plain_text` objects are shown as they are: they can mention
nobody and become no link. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block and
https://docs.slack.dev/reference/block-kit/composition-objects/text-object
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from channels.slack.entities import escaped

Block = dict[str, Any]

# Text of one block: Slack takes 3,000 characters, and may count an emoji as two.
LONGEST = 1_500


def paragraph(text: str) -> Block:
    """Words on their own; `text` is neither empty nor longer than `LONGEST`."""
    return _rich(_section(text))


def bullets(items: Iterable[str]) -> Block:
    """A list of lines, none of them empty."""
    lines = [_section(item) for item in items]
    return _rich({"type": "rich_text_list", "style": "bullet", "elements": lines})


def quote(text: str) -> Block:
    """Somebody else's words, set apart by a line at their side."""
    return _rich({"type": "rich_text_quote", "elements": [_text(text)]})


def context(text: str) -> Block:
    """Small print; https://docs.slack.dev/reference/block-kit/blocks/context-block."""
    return {"type": "context", "elements": [plain_object(text)]}


def image(file: str, *, title: str, alt: str) -> Block:
    """A picture kept at Slack; https://docs.slack.dev/reference/block-kit/blocks/image-block."""
    shown = {"type": "image", "slack_file": {"id": file}, "alt_text": cut(alt, 2_000)}
    return {**shown, "title": plain_object(cut(title, 2_000))} if title else shown


def plain_object(text: str) -> Block:
    """A text object that is shown as it is, `:names:` of emoji too."""
    return {"type": "plain_text", "text": text, "emoji": False}


def cut(text: str, longest: int) -> str:
    """The text, its end replaced by an ellipsis where it is too long."""
    return text if _units(text) <= longest else _fitting(text, longest - 1) + "\u2026"


def weight(blocks: Sequence[Block]) -> int:
    """How heavy blocks are for Slack, rather too heavy: everything written out and escaped."""
    return _units(escaped(json.dumps(blocks, ensure_ascii=False)))


def _fitting(text: str, longest: int) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * longest]
    return raw.decode("utf-16-le", "ignore").rstrip()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _rich(element: Block) -> Block:
    return {"type": "rich_text", "elements": [element]}


def _section(text: str) -> Block:
    return {"type": "rich_text_section", "elements": [_text(text)]}


def _text(text: str) -> Block:
    return {"type": "text", "text": text}
