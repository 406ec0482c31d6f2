"""The machine-readable lines of a report (RFC 3464, RFC 5965)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from channels.email.mail import Leaf, Mail

LONGEST = 100_000  # characters of a report that are read
MOST_GROUPS = 500

_TYPE = re.compile(r"report-type\s*=\s*\"?\s*([a-z-]{1,40})", re.IGNORECASE)
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*:[ \t]*(.*)")
_BLANK = re.compile(r"\n[ \t]*\n")

Group = Mapping[str, str]


def report_type(mail: Mail) -> str:
    """What a multipart/report says it reports on, such as `delivery-status`; empty for others."""
    if mail.media_type != "multipart/report":
        return ""
    found = _TYPE.search(mail.header("content-type")[:2_000])
    return found[1].lower() if found else ""


def leaf_of(mail: Mail, *types: str) -> Leaf | None:
    """The first part of one of these media types."""
    return next((leaf for leaf in mail.leaves if leaf.media_type in types), None)


def groups(text: str) -> tuple[Group, ...]:
    """The groups of fields: names in lower case, the first of a name in a group wins."""
    blocks = _BLANK.split(text[:LONGEST].replace("\r\n", "\n"))[:MOST_GROUPS]
    return tuple(group for block in blocks if (group := dict(_fields(block))))


def typed(value: str) -> str:
    """What follows the type in a field such as `rfc822; ada@example.org`."""
    kind, semicolon, rest = value.partition(";")
    return (rest if semicolon and len(kind) < 20 else value).strip()


def _fields(block: str) -> Iterator[tuple[str, str]]:
    seen: dict[str, str] = {}
    name = ""
    for line in block.split("\n"):
        if line[:1] in {" ", "\t"} and name:
            seen[name] = f"{seen[name]} {line.strip()}"
        elif found := _FIELD.match(line):
            name = found[1].lower()
            seen.setdefault(name, found[2].strip())
    yield from seen.items()
