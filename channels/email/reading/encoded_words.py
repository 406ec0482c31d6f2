"""Words that a header spells in ASCII (RFC 2047) -> the words."""

from __future__ import annotations

import binascii
import re

from bot.domain.text import plain
from channels.email.reading.charsets import text_of
from channels.email.reading.transfer import from_base64

LONGEST = 4_000  # characters of a header that is shown to people
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,2000}(?:\?(?!=)[^?]{0,200}){0,9})\?=")


def shown(value: str) -> str:
    """The words of a header on one line, by which no screen can be misled."""
    return " ".join(plain(decoded(value)).split())


def decoded(value: str) -> str:
    """The value with its encoded words put back; what is none stays as it is."""
    value = value[:LONGEST]
    if "=?" not in value:
        return value
    pieces: list[str] = []
    waiting: tuple[str, bytes] | None = None  # letters may be cut in two between words
    at = 0
    for found in _WORD.finditer(value):
        between = value[at : found.start()]
        charset, data = _read(found)
        if waiting and not between.strip() and waiting[0] == charset:
            waiting = (charset, waiting[1] + data)
        else:
            pieces.append(_text(waiting))
            pieces.append("" if waiting and not between.strip() else between)
            waiting = (charset, data)
        at = found.end()
    return "".join([*pieces, _text(waiting), value[at:]])


def _read(found: re.Match[str]) -> tuple[str, bytes]:
    charset, way, spelt = found.groups()
    data = spelt.encode("utf-8", errors="replace")
    if way in "bB":
        return charset.partition("*")[0].lower(), from_base64(data)
    return charset.partition("*")[0].lower(), binascii.a2b_qp(data, header=True)


def _text(waiting: tuple[str, bytes] | None) -> str:
    return text_of(waiting[1], waiting[0]) if waiting else ""
