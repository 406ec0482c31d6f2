"""Whether a line is somebody speaking: what firms and programs add below it never does."""

from __future__ import annotations

import re
from functools import cache

from channels.email.own_words.line import plain
from channels.email.own_words.tables import word_set, words

FEWEST_WORDS = 4  # of a sentence
FEWEST_SMALL = 6  # words of prose that begin with no capital letter
_END = re.compile(r"(?:[^\W\d_]{2}|[)\d\"'\u2019\u201d])(?:[.!?]+|\u2026)[)\"'\u2019\u201d]?$")
_FAR_END = re.compile(
    r"[\u3002\uff01\uff1f\u061f\u0964]$"
)  # no blanks need stand between its words
_ABBREVIATED = re.compile(r"\b(?:ltd|inc|co|corp|dept|univ|prof|dr|tel|st|jr|sr|esq|ext)\.$")
_MYSELF = re.compile(r"(?<![\w'\u2019.])I(?:['\u2019](?:m|ve|ll|d))?(?![\w.])")  # `i` is Polish too
_POSTSCRIPT = re.compile(r"p\.? ?s\b[.:,]? ?\S")


def is_own_voice(text: str) -> bool:
    """Whether somebody speaks of themselves, or asks."""
    told = plain(text)
    for phrase in words("endings", "own_views"):
        told = told.replace(phrase, "")
    return bool(_MYSELF.search(text) or _own().search(told) or "? " in f"{told} ")


def is_sentence(text: str) -> bool:
    """Whether a whole sentence ends with the line."""
    told = plain(text)
    if _FAR_END.search(told):
        return True
    ended = _END.search(told) is not None and _ABBREVIATED.search(told) is None
    return ended and len(told.split()) >= FEWEST_WORDS


def is_prose(text: str) -> bool:
    """Whether it reads like a line of a sentence, and not like titles and names."""
    told = text.split()
    small = sum(word[:1].islower() for word in told)
    return small >= FEWEST_SMALL and 2 * small > len(told)


def is_said(text: str) -> bool:
    """Whether it is a sentence, or a part of one."""
    return is_sentence(text) or is_prose(text)


def is_postscript(text: str) -> bool:
    """Such as `PS: the second file is the letter`, which stands below a name."""
    return _POSTSCRIPT.match(plain(text)) is not None


def is_of_the_mail(text: str) -> bool:
    """Whether it tells of the mail itself, as the first sentence of a disclaimer does."""
    told = plain(text)
    return any(word in told for word in words("endings", "mail_itself"))


@cache
def _own() -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(word_set("endings", "own_voice")))
    return re.compile(rf"(?<![\w'\u2019.@/-])(?:{listed})(?!\w|[.@/-]\w)")
