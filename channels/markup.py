"""Blocks -> plain text that reads well aloud: the twin of every richer form."""

from __future__ import annotations

import textwrap
from typing import assert_never

from bot.domain.messages import (
    Block,
    Bullets,
    Chart,
    Choice,
    Download,
    Paragraph,
    Quotation,
    Reply,
)
from bot.domain.text import plain

REPLY_BY_NUMBER = "Reply with a number."


def plain_text(reply: Reply, *, width: int = 0) -> str:
    """The reply as text, wrapped at `width` characters (0: not at all), choices numbered.

    What is quoted of others can hold no mark that turns a screen over.
    """
    parts = [_block(block, width) for block in reply.blocks]
    if reply.choices:
        parts.append(_choices(reply.choices))
    return plain("\n\n".join(part for part in parts if part))


def place(quotation: Quotation) -> str:
    """Where a quotation stands: document, heading, and how old it is."""
    where = f"{quotation.document}, \u201c{quotation.heading}\u201d"
    return f"{where} ({quotation.dated})" if quotation.dated else where


def _block(block: Block, width: int) -> str:
    match block:
        case Paragraph():
            return _wrap(block.text, width)
        case Bullets():
            return "\n".join(_wrap(item, width, first="- ", rest="  ") for item in block.items)
        case Quotation():
            quoted = [_wrap(line, width, first="  ", rest="  ") for line in block.text.split("\n")]
            return "\n".join(
                [*quoted, _wrap(f"\u2014 {place(block)}", width, first="  ", rest="    ")]
            )
        case Chart():
            return _wrap(f"Picture: {block.alt}", width)
        case Download():
            return _wrap(f"File: {block.name}", width)
        case _:
            assert_never(block)


def _choices(choices: tuple[Choice, ...]) -> str:
    lines = [f"  {number}. {choice.label}" for number, choice in enumerate(choices, start=1)]
    return "\n".join([*lines, REPLY_BY_NUMBER])


def _wrap(text: str, width: int, *, first: str = "", rest: str = "") -> str:
    if not width:
        return first + text
    lines = text.split("\n")
    return "\n".join(
        textwrap.fill(
            line,
            width,
            initial_indent=first,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in lines
    )
