"""What keeps words from reading well aloud, in a terminal, and without colours or pictures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.domain.messages import OutboundMessage, Paragraph
from channels.markup import plain_text
from tests.told.on_channels import WIDTH

LONGEST = 900  # characters of one paragraph of Carrel's own
_TYPOGRAPHIC = frozenset("\u2018\u2019\u201c\u201d\u2014\u2026\u00d7\u2013")
_ONE_OF_MANY = re.compile(r"\b1 (?:days|weeks|months|hours|sets|files|people|things|submissions)\b")
_LEFT = re.compile(r"\{\w*\}")
_DAY = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b(?! \d{4})"
)


def faults(message: OutboundMessage) -> Iterator[str]:
    """Each thing that is wrong with the message as plain text, in words."""
    text = plain_text(message.reply, width=WIDTH)
    yield from (f"{one!r} is a picture" for one in text if _is_picture(one))
    yield from (f"too long a line: {one}" for one in text.split("\n") if _is_long(one))
    yield from (f"not filled in: {one}" for one in _LEFT.findall(text))
    yield from (f"wrong in number: {one}" for one in _ONE_OF_MANY.findall(text))
    yield from (f"a day of no year: {one}" for one in _DAY.findall(" ".join(text.split())))
    if "\n\n\n" in text or text != text.strip("\n"):
        yield "empty lines"
    if "  " in text.replace("\n  ", "\n").replace("\n  ", "\n"):
        yield "two blanks in a row"
    if '"' in text or " '" in text:
        yield "straight quotation marks"
    yield from _choices(message, text)
    yield from _paragraphs(message)


def broken(message: OutboundMessage) -> bool:
    """Whether a line ends where no screen would end it."""
    return any(isinstance(one, Paragraph) and "\n" in one.text for one in message.reply.blocks)


def stops(message: OutboundMessage, kind: str) -> bool:
    """Whether it says how to hear less of its kind or none of it."""
    words = {f"notices {kind}", f"notices {kind} off", "notices"}
    return bool(words & {one.says for one in message.reply.choices})


def _is_picture(letter: str) -> bool:
    if letter == "\n" or (letter.isascii() and letter.isprintable()) or letter in _TYPOGRAPHIC:
        return False
    return not unicodedata.category(letter).startswith("L")


def _is_long(line: str) -> bool:
    """A line that holds more than one word which could not be broken."""
    return len(line) > WIDTH and " " in line.strip().removeprefix("- ").lstrip("1234567890. ")


def _choices(message: OutboundMessage, text: str) -> Iterator[str]:
    lines = text.split("\n")
    for number, choice in enumerate(message.reply.choices, start=1):
        if not any(line.startswith(f"  {number}. {choice.label}") for line in lines):
            yield f"no number before {choice.label!r}"
    labels = [one.label for one in message.reply.choices]
    if len(set(labels)) < len(labels):
        yield "two choices of one name"
    if labels and not text.endswith("Reply with a number."):
        yield "does not tell how to choose"


def _paragraphs(message: OutboundMessage) -> Iterator[str]:
    own = [one.text for one in message.reply.blocks if isinstance(one, Paragraph)]
    if len(set(own)) < len(own):
        yield "says something twice"
    yield from (f"too long: {one[:40]}" for one in own if len(one) > LONGEST)
