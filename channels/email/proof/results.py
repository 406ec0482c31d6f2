"""What an Authentication-Results field (RFC 8601) says.

It has a reader of its own, since those to be had recurse, take quadratic time or skip what they do
not understand: here a sender writes part of the text, and what is odd counts as nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from channels.email.proof.comments import uncommented

WIDEST = 16 * 1024  # characters; those of the largest providers have 2,000

_PART = re.compile(r'((?:"(?:[^"\\]|\\.)*"|[^";])*)(?:;|\Z)')
_NAMED = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[^\s";=]+)(?:\s+(\d+))?\s*', re.ASCII)
_PAIR = re.compile(
    r'\s*([A-Za-z0-9._-]+)(?:\s*/\s*1)?\s*=\s*((?:"(?:[^"\\]|\\.)*"|[^\s"])*)(?=\s|\Z)',
    re.ASCII,  # what else Unicode takes for a blank is none here
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One method's result, such as `dkim` and `pass`; both and the properties' names are in lower
    case, a property given twice has all its values.
    """

    method: str
    result: str
    properties: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a property such as `header.d`, in lower case."""
        return tuple(value.lower() for key, value in self.properties if key == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """Who judged (the authserv-id, in lower case) and what it found."""

    server: str
    results: tuple[Result, ...]


def results_of(value: str) -> Results | None:
    """Reads an unfolded value; None when it is odd in any way."""
    plain = uncommented(value) if len(value) <= WIDEST else None
    if plain is None:
        return None
    parts = [match[1] for match in _PART.finditer(plain)]
    named = _NAMED.fullmatch(parts[0]) if parts else None
    if not named or named[2] not in (None, "1"):
        return None
    found = [_result(part) for part in parts[1:] if part.strip(" \t") not in ("", "none")]
    known = tuple(result for result in found if result)
    if len(known) < len(found):
        return None
    return Results(server=_unquoted(named[1]).lower(), results=known)


def _result(part: str) -> Result | None:
    pairs, at = [], 0
    while part[at:].strip(" \t"):
        match = _PAIR.match(part, at)
        if not match:
            return None
        pairs.append((match[1].lower(), _unquoted(match[2])))
        at = match.end()
    (method, result), *properties = pairs
    return Result(method=method, result=result.lower(), properties=tuple(properties))


def _unquoted(text: str) -> str:
    """The text without its quotation marks."""
    return re.sub(r"\\(.)", r"\1", text.replace('"', "")) if '"' in text else text
