"""The block of header lines that Outlook and others put above the mail that is answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache

from channels.email.own_words.line import Line, plain
from channels.email.own_words.tables import table

MOST_LINES = 16
LONGEST_LABEL = 30  # characters
MOST_CONTINUED = 4  # lines that one header's value goes on over
_ZONE = re.compile(r"\d:\d\d:\d\d (?:[+-]\d{4}|gmt|utc)")
_CLOCK = re.compile(r"\d[:.h]\d\d")


class Label(Enum):
    """What a header line tells; the values are the keys of the table."""

    FROM = "from"
    DATE = "date"
    TO = "to"
    SUBJECT = "subject"
    OTHER = "other"


def block_end(lines: Sequence[Line], start: int, *, ruled: bool) -> int:
    """The line after the header block that begins at `start`; `start` where none does.

    `ruled` tells that a rule stands above it, so that fewer headers will do.
    """
    if not _labels_of(lines[start].text):
        return start
    found: list[frozenset[Label]] = []
    end = start
    continued = 0
    for at in range(start, min(len(lines), start + MOST_LINES)):
        text = lines[at].text
        labels = _labels_of(text)
        blank = not plain(text)
        continued = 0 if labels else continued + 1
        if continued > MOST_CONTINUED or (not labels and not blank and _ended(lines, at)):
            break
        if labels:
            found.append(labels)
            end = at + 1
    words = " ".join(plain(line.text) for line in lines[start:end])
    if _is_timetable(lines[start:end]):
        return start
    return end if _is_block(found, words, ruled=ruled) else start


def _is_timetable(lines: Sequence[Line]) -> bool:
    """Whether `From:` names nobody, as in `From: 10:00`."""
    for line in lines:
        if Label.FROM in _labels_of(line.text):
            _, _, whom = line.text.translate({0xFF1A: ":"}).partition(":")
            return bool(whom.strip()) and not any(letter.isalpha() for letter in whom)
    return False


def _ended(lines: Sequence[Line], at: int) -> bool:
    """Whether words after a blank line are no header's any more."""
    return not plain(lines[at - 1].text)


def _is_block(found: list[frozenset[Label]], words: str, *, ruled: bool) -> bool:
    kinds = frozenset[Label]().union(*found)
    if len(found) < 2:
        return False
    if Label.FROM not in kinds:
        return kinds >= {Label.DATE, Label.TO} and "@" in words and _ZONE.search(words) is not None
    if len(found) == 2:
        return Label.DATE in kinds and ("@" in words or ruled)
    named = len(kinds & {Label.DATE, Label.TO, Label.SUBJECT})
    return named >= 2 and (
        ruled or "@" in words or Label.SUBJECT in kinds or _CLOCK.search(words) is not None
    )


def _labels_of(text: str) -> frozenset[Label]:
    head, colon, _ = text[:80].translate({0xFF1A: ":"}).partition(":")
    if not colon or len(head) > LONGEST_LABEL + 8:
        return frozenset()
    return _labels().get(plain(head).strip("*_ |\u2022"), frozenset())


@cache
def _labels() -> dict[str, frozenset[Label]]:
    told: dict[str, set[Label]] = {}
    for row in table("headers").values():
        for label in Label:
            for word in row[label.value]:
                told.setdefault(str(word).casefold(), set()).add(label)
    return {word: frozenset(labels) for word, labels in told.items()}
