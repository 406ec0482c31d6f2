"""Which results of authentication our own receiving server wrote, among those that a mail has.

Anybody can write such fields into a mail, under any name. Who wrote one shows only in where it
stands: servers put theirs above what came in. The topmost Received is always ours, and so is all
above it. A delivery by LMTP, or a step from nobody to a bare IP address as Gmail has, is inside
our own house, with the server's own Received below it. The name in `by` of a Received further down
proves nothing: it can be forged as well as the results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address

from channels.email.proof.comments import uncommented
from channels.email.proof.domains import aligned
from channels.email.proof.fields import Field
from channels.email.proof.results import Results, results_of

BELOW = "below"  # behind the authserv-id in the setting; see `own_results`
_RESULTS = "authentication-results"
_BESIDE = ("received-spf", "dkim-filter")  # what servers write above their results
_FAILED = re.compile(r"(?<![\w.-])dmarc\s*=\s*fail\b", re.IGNORECASE)
_WORD = re.compile(r"[^ \t]+")  # the sender may have Unicode's other blanks in its own
_MOST = 20  # results fields that are read; a server writes one to five


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hop:
    """Who took a mail in, empty where it is not clear; `inside` when it was from our own house."""

    by: str = ""
    inside: bool = False


def own_results(fields: tuple[Field, ...], server: str) -> tuple[Results, ...]:
    """What our receiving server found, from the top.

    `server` is its authserv-id, as it stands in its results; with a blank and `below` when it
    writes them just below its own Received and takes out those that came in under its name (RFC
    8601 section 5), as Gmail does, and Postfix with milters.
    """
    read = [results_of(field.value) for field in _own(fields, server)]
    name = server.strip().lower().partition(" ")[0]
    return tuple(results for results in read if results and results.server == name)


def failed(fields: tuple[Field, ...], server: str) -> bool:
    """Whether one of those says that DMARC failed, also where all of it cannot be read: part of it
    repeats what the sender wrote.
    """
    return any(_FAILED.search(field.value) for field in _own(fields, server))


def _own(fields: tuple[Field, ...], server: str) -> list[Field]:
    """The results that stand where our server writes its own."""
    name, _, place = server.strip().partition(" ")
    if not name:
        return []
    above = list(_above(fields))
    found = [field for field in above if field.name == _RESULTS and _by(field, name)][:_MOST]
    if not found and place.strip().lower() == BELOW:
        found += list(_below(fields[len(above) :], name))[:_MOST]
    return found


def _by(field: Field, name: str) -> bool:
    """Whether it may be by that server: another of our house may write below its own name."""
    return name.lower() in field.value.partition(";")[0].lower()


def _above(fields: tuple[Field, ...]) -> Iterator[Field]:
    """What stands above the Received of the server that took the mail in; nothing without one."""
    last = next((at for at, field in enumerate(fields) if _arrival(field)), 0)
    yield from fields[:last]


def _below(fields: tuple[Field, ...], name: str) -> Iterator[Field]:
    """The results right below the server's own Received, which is the first of these.

    They must be written as it writes them, letter for letter: of others' results it takes out those
    that it sees to be under its name, and a sender can write that in many ways.
    """
    if not fields or not _of(_hop(fields[0]).by, name.lower()):
        return
    beside = list(_BESIDE)
    for field in fields[1:]:
        if field.name in beside:
            beside.remove(field.name)
        elif field.written.startswith(f"Authentication-Results: {name};".encode()):
            yield field
        else:
            return


def _arrival(field: Field) -> bool:
    """Whether it is a Received by which a mail came in from elsewhere."""
    return field.name == "received" and not _hop(field).inside


def _hop(field: Field) -> _Hop:
    """What a Received says. Only fixed places count: the sender chooses the word behind `from`."""
    words = _WORD.findall((uncommented(field.value.partition(";")[0]) or "").lower())
    named = words[:1] == ["from"]
    match words[2:] if named else words:
        case ["by", host, "with", protocol, *_]:
            return _Hop(by=host, inside=protocol.startswith("lmtp") or not (named or _named(host)))
        case ["by", host, *_]:
            return _Hop(by=host)
    return _Hop()


def _named(host: str) -> bool:
    """Whether a host is told by name, not as an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return True
    return False


def _of(host: str, name: str) -> bool:
    return host == name or aligned(host, name)
