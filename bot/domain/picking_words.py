"""Which choice words such as `the second one` pick; pure."""

from __future__ import annotations

import re

ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]
_SHORT = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"]
LAST = "last"
_WHICH = "|".join((*ORDINALS, *_SHORT, LAST))
_MEANT = r"(?:i(?:.ll| will|.d like| would like)? (?:choose|pick|take|want) |i.d like |it.s )?"
# Without `the` or `one` it may be anything that people say with one word.
_ORDINAL = re.compile(
    rf"{_MEANT}(?:the (?P<the>{_WHICH})(?: (?:one|option|choice))?"
    rf"|(?P<bare>{_WHICH}) (?:one|option|choice))"
)
_ONE = r"\(?#?\d{1,3}\)?"
_BETWEEN = r"(?:\s*[,;&+/]\s*(?:and |or )?|\s+(?:and|or)\s+)"
_SEVERAL = re.compile(rf"(?:(?:both|numbers?|options?) )?{_ONE}(?:{_BETWEEN}{_ONE}){{1,20}}")


def is_ordinal(said: str) -> bool:
    """Whether the words, in lower case and without politeness, can only be a place in a list."""
    return _ORDINAL.fullmatch(said) is not None


def place_of(said: str, count: int) -> int | None:
    """The place, from 0, of one among that many; None where no such place is said."""
    found = _ORDINAL.fullmatch(said)
    if found is None:
        return None
    word = found["the"] or found["bare"]
    if word == LAST:
        return count - 1 if count else None
    place = (ORDINALS if word in ORDINALS else _SHORT).index(word)
    return place if place < count else None


def is_several(said: str) -> bool:
    """Whether the words are several numbers of one list: `1 and 3`."""
    return _SEVERAL.fullmatch(said) is not None
