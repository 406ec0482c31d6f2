"""The lines above a part's body -> names and values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from channels.email.reading.allowance import Allowance
from channels.email.reading.charsets import text_of

MOST_HEADERS = 2_000
LONGEST_VALUE = 64_000  # bytes
_LINE = re.compile(rb"([^\r\n]*)(?:\r{0,2}\n|\r)?")
_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,200})[ \t]*:")
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile("[\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of bytes inside others: from `start` up to `end`."""

    source: bytes
    start: int
    end: int

    def bytes(self) -> bytes:
        """The bytes themselves, copied."""
        return self.source[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Headers as they stood, names in lower case; `body` is what follows them."""

    fields: tuple[tuple[str, str], ...]
    body: Span
    faults: tuple[str, ...] = ()

    def get(self, name: str) -> str:
        """The first header of that name; empty when there is none."""
        return next((value for key, value in self.fields if key == name), "")


def head_of(span: Span, allowance: Allowance) -> Head:
    """Splits a part into its headers and its body; a line that is neither begins the body."""
    fields: list[tuple[bytes, bytearray]] = []
    at = span.start
    faults: tuple[str, ...] = ()
    while at < span.end and (found := _LINE.match(span.source, at, span.end)):
        allowance.header_line()
        line = found.group(1)
        if line and not _is_taken(line, fields, first=at == span.start):
            faults = ("no blank line after the headers",)
            break
        at = found.end()
        if not line:
            break
    return Head(
        fields=tuple(map(_field, fields[:MOST_HEADERS])),
        body=Span(source=span.source, start=at, end=span.end),
        faults=faults,
    )


def _is_taken(line: bytes, fields: list[tuple[bytes, bytearray]], *, first: bool) -> bool:
    """Adds the line to the fields; False when it is no line of a header."""
    if line[:1] in b" \t":
        if fields and len(fields[-1][1]) < LONGEST_VALUE:
            fields[-1][1].extend(line[:LONGEST_VALUE])
        return True
    if field := _FIELD.match(line):
        value = bytearray(line[field.end() : field.end() + LONGEST_VALUE])
        fields[MOST_HEADERS:] = []  # one beyond them is there to be added to, and dropped
        fields.append((field.group(1), value))
        return True
    return first and line.startswith((b"From ", b">From "))


def readable(data: bytes) -> str:
    """A header's value as text on one line without control marks."""
    japanese = b"\x1b$" in data or b"\x1b(" in data
    text = text_of(data, "iso-2022-jp" if japanese else "")
    return _CONTROL.sub("", _SPACES.sub(" ", text)).strip()


def _field(field: tuple[bytes, bytearray]) -> tuple[str, str]:
    name, value = field
    return name.decode("ascii", errors="replace").lower(), readable(bytes(value))
