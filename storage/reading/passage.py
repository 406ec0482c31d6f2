"""The text drawn from a file, before it is cleaned and bounded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.files import Page, Reading
from storage.reading.limits import Limits

BEGINNING = "only the beginning was read"

_BLANKS = re.compile(r"[ \u00a0]{2,}")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*\n")
# Kept out: control signs (a database refuses NUL), halves of surrogate pairs, and the sign that
# PDFium puts where a word was split at the end of a line.
_REMOVED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_SPLIT_WORD = re.compile("[\ufffe\x02]\r?\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Pages in order, and what was left out, one note each."""

    pages: tuple[Page, ...]
    title: str = ""
    ocr: bool = False
    notes: tuple[str, ...] = ()


def pages(*texts: str) -> tuple[Page, ...]:
    """Pages numbered from 1."""
    return tuple(Page(number=number, text=text) for number, text in enumerate(texts, 1))


def reading(extract: Extract, *, media_type: str, limits: Limits) -> Reading:
    """The reading of an extract: cleaned, with no more pages and letters than allowed."""
    count = len(extract.pages)
    kept, cut = _within(extract.pages[: limits.pages], limits.characters)
    notes = list(extract.notes)
    if count > limits.pages:
        notes.append(first_of(limits.pages, count))
    if cut:
        notes.append(BEGINNING)
    if not any(page.text for page in kept):
        notes.append("no text was found in it")
    return Reading(
        media_type=media_type,
        pages=kept,
        title=clean(extract.title)[:200],
        ocr=extract.ocr,
        note="; ".join(dict.fromkeys(notes)),
    )


def first_of(read: int, count: int) -> str:
    """The note that not all pages were read."""
    return f"only the first {read} of {count} pages were read"


def clean(text: str) -> str:
    """The text without control signs, with single spaces and at most one empty line in a row."""
    text = _SPLIT_WORD.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _REMOVED.sub("", text)
    return _EMPTY_LINES.sub("\n\n", _BLANKS.sub(" ", text)).strip()


def _within(given: Sequence[Page], characters: int) -> tuple[tuple[Page, ...], bool]:
    kept: list[Page] = []
    left = characters
    for page in given:
        text = clean(page.text)
        if left <= 0 and text:
            return tuple(kept), True
        kept.append(Page(number=page.number, text=text[:left]))
        left -= len(text)
    return tuple(kept), left < 0
