"""A reply's blocks -> parts small enough to stand in any message of Telegram's; pure.

https://core.telegram.org/bots/api#html-style: of all marks only `&`, `<` and `>` are escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from bot.domain.messages import Block, Bullets, Chart, Download, Paragraph, Quotation
from bot.domain.text import plain
from channels.markup import place
from channels.telegram.units import cut, pieces, units

LONGEST = 4_096  # units of a message
ROOM = 3_980  # the rest is for the choice that is picked
LONGEST_CAPTION = 1_024  # units below a picture
_LONGEST_QUOTE, _LONGEST_PLACE = 3_000, 900


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Words that stay together: a `quote` set apart by a line at its side, and `text` below it."""

    quote: str = ""
    text: str = ""

    @property
    def html(self) -> str:
        """The part with Telegram's marks."""
        quoted = f"<blockquote>{escaped(self.quote)}</blockquote>" if self.quote else ""
        return "\n".join(one for one in (quoted, escaped(self.text)) if one)

    @property
    def units(self) -> int:
        """How long it is for Telegram, which counts no marks."""
        return units(self.quote) + bool(self.quote and self.text) + units(self.text)


def escaped(text: str) -> str:
    """The text for a field where Telegram looks for marks: it finds none."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def parts(block: Block) -> Iterator[Part]:
    """The block in order; nothing of its words is lost, and nothing empty is made.

    A picture's own words stand below it (`caption`); here only when they are too long for that.
    """
    match block:
        case Paragraph():
            yield from paragraphs(block.text)
        case Bullets():
            lines = (plain(item).strip() for item in block.items)
            yield from paragraphs("\n".join(f"- {line}" for line in lines if line))
        case Quotation():
            yield from _quotation(block)
        case Chart():
            if not _captioned(block):
                yield from picture(block)
        case Download():
            yield from paragraphs(f"File: {block.name}")
        case _:
            assert_never(block)


def paragraphs(text: str) -> Iterator[Part]:
    """Words of any length."""
    for piece in pieces(text, ROOM):
        yield Part(text=piece)


def picture(chart: Chart) -> Iterator[Part]:
    """What a picture shows, in words."""
    yield from paragraphs(f"Picture: {chart.alt}")


def caption(chart: Chart) -> str:
    """What stands below a picture, as plain text for a field without marks of Telegram's."""
    return plain(chart.alt) if _captioned(chart) else cut(plain(chart.title), LONGEST_CAPTION)


def shortened(part: Part, longest: int) -> Part:
    """The beginning of a part, at most so many units and an ellipsis."""
    found = pieces(part.quote or part.text, longest)
    begun = f"{found[0]} \u2026" if found else ""
    return Part(quote=begun) if part.quote else Part(text=begun)


def _captioned(chart: Chart) -> bool:
    return units(plain(chart.alt)) <= LONGEST_CAPTION


def _quotation(block: Quotation) -> Iterator[Part]:
    """Its place stands below its last words, in the same message."""
    *first, last = pieces(block.text, _LONGEST_QUOTE) or [""]
    for piece in first:
        yield Part(quote=piece)
    where, *rest = pieces(f"\u2014 {place(block)}", _LONGEST_PLACE)
    yield Part(quote=last, text=where)
    yield from paragraphs(" ".join(rest))
