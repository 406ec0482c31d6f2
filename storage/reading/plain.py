"""Plain text in whatever encoding it comes."""

from __future__ import annotations

import codecs

from storage.reading.passage import BEGINNING, Extract, pages
from storage.reading.source import Source

# UTF-32 first: its mark begins with the mark of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SPACES = "\t\n\r\f\x0b\x1b"


def read(source: Source) -> Extract:
    """The text as one page."""
    text, notes = beginning(source)
    return Extract(pages=pages(text), notes=notes)


def beginning(source: Source) -> tuple[str, tuple[str, ...]]:
    """As much of a text as may be kept, with a note when there is more."""
    enough = 8 * source.limits.characters
    notes = (BEGINNING,) if len(source.data) > enough else ()
    return decode(source.data[:enough]) or "", notes


def decode(data: bytes) -> str | None:
    """The text of the bytes, or None when they are no text.

    A file without a mark is UTF-8, then UTF-16 when every other byte is zero, then Windows-1252
    when it is mostly plain letters; other alphabets in old encodings are not guessed at.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in _candidates(data):
        text = _decoded(data, encoding)
        if text is not None and _is_text(text):
            return text
    return None


def _candidates(data: bytes) -> tuple[str, ...]:
    sample = data[:4096]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > half * 0.4:
        return ("utf-16-le",)
    if sample[0::2].count(0) > half * 0.4:
        return ("utf-16-be",)
    mostly_plain = sum(32 <= byte < 127 or byte in (9, 10, 13) for byte in sample)
    return ("utf-8", "cp1252") if mostly_plain > 0.7 * len(sample) else ("utf-8",)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        # A cut through the last letter is no reason to doubt the rest.
        return codecs.getincrementaldecoder(encoding)("strict").decode(data)
    except UnicodeDecodeError:
        return data.decode("latin-1") if encoding == "cp1252" else None


def _is_text(text: str) -> bool:
    sample = text[:4096]
    strange = sum(
        letter not in _SPACES and (letter < " " or "\x7f" <= letter < "\xa0") for letter in sample
    )
    return strange <= len(sample) * 0.01
