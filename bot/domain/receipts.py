"""Receipts: what is certified of a stored file, and the one line of text that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from bot.domain import tokens
from bot.domain.portfolio import Kind, State

FORM = tokens.Form(
    word="receipt",
    family="carrel-receipt-",
    version=1,
    types={
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
    },
)


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
    """The bytes that are signed: the same for the same receipt."""
    return tokens.payload_of(
        FORM,
        {
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
        },
    )


def token_of(payload: bytes, *, public_key: str, signature: str) -> str:
    """The one line that carries a payload, the key and the signature."""
    return tokens.token_of(FORM, payload, public_key=public_key, signature=signature)


def parse(token: str) -> SignedReceipt:
    """The parts of a token; `CarrelError` says what is wrong with it. Checks no signature."""
    payload, public_key, signature = tokens.take_apart(FORM, token)
    return SignedReceipt(_receipt(payload), payload, public_key, signature)


def _receipt(payload: bytes) -> Receipt:
    try:
        receipt = _read(payload)
        canonical = payload_of(receipt)
    except (ValueError, OverflowError, RecursionError) as error:
        raise tokens.altered(FORM, "its content makes no sense") from error
    if canonical != payload:
        raise tokens.altered(FORM, "it is not written the way receipts are")
    return receipt


def _read(payload: bytes) -> Receipt:
    fields = tokens.fields_of(FORM, payload)
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
