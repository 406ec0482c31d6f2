"""Whether every field of a record that came from elsewhere is of a size that ours could have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from bot.domain.limits import (
    EARLIEST,
    LATEST,
    LONGEST_MESSAGE,
    LONGEST_NAME,
    LONGEST_STATEMENT,
    LONGEST_WORDS,
)
from bot.domain.record import Record
from bot.domain.statement import MOST_PARAGRAPHS

_LONGEST_TOKEN = 100_000  # characters of a receipt or a confirmation

# Texts of several lines, by the end of their field's place; any other is a name on one line.
_WORDS = {
    "history.reason": LONGEST_MESSAGE,
    ".reason": LONGEST_WORDS,
    ".comment": LONGEST_WORDS,
    ".text": LONGEST_WORDS,
    ".note": LONGEST_MESSAGE,
    ".result_note": LONGEST_MESSAGE,
    ".notice": LONGEST_STATEMENT,
    ".paragraphs": LONGEST_STATEMENT,
}
_LINES = {
    ".name": 300,  # of a file: no file system has longer ones
    ".path": 1000,
    ".receipt": _LONGEST_TOKEN,
    ".confirmation": _LONGEST_TOKEN,
}
_LARGEST, _LARGEST_SIZE = 2**31 - 1, 2**50  # of a number; bytes
_BREAKS = "\n\r\t\v\f\x85"
_UNSEEN = {"Cc", "Cs"}  # control characters, and halves of others


def out_of_bounds(record: Record) -> Iterator[str]:
    """A sentence for every field that is too long, too large, too old, or not plain text."""
    for place, value in _leaves("", record):
        yield from _faults(place, value)
    for statement in record.statements:
        yield from _paragraphs(statement.paragraphs)


def _leaves(place: str, value: object) -> Iterator[tuple[str, object]]:
    """Everything in it that has no parts; `place` is the field's, with dots between."""
    if isinstance(value, Mapping):
        parts = [(place, part) for item in value.items() for part in item]
    elif isinstance(value, tuple):
        parts = [(place, part) for part in value]
    elif is_dataclass(value):
        parts = [(f"{place}.{f.name}".lstrip("."), getattr(value, f.name)) for f in fields(value)]
    else:
        yield place, value
        return
    for inner, part in parts:
        yield from _leaves(inner, part)


def _faults(place: str, value: object) -> Iterator[str]:
    match value:
        case str():
            yield from _text(place, value)
        case int():
            yield from _number(place, value)
        case date() if not EARLIEST <= value.year <= LATEST:
            yield f"Its {place} lies outside the years {EARLIEST} to {LATEST}."


def _text(place: str, text: str) -> Iterator[str]:
    most = _bound(place, _WORDS)
    longest, breaks = (most, _BREAKS) if most else (_bound(place, _LINES) or LONGEST_NAME, "")
    if len(text) > longest:
        yield f"Its {place} is longer than {longest:,} characters."
    elif any(unicodedata.category(c) in _UNSEEN and c not in breaks for c in text):
        yield f"Its {place} has control characters."


def _paragraphs(paragraphs: tuple[str, ...]) -> Iterator[str]:
    if len(paragraphs) > MOST_PARAGRAPHS or sum(map(len, paragraphs)) > LONGEST_STATEMENT:
        most = f"{MOST_PARAGRAPHS} paragraphs or {LONGEST_STATEMENT:,} characters"
        yield f"Its statements.paragraphs are more than {most}."


def _bound(place: str, bounds: Mapping[str, int]) -> int:
    return next((most for end, most in bounds.items() if place.endswith(end)), 0)


def _number(place: str, number: int) -> Iterator[str]:
    largest = _LARGEST_SIZE if place.endswith(".size") else _LARGEST
    if not 0 <= number <= largest:
        yield f"Its {place} is no number that it can be."
