"""What a DKIM-Signature field (RFC 6376) says of itself, before anything is looked up."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from datetime import datetime

from channels.email.proof.domains import is_domain
from channels.email.proof.fields import Field

KINDS = {"rsa-sha256": "rsa", "ed25519-sha256": "ed25519"}  # SHA-1 is out since RFC 8301
MANNERS = ("simple", "relaxed")
LONGEST_INSTANT = 11  # digits of seconds since 1970; the calendar ends before that of 12

_BLANK = re.compile(r"\s+", re.ASCII)
_NEEDED = ("v", "a", "b", "bh", "d", "h", "s")


class Unfit(Exception):  # it is caught by the judge; its words are for the log
    """A signature or a key that proves nothing; says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature as it is written. `domain` signed, with the key that `selector` names there.

    `key` is its kind; `names` are the fields it covers, in lower case and their order; `header` and
    `body` are the manners of canonicalisation; `user` is the domain it signs on behalf of.
    """

    field: Field
    domain: str
    selector: str
    key: str
    names: tuple[str, ...]
    header: str
    body: str
    user: str
    digest: bytes
    value: bytes
    tags: dict[str, str]

    @property
    def place(self) -> str:
        """The name at which its key stands."""
        return f"{self.selector}._domainkey.{self.domain}"


def tags_of(text: str) -> dict[str, str]:
    """The `name=value` tags of a signature or a record; raises `Unfit` when one comes twice."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        name, given, value = part.partition("=")
        if not given and not name.strip(" \t"):
            continue
        name = name.strip(" \t")
        if not given or name in found:
            raise Unfit("its tags are malformed")
        found[name] = value.strip(" \t")
    return found


def signature_of(field: Field) -> Signature:
    """Reads a DKIM-Signature; raises `Unfit` when it is malformed or of an unknown kind."""
    tags = tags_of(field.value)
    tight = {name: _BLANK.sub("", tags.get(name, "")) for name in (*_NEEDED, "i", "c")}
    header, _, body = (tight["c"] or "simple").partition("/")
    domain = tight["d"].lower()
    made = Signature(
        field=field,
        domain=domain,
        selector=tight["s"].lower(),
        key=KINDS.get(tight["a"].lower(), ""),
        names=tuple(tight["h"].lower().split(":")),
        header=header,
        body=body or "simple",
        user=tight["i"].lower().rpartition("@")[2] or domain,
        digest=decoded(tight["bh"]),
        value=decoded(tight["b"]),
        tags=tags,
    )
    if not _is_whole(made):
        raise Unfit("its signature is malformed or of an unknown kind")
    return made


def must_be_good_for(signature: Signature, covered: tuple[str, ...], *, now: datetime) -> None:
    """Raises `Unfit` unless it covers these fields and the whole body, and holds at this instant.

    The fields are those that stand in the mail. What is not covered can be changed by whoever sends
    a signed mail on; with From, Subject, Date, Message-ID and the body covered, a mail sent on is
    always the same mail as the first, and Carrel handles one mail once. With To covered it cannot
    be sent on to Carrel at all.
    """
    if "l" in signature.tags:
        raise Unfit("its signature leaves out part of the body")
    missing = [name for name in covered if name not in signature.names]
    if missing:
        raise Unfit(f"its signature does not cover {', '.join(missing)}")
    end = instant_of(signature, "x")
    if end is not None and end < now.timestamp():
        raise Unfit("its signature has expired")


def instant_of(signature: Signature, tag: str) -> int | None:
    """The seconds since 1970 that a tag names, None without it; raises `Unfit`."""
    text = signature.tags.get(tag, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_INSTANT):
        raise Unfit(f"its {tag}= is malformed")
    return int(text)


def decoded(text: str) -> bytes:
    """The bytes of Base64 text; raises `Unfit`."""
    try:
        return binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
    except (ValueError, UnicodeError) as error:
        raise Unfit("its Base64 is broken") from error


def _is_whole(signature: Signature) -> bool:
    said, user = signature.tags, "." + signature.user
    return (
        said.get("v") == "1"
        and bool(signature.key and signature.digest and signature.value)
        and {signature.header, signature.body} <= set(MANNERS)
        and is_domain(signature.domain)
        and is_domain(signature.place)
        and user.endswith("." + signature.domain)
        and "dns/txt" in said.get("q", "dns/txt").lower().split(":")
    )
