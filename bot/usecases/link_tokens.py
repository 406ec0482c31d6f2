"""Tokens and ids that work without any state: signed, so that nobody makes one or alters it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.domain.limits import LINK_LASTS
from bot.domain.messages import Address, Download
from bot.ports import Signer

LASTING = LINK_LASTS
_LONGEST = 4000  # letters
_FILE, _DECLINE = "file", "decline"


def seal(signer: Signer, key: str) -> str:
    """40 hexadecimal digits for the key: the same always, and only the secret gives them."""
    signature = signer.sign(f"carrel seal {key}".encode())
    return hashlib.sha256(signature.encode()).hexdigest()[:40]


def file_token(signer: Signer, file: Download, *, now: datetime) -> str:
    """A token by which the file can be had for `LASTING`."""
    until = int((now + LASTING).timestamp())
    said = {
        "name": file.name,
        "type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "until": until,
    }
    return _signed(signer, _FILE, said)


def file_of(signer: Signer, token: str, *, now: datetime) -> Download | None:
    """The file of such a token; None when it is none, or its time is over."""
    said = _said(signer, _FILE, token)
    if said is None or datetime.fromtimestamp(said["until"], UTC) <= now:
        return None
    return Download(
        name=said["name"], media_type=said["type"], size=said["size"], sha256=said["sha256"]
    )


def declining_token(signer: Signer, address: Address, kind: str) -> str:
    """A token by which notices of that kind are declined for the address."""
    return _signed(
        signer, _DECLINE, {"channel": address.channel, "value": address.value, "kind": kind}
    )


def declined_by(signer: Signer, token: str) -> tuple[Address, str] | None:
    """Whose notices of which kind such a token declines; None when it is none."""
    said = _said(signer, _DECLINE, token)
    if said is None:
        return None
    return Address(channel=said["channel"], value=said["value"]), said["kind"]


def _signed(signer: Signer, purpose: str, said: Mapping[str, Any]) -> str:
    # A link of a name in other letters than ours stays as short as mail programs like it.
    told = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    payload = told.encode(errors="surrogatepass")
    return f"{_coded(payload)}.{_mark(signer, purpose, payload)}"


def _said(signer: Signer, purpose: str, token: str) -> dict[str, Any] | None:
    """What a token of that purpose says; None unless we made it."""
    coded, _, mark = token.partition(".")
    if len(token) > _LONGEST or not token.isascii():
        return None
    try:
        padded = coded + "=" * (-len(coded) % 4)
        payload = base64.b64decode(padded, altchars=b"-_", validate=True)
    except ValueError:
        return None
    if not hmac.compare_digest(mark, _mark(signer, purpose, payload)):
        return None
    said: dict[str, Any] = json.loads(payload)
    return said


def _mark(signer: Signer, purpose: str, payload: bytes) -> str:
    """Half a digest of our signature, which only the secret gives: short enough for a link."""
    signature = signer.sign(f"carrel link {purpose} ".encode() + payload)
    return _coded(hashlib.sha256(signature.encode()).digest()[:18])


def _coded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
