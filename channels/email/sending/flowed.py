"""Paragraphs -> short lines that a mail program may join again (RFC 3676).

Lines stay short because of what comes back: programs that fold long lines of what they quote leave
every second line without its mark, and nobody can tell any more whose words it holds.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

KIND = "plain; charset=utf-8; format=flowed"
WIDTH = 72  # characters: quoted twice or three times it still fits
_WORD = re.compile(r"\S+\s*|\s+")
_INDENT = "    "
_STUFFED = re.compile(r"[ >]|From ")  # what a line may not begin with


def flowed(text: str) -> str:
    """The text in lines; the end of each that goes on below is a blank."""
    return "\n".join(one for line in text.split("\n") for one in _lines(line.rstrip()))


def indented(text: str) -> str:
    """The text set off by blanks, in lines that no mail program joins: they would lose the blanks.

    What a program takes for words quoted of its reader, it shows small or not at all.
    """
    lines = (one for line in text.split("\n") for one in _wrapped(line) or [""])
    return "\n".join(f" {_INDENT}{one}".rstrip() for one in lines)  # a first blank is taken off


def _wrapped(line: str) -> list[str]:
    return textwrap.wrap(
        line, WIDTH - len(_INDENT) - 1, break_long_words=False, break_on_hyphens=False
    )


def _lines(line: str) -> Iterator[str]:
    held = ""  # never broken off while it is a dash alone, which would begin a signature
    for word in _WORD.findall(line) or [""]:
        if held.strip(" -") and len(held) + len(word.rstrip()) > WIDTH - 4:
            yield _begun(held)
            held = ""
        held += word
    yield _begun(held)


def _begun(line: str) -> str:
    return f" {line}" if _STUFFED.match(line) else line
