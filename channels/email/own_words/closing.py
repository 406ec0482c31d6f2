"""A formula with a name below it, where that is a signature: `Kind regards`, Ada, a telephone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.signatures import is_like_a_name, is_signature
from channels.email.own_words.line import plain
from channels.email.own_words.tables import word_set
from channels.email.own_words.voice import is_own_voice, is_postscript

MOST_LINES = 12  # a signature's, without blank ones
FEW_WORDS = 3  # an answer as short as this is understood only when it stands alone
_CONTACT = re.compile(
    r"\+?\(?\d[\d ()./-]{6,}\d|[^\s@<>]{1,60}@[^\s@<>]{1,100}\.\w|https?://|www\.|\S \| \S"
)


def closing_start(texts: Sequence[str]) -> int:
    """The line that such a signature begins on; the number of lines where none does.

    A mere `Best, Ada` below a longer text is left alone: it does no harm, and is the person's.
    """
    for at in range(len(texts) - 1, max(0, len(texts) - 2 * MOST_LINES), -1):
        if is_formula(texts[at]):
            filled = (line for line in range(at + 1, len(texts)) if plain(texts[line]))
            below = texts[next(filled, len(texts)) :]
            return at if _is_signature(below, above=texts[:at]) else len(texts)
    return len(texts)


def has_contact(texts: Sequence[str]) -> bool:
    """Whether a line tells how or where to reach somebody."""
    return any(_CONTACT.search(text[:200]) for text in texts)


def is_formula(text: str) -> bool:
    """Whether nothing but a formula stands there, such as `Kind regards`."""
    told = plain(text[:80]).strip("*_ ,.!-\u060c\u3001\uff0c\u3002")
    return told in word_set("endings", "closings")


def _is_signature(below: Sequence[str], *, above: Sequence[str]) -> bool:
    """Whether all of it is: somebody's name only where a telephone or the like is below it."""
    if any(map(is_own_voice, below[:2])) or any(map(is_postscript, below)):
        return False
    if has_contact(below):
        named = is_like_a_name(below[0]) and is_signature(below[1:])
        return named or is_signature(below)
    return len(" ".join(above).split()) <= FEW_WORDS and is_signature(below)
