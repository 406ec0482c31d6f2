"""The bytes that DKIM signs (RFC 6376 section 3.4), in time and memory linear in the mail."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict

from channels.email.proof.fields import Field, Header
from channels.email.proof.signature import Signature

_OWN_VALUE = re.compile(rb"((?:\A|;)\s*b\s*=)[^;]*")
_BLANK = re.compile(rb"[ \t]+")
_LINE = re.compile(rb"\r?\n")


def signed_header(header: Header, signature: Signature) -> bytes:
    """The fields that it covers, the lowest of a name first, and itself without its value."""
    left: dict[str, list[Field]] = defaultdict(list)
    for field in header.fields:
        left[field.name].append(field)
    covered = [left[name].pop() for name in signature.names if left[name]]
    written = [_written(field.written, signature.header) + b"\r\n" for field in covered]
    name, colon, value = signature.field.written.partition(b":")
    own = name + colon + _OWN_VALUE.sub(rb"\1", value, count=1)
    return b"".join(written) + _written(own, signature.header)


def body_digest(raw: bytes, start: int, manner: str) -> bytes:
    """SHA-256 of the body that begins there. Lines may end in LF alone, as servers keep them.

    Blanks are halved as often as there are some side by side: an expression would make an object of
    each of them, and those that anchor at line ends take quadratic time.
    """
    body = raw[start:].replace(b"\r\n", b"\n")
    if manner == "relaxed":
        body = body.replace(b"\t", b" ")
        while b"  " in body:
            body = body.replace(b"  ", b" ")
        body = body.replace(b" \n", b"\n").removesuffix(b" ")
    body = body.rstrip(b"\n")
    if body or manner == "simple":
        body += b"\n"
    return hashlib.sha256(body.replace(b"\n", b"\r\n")).digest()


def _written(field: bytes, manner: str) -> bytes:
    if manner == "simple":
        return _LINE.sub(b"\r\n", field)
    name, _, value = field.partition(b":")
    return name.lower() + b":" + _BLANK.sub(b" ", _LINE.sub(b"", value)).strip(b" ")
