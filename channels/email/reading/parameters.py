"""`text/plain; charset=utf-8; name*0*=...` -> what stands before, and a name for each value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from channels.email.reading.charsets import text_of

_LONGEST = 20_000
_MOST = 200
_PARAMETER = re.compile(
    r'(?:;|(?<!\s)\s)\s*+([^\s=;"]{1,100}+)\s*+=\s*+("(?:[^"\\]|\\.)*+"?|[^;]*+)'
)
_PIECE = re.compile(r"([^*]+)\*(?:(\d{1,3})(\*?))?")
_ESCAPED = re.compile(r'\\([\\"])')


def parameters(value: str) -> tuple[str, Mapping[str, str]]:
    """The first word in lower case, and the parameters by name in lower case; the first counts."""
    value = value[:_LONGEST]
    first = value.split(";", 1)[0].strip().lower()
    pieces: dict[str, list[tuple[int, str, bool]]] = {}
    whole: dict[str, str] = {}
    for count, found in enumerate(_PARAMETER.finditer(value)):
        if count >= _MOST:
            break
        name, text = found.group(1).lower(), _unquoted(found.group(2))
        if cut := _PIECE.fullmatch(name):
            base, number, spelt = cut.groups()
            encoded = number is None or bool(spelt)
            pieces.setdefault(base, []).append((int(number or 0), text, encoded))
        else:
            whole.setdefault(name, text)
    return first, {**whole, **{name: _joined(parts) for name, parts in pieces.items()}}


def _unquoted(text: str) -> str:
    text = text.strip()
    if text.startswith('"'):
        return _ESCAPED.sub(r"\1", text[1:].removesuffix('"'))
    return text


def _joined(parts: list[tuple[int, str, bool]]) -> str:
    """The pieces in the order of their numbers (RFC 2231); the first may name the charset."""
    charset = ""
    data = b""
    for place, (_, text, encoded) in enumerate(sorted(parts, key=lambda part: part[0])):
        rest = text
        if encoded and not place and rest.count("'") >= 2:
            charset, _, rest = rest.split("'", 2)
        raw = rest.encode("utf-8", errors="replace")
        data += unquote_to_bytes(raw) if encoded else raw
    return text_of(data, charset)
