"""The subject of a mail without what replies and forwards put before it."""

from __future__ import annotations

import re

from bot.domain.filenames import printable

LONGEST = 500  # characters that are kept
# What mail programs write, in the languages they speak; the marks of a count may follow.
_REPLY = (
    "re|r|rif|aw|antw|antwort|sv|vs|odp|ynt|res|resp|回复|回覆|答复|答覆|返信|회신|رد|תגובה|"
    "отв|от|απ"
)
_FORWARD = (
    "fwd?|wg|tr|trs|rv|enc|pd|i|vl|fs|vb|ilt|doorst|转发|轉寄|転送|전달|إعادة توجيه|הועבר|пер|πρθ"
)
_COUNT = r"(?:\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\^\d{1,4}|\*\d{1,4}))?"
_COLON = ":\uff1a"  # the second is that of Chinese and Japanese
_FORWARDED = re.compile(rf"\s*(?:{_FORWARD}){_COUNT}\s*[{_COLON}]", re.IGNORECASE)
_PREFIX = re.compile(rf"\s*(?:{_REPLY}|{_FORWARD}){_COUNT}\s*[{_COLON}]\s*", re.IGNORECASE)


def is_forwarded(subject: str) -> bool:
    """Whether it says first that something is passed on."""
    return _FORWARDED.match(printable(subject)) is not None


def bare_subject(subject: str) -> tuple[str, bool]:
    """What it is about, and whether it had anything before it."""
    words, had = printable(subject), False
    while found := _PREFIX.match(words):
        words, had = words[found.end() :], True
    return words[:LONGEST].strip(), had
