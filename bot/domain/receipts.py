"""Receipts: what is certified of a stored file, and the one line of text that carries it."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from bot.domain.portfolio import Kind, State
from bot.errors import CarrelError

PREFIX = "carrel-receipt-1"
FAMILY = "carrel-receipt-"  # how receipts of every version begin
_LONGEST = 100_000  # letters; a name and twenty sections need some hundred
_TYPES: dict[str, type] = {
    "format": str,
    "program": str,
    "candidate": int,
    "number": int,
    "name": str,
    "size": int,
    "sha256": str,
    "stored_at": str,
    "state": str,
    "sections": list,
    "kind": str,
    "filed_at": str,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What is certified: these bytes were stored then, and stood there when it was issued.

    `candidate` is the person's number, `number` the file's in that record, `size` is in bytes,
    `sha256` in hex. `stored_at` and `filed_at` (when a step put the file where it stands) are
    aware UTC.
    """

    program: str
    candidate: int
    number: int
    name: str
    size: int
    sha256: str
    stored_at: datetime
    state: State
    sections: tuple[str, ...]
    kind: Kind
    filed_at: datetime


class SignedReceipt(NamedTuple):
    """A token taken apart; nothing in it is to be trusted before its signature was checked."""

    receipt: Receipt
    payload: bytes
    public_key: str
    signature: str


def payload_of(receipt: Receipt) -> bytes:
    """The bytes that are signed: canonical JSON in ASCII, the same for the same receipt."""
    fields = {
        "format": PREFIX,
        "program": receipt.program,
        "candidate": receipt.candidate,
        "number": receipt.number,
        "name": receipt.name,
        "size": receipt.size,
        "sha256": receipt.sha256,
        "stored_at": receipt.stored_at.astimezone(UTC).isoformat(),
        "state": receipt.state.value,
        "sections": list(receipt.sections),
        "kind": receipt.kind.value,
        "filed_at": receipt.filed_at.astimezone(UTC).isoformat(),
    }
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")


def token_of(payload: bytes, *, public_key: str, signature: str) -> str:
    """The one line that carries a payload, the key and the signature."""
    encoded = base64.urlsafe_b64encode(payload).rstrip(b"=").decode()
    return f"{PREFIX}.{encoded}.{public_key}.{signature}"


def parse(token: str) -> SignedReceipt:
    """The parts of a token; `CarrelError` says what is wrong with it. Checks no signature."""
    prefix, *parts = token.strip().split(".") if len(token) <= _LONGEST else [""]
    if prefix.startswith(FAMILY) and prefix != PREFIX:
        raise CarrelError(f"This is a {prefix!r}: check it with a Carrel that knows this version.")
    if prefix != PREFIX or len(parts) != 3 or not _is_signed(parts[1], parts[2]):
        raise CarrelError(
            "This is no whole receipt: copy all of it, from carrel-receipt-1 to its last letter."
        )
    payload = _decoded(parts[0])
    return SignedReceipt(_receipt(payload), payload, parts[1], parts[2])


def find_tokens(text: str) -> tuple[str, ...]:
    """Every token in a text, those broken over lines or quoted in a mail as well.

    What begins like a receipt and is none comes along as it stands, so that it is not overlooked.
    """
    loose = re.compile(
        rf"{PREFIX}\.[\w\s>-]*\.[\s>]*(?:[\w-][\s>]*){{43}}\.[\s>]*(?:[\w-][\s>]*){{85}}[\w-](?![\w-])"
        rf"|{FAMILY}[\w.-]*",
        re.ASCII,
    )
    return tuple(re.sub(r"[\s>]", "", found) for found in loose.findall(text))


def is_public_key(text: str) -> bool:
    """Whether the text has the form of a public key: 32 bytes as base64url without padding."""
    return re.fullmatch(r"[A-Za-z0-9_-]{43}", text, re.ASCII) is not None


def _is_signed(public_key: str, signature: str) -> bool:
    return is_public_key(public_key) and re.fullmatch(r"[\w-]{86}", signature, re.ASCII) is not None


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise CarrelError("The receipt was altered: its content cannot be decoded.") from error


def _receipt(payload: bytes) -> Receipt:
    try:
        receipt = _read(json.loads(payload))
        canonical = payload_of(receipt)
    except (ValueError, OverflowError, RecursionError) as error:
        raise CarrelError("The receipt was altered: its content makes no sense.") from error
    if canonical != payload:
        raise CarrelError("The receipt was altered: it is not written the way receipts are.")
    return receipt


def _read(fields: Any) -> Receipt:
    if not isinstance(fields, dict) or {k: type(v) for k, v in fields.items()} != _TYPES:
        raise ValueError(fields)
    json.dumps(fields, ensure_ascii=False).encode()  # half a character can be shown nowhere
    return Receipt(
        program=fields["program"],
        candidate=fields["candidate"],
        number=fields["number"],
        name=fields["name"],
        size=fields["size"],
        sha256=fields["sha256"],
        stored_at=datetime.fromisoformat(fields["stored_at"]),
        state=State(fields["state"]),
        sections=tuple(map(str, fields["sections"])),
        kind=Kind(fields["kind"]),
        filed_at=datetime.fromisoformat(fields["filed_at"]),
    )
