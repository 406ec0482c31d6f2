"""Paragraphs -> short lines that a mail program may join again (RFC 3676).

Lines stay short because of what comes back: programs that fold long lines of what they quote leave
every second line without its mark, and nobody can tell any more whose words it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

KIND = "plain; charset=utf-8; format=flowed"
WIDTH = 72  # characters: quoted twice or three times it still fits
_WORD = re.compile(r"\S+\s*|\s+")
_STUFFED = re.compile(r"[ >]|From ")  # what a line may not begin with


def flowed(text: str, *, quoted: bool = False) -> str:
    """The text in lines; the end of each that goes on below is a blank."""
    return "\n".join(one for line in text.split("\n") for one in _lines(line.rstrip(), quoted))


def _lines(line: str, quoted: bool) -> Iterator[str]:
    held = ""  # never broken off while it is a dash alone, which would begin a signature
    for word in _WORD.findall(line) or [""]:
        if held.strip(" -") and len(held) + len(word.rstrip()) > WIDTH - 4:
            yield _begun(held, quoted)
            held = ""
        held += word
    yield _begun(held, quoted)


def _begun(line: str, quoted: bool) -> str:
    stuffed = f" {line}" if not quoted and _STUFFED.match(line) else line
    return f"> {stuffed}" if quoted else stuffed
