"""Which mail came back in a bounce."""

from __future__ import annotations

import re
from collections.abc import Iterator

from channels.email.mail import Mail

LONGEST = 200_000  # characters of each text that are looked through
_LINE = re.compile(
    r"^[ \t>|]{0,8}message-id[ \t]{0,8}:\s{0,4}<?([^\s<>]{3,250})>?", re.IGNORECASE | re.MULTILINE
)
_ESCAPED = re.compile(r"message-id[ \t]*:\s{0,4}&lt;([^\s<>&]{3,250})&gt;", re.IGNORECASE)


def returned(mail: Mail, *, shape: re.Pattern[str]) -> str:
    """The Message-ID of the mail that came back: one of Carrel's `shape` before all others."""
    found = tuple(_named(mail))
    return next((one for one in found if shape.fullmatch(one)), found[0] if found else "")


def _named(mail: Mail) -> Iterator[str]:
    yield from (one.message_id for one in mail.forwarded if one.message_id)
    for text in (*(one.text for one in mail.forwarded), *(leaf.text for leaf in mail.leaves)):
        yield from _lines(text)
    yield from _lines(mail.text)
    yield from _lines(mail.html)
    yield from mail.replies_to


def _lines(text: str) -> Iterator[str]:
    for pattern in (_LINE, _ESCAPED):
        yield from (found[1] for found in pattern.finditer(text[:LONGEST]))
