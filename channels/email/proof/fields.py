"""A mail's header as its bytes stand, split strictly: what can be read in two ways is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

WIDEST = 256 * 1024  # bytes of a header; large ones of mailing systems have 40 KB
MOST = 1000  # fields

_END = re.compile(rb"\r?\n\r?\n")
_NAME = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,200}):")
_CONTROL = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_LINE = re.compile(rb"\r?\n(?![ \t])")
_FOLD = re.compile(rb"\r?\n")


class Ambiguous(Exception):  # it is caught by the judge and never shown to people
    """The header can be read in more than one way, or is too large to be read; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field: `name` in lower case, `written` as it came (the name too), without its last line
    end. `value` is unfolded, as Latin-1 text.
    """

    name: str
    written: bytes

    @property
    def value(self) -> str:
        """What stands behind the colon, on one line."""
        return _FOLD.sub(b"", self.written).partition(b":")[2].decode("latin-1").strip(" \t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The fields of a mail, from the top; its body begins at byte `body`."""

    fields: tuple[Field, ...]
    body: int

    def all(self, name: str) -> tuple[Field, ...]:
        """Every field of that name (in lower case), from the top."""
        return tuple(field for field in self.fields if field.name == name)


def header_of(raw: bytes) -> Header:
    """Splits a mail's header off; raises `Ambiguous`.

    A lone CR or another control character ends a line for some programs and not for others: what
    one of them takes for a From may be part of a subject for the other. No honest mail has any.
    """
    top, body = _top(raw)
    if _CONTROL.search(top):
        raise Ambiguous("its header has control characters")
    lines = _LINE.split(top) if top else []
    if len(lines) > MOST:
        raise Ambiguous("its header has too many fields")
    first = 1 if top.startswith(b"From ") else 0  # an mbox kept it
    return Header(fields=tuple(map(_field, lines[first:])), body=body)


def top_of(raw: bytes) -> tuple[Field, ...]:
    """The fields of any mail from the top, as far as they can be read in one way only."""
    found = []
    lines = _lines(raw[:WIDEST])
    for line in islice(lines, 1 if raw.startswith(b"From ") else 0, MOST):
        if _CONTROL.search(line) or not _NAME.match(line):
            break
        found.append(_field(line))
    return tuple(found)


def _lines(top: bytes) -> Iterator[bytes]:
    """One after the other, since below a header there may be a long body."""
    start = 0
    for end in _LINE.finditer(top):
        yield top[start : end.start()]
        start = end.end()
    yield top[start:]


def _top(raw: bytes) -> tuple[bytes, int]:
    end = _END.search(raw, 0, WIDEST)
    if end:
        return raw[: end.start()], end.end()
    if len(raw) >= WIDEST:
        raise Ambiguous("its header is too large")
    return raw.rstrip(b"\r\n"), len(raw)


def _field(line: bytes) -> Field:
    match = _NAME.match(line)
    if not match:
        raise Ambiguous("a line of its header is no field")
    return Field(name=match[1].decode("ascii").lower(), written=line)
