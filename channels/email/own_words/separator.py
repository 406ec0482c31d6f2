"""Single lines that part somebody's words from older mails."""

from __future__ import annotations

import re

from channels.email.own_words.line import plain
from channels.email.own_words.tables import word_set, words

LONGEST = 200  # characters
_RULE = re.compile(r"\s*[-_=*~#\u2013\u2014\u2500\u2501]{4,}\s*")
_DRAWING = re.compile(r"\s*(?:[-_=*~#+\u2013\u2014\u2500\u2501]{2,}|\u1427)\s*")
_DRAWN = "-_=*#~<>[]+\u2013\u2014\u2500\u2501: "


def is_rule(text: str) -> bool:
    """Whether the line is drawn: nothing but dashes or the like."""
    return len(text) <= LONGEST and _RULE.fullmatch(text) is not None


def is_drawn(text: str) -> bool:
    """Whether nothing but a drawing stands there, however short: `***`, or a tracker's dot."""
    return len(text) <= LONGEST and _DRAWING.fullmatch(text) is not None


def heads_original(text: str) -> bool:
    """Such as `-----Original Message-----`, in any language."""
    return _between_lines(text) in word_set("phrases", "original")


def heads_forwarded(text: str) -> bool:
    """Such as `---------- Forwarded message ---------` or `Begin forwarded message:`."""
    return _between_lines(text) in word_set("phrases", "forwarded")


def asks_above(text: str) -> bool:
    """Such as `## Please type your reply above this line ##`."""
    if not text or len(text) > LONGEST:
        return False
    shown = plain(text)
    return any(phrase in shown for phrase in words("phrases", "above"))


def is_forward(subject: str) -> bool:
    """Whether the subject says that a mail is passed on: `Fwd: Certificate`."""
    prefix, colon, _ = plain(subject).partition(":")
    return bool(colon) and prefix.strip(" []") in word_set("phrases", "prefixes")


def _between_lines(text: str) -> str:
    """What stands between dashes, or before a colon; empty where there is neither."""
    if len(text) > LONGEST:
        return ""
    shown = plain(text)
    inner = shown.strip(_DRAWN)
    drawn = len(shown) > len(inner) + 2 or shown.endswith(":")
    return inner if drawn else ""
