"""A reply's blocks -> parts small enough to stand in any message of Slack's; pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.domain.messages import Block, Bullets, Chart, Download, Paragraph, Quotation, Reply
from bot.domain.text import plain
from channels.markup import place, plain_text
from channels.slack import blocks
from channels.slack.blocks import LONGEST
from channels.slack.entities import escaped

_A_LINE = 100  # what a line of a list weighs without its words
_LONGEST_LIST = 2 * LONGEST
_LONGEST_PLACE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Blocks that stay together, and the same as plain text."""

    blocks: tuple[blocks.Block, ...]
    text: str


def parts(block: Block) -> Iterator[Part]:
    """The block in order; nothing of its words is lost, and nothing empty is made."""
    match block:
        case Paragraph():
            yield from paragraphs(block.text)
        case Bullets():
            yield from _bullets(block)
        case Quotation():
            yield from _quotation(block)
        case Chart():
            yield from small_print(f"Picture: {block.alt}")
        case Download():
            yield from small_print(f"File: {block.name}")
        case _:
            assert_never(block)


def paragraphs(text: str) -> Iterator[Part]:
    """Words of any length as paragraphs."""
    for piece in pieces(plain(text)):
        yield Part(blocks=(blocks.paragraph(piece),), text=piece)


def small_print(text: str) -> Iterator[Part]:
    """Words of any length beside what matters more."""
    for piece in pieces(plain(text)):
        yield Part(blocks=(blocks.context(piece),), text=piece)


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """The text cut between lines, else between words, else anywhere; only white space is lost."""
    found = []
    rest = text.strip()
    while len(rest) > longest:
        end = rest.rfind("\n", longest // 2, longest)
        end = end if end > 0 else rest.rfind(" ", longest // 2, longest)
        end = end if end > 0 else longest
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*found, rest] if rest else found


def _bullets(block: Bullets) -> Iterator[Part]:
    """Lines by the handful; a line that is too long goes on below its list."""
    row: list[str] = []
    for item in block.items:
        first, *more = pieces(plain(item)) or [""]
        if row and sum(map(_heft, [*row, first])) > _LONGEST_LIST:
            yield _list(row)
            row = []
        row += [first] if first else []
        if more:
            yield _list(row)
            row = []
            yield from paragraphs("\n".join(more))
    if row:
        yield _list(row)


def _heft(line: str) -> int:
    return len(escaped(line)) + _A_LINE


def _list(items: Sequence[str]) -> Part:
    twin = plain_text(Reply(blocks=(Bullets(items=tuple(items)),)))
    return Part(blocks=(blocks.bullets(items),), text=twin)


def _quotation(block: Quotation) -> Iterator[Part]:
    """Its place stands below its last words, in the same message."""
    *first, last = pieces(plain(block.text)) or [""]
    for piece in first:
        yield Part(blocks=(blocks.quote(piece),), text=piece)
    where, *rest = pieces(plain(place(block)), _LONGEST_PLACE)
    quoted = (blocks.quote(last),) if last else ()
    text = f"{last}\n\u2014 {where}".strip()
    yield Part(blocks=(*quoted, blocks.context(where)), text=text)
    yield from small_print(" ".join(rest))
