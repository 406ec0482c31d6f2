"""Any bytes -> bytes that begin with a mail's headers."""

from __future__ import annotations

import codecs

from channels.email.reading.allowance import LARGEST_MAIL
from channels.email.reading.refusal import MailReason, MailRefused

_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def opened(raw: bytes) -> bytes:
    """The mail without marks of the program that saved it; `MailRefused` when it is too large."""
    if len(raw) > LARGEST_MAIL:
        raise MailRefused(MailReason.TOO_LARGE, most=LARGEST_MAIL // 1_000_000)
    raw = _narrow(raw).removeprefix(codecs.BOM_UTF8)
    if raw[:1] in {b"\r", b"\n"}:
        raw = raw.lstrip(b"\r\n")
    return raw


def _narrow(raw: bytes) -> bytes:
    """What an editor saved as UTF-16, as UTF-8."""
    for mark, codec in _WIDE:
        if raw.startswith(mark):
            return raw[2:].decode(codec, errors="replace").encode("utf-8", errors="replace")
    return raw
