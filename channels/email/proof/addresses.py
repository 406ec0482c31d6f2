"""Which addresses a header names, read narrowly: in doubt it names none."""

from __future__ import annotations

import re

from channels.email.own_ids import Own
from channels.email.proof.comments import uncommented

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ADDRESS = re.compile(r"[^ \t<>@,;:\"()\[\]\\]{1,64}@[a-z0-9.-]{1,253}")


def one_address(value: str) -> str:
    """The only address of a From, in lower case; empty when it has none, several, or is odd."""
    plain = _plain(value).lower()
    shown, opened, rest = plain.partition("<")
    if not opened:
        return _address(plain)
    inside, closed, after = rest.partition(">")
    found = _address(inside)
    if (
        not closed
        or after.strip(" \t")
        or (shown.strip(" \t") != found and re.search("[@,;:<>]", shown))
    ):
        return ""
    return found


def named(value: str, own: Own) -> tuple[str, ...]:
    """The addresses of Carrel's that a To or Cc names, in lower case."""
    listed = (_listed(part) for part in _plain(value).lower().split(","))
    return tuple(one for one in listed if own.has(one))


def _listed(part: str) -> str:
    """The address of one entry of a list, which may be the first or last of a named group."""
    _, opened, rest = part.rpartition("<")
    if opened:
        return _address(rest.partition(">")[0])
    return _address(part.rpartition(":")[2].strip(" \t;"))


def _address(text: str) -> str:
    inside = text.strip(" \t")
    return inside if _ADDRESS.fullmatch(inside) else ""


def _plain(value: str) -> str:
    """The value without comments and quoted names; nothing of it when they do not close."""
    return _QUOTED.sub(" ", uncommented(value) or "")
