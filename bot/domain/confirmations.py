"""Confirmations: what is certified of a submission, and the one line of text that carries it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from bot.domain import tokens
from bot.domain.rules import Route

FORM = tokens.Form(
    word="confirmation",
    family="carrel-submission-",
    version=1,
    types={
        "program": str,
        "candidate": int,
        "number": int,
        "set": str,
        "route": str,
        "round": int,
        "files": int,
        "sha256": str,
        "submitted_at": str,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What is certified: this candidate submitted this set then, with exactly these files.

    `candidate` is the person's number, `number` the submission's; `files` counts them, `sha256`
    (hex) stands for the whole list of them. `submitted_at` is aware UTC.
    """

    program: str
    candidate: int
    number: int
    set_id: str
    route: Route
    round: int
    files: int
    sha256: str
    submitted_at: datetime


class SignedConfirmation(NamedTuple):
    """A token taken apart; nothing in it is to be trusted before its signature was checked."""

    confirmation: Confirmation
    payload: bytes
    public_key: str
    signature: str


def payload_of(confirmation: Confirmation) -> bytes:
    """The bytes that are signed: the same for the same confirmation."""
    return tokens.payload_of(
        FORM,
        {
            "program": confirmation.program,
            "candidate": confirmation.candidate,
            "number": confirmation.number,
            "set": confirmation.set_id,
            "route": confirmation.route.value,
            "round": confirmation.round,
            "files": confirmation.files,
            "sha256": confirmation.sha256,
            "submitted_at": confirmation.submitted_at.astimezone(UTC).isoformat(),
        },
    )


def token_of(payload: bytes, *, public_key: str, signature: str) -> str:
    """The one line that carries a payload, the key and the signature."""
    return tokens.token_of(FORM, payload, public_key=public_key, signature=signature)


def parse(token: str) -> SignedConfirmation:
    """The parts of a token; `CarrelError` says what is wrong with it. Checks no signature."""
    payload, public_key, signature = tokens.take_apart(FORM, token)
    return SignedConfirmation(_confirmation(payload), payload, public_key, signature)


def _confirmation(payload: bytes) -> Confirmation:
    try:
        confirmation = _read(payload)
        canonical = payload_of(confirmation)
    except (ValueError, OverflowError, RecursionError) as error:
        raise tokens.altered(FORM, "its content makes no sense") from error
    if canonical != payload:
        raise tokens.altered(FORM, "it is not written the way confirmations are")
    return confirmation


def _read(payload: bytes) -> Confirmation:
    fields = tokens.fields_of(FORM, payload)
    return Confirmation(
        program=fields["program"],
        candidate=fields["candidate"],
        number=fields["number"],
        set_id=fields["set"],
        route=Route(fields["route"]),
        round=fields["round"],
        files=fields["files"],
        sha256=fields["sha256"],
        submitted_at=datetime.fromisoformat(fields["submitted_at"]),
    )
