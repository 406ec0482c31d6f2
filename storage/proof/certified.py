"""What a signed line certifies, of whichever kind it is: for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.domain import confirmations, receipts, tokens
from bot.domain.confirmations import Confirmation
from bot.domain.receipts import Receipt

FORMS = (receipts.FORM, confirmations.FORM)


class Certified(NamedTuple):
    """A line taken apart; nothing in it is to be trusted before its signature was checked."""

    content: Receipt | Confirmation
    payload: bytes
    public_key: str
    signature: str


def is_token(text: str) -> bool:
    """Whether a text begins like a signed line of ours."""
    return text.startswith(tuple(form.family for form in FORMS))


def word_of(token: str) -> str:
    """What people call such a line; what is of no kind was meant as a receipt."""
    confirmed = token.startswith(confirmations.FORM.family)
    return confirmations.FORM.word if confirmed else receipts.FORM.word


def find_certified(text: str) -> tuple[str, ...]:
    """Every signed line in a text."""
    return tokens.find_tokens(text, *FORMS)


def read_certified(token: str) -> Certified:
    """The parts of a line; `CarrelError` says what is wrong with it. Checks no signature."""
    if word_of(token) == confirmations.FORM.word:
        return Certified(*confirmations.parse(token))
    return Certified(*receipts.parse(token))


def words_of(content: Receipt | Confirmation) -> Iterator[str]:
    """What the line says, for people."""
    if isinstance(content, Receipt):
        yield from _receipt_words(content)
    else:
        yield from _confirmation_words(content)


def fields_of(content: Receipt | Confirmation) -> dict[str, object]:
    """What the line says, for programs."""
    return _receipt(content) if isinstance(content, Receipt) else _confirmation(content)


def _receipt_words(receipt: Receipt) -> Iterator[str]:
    yield f"File {receipt.number} of candidate {receipt.candidate} in {receipt.program}:"
    yield f"Name: {receipt.name}"
    yield f"Size and SHA-256: {receipt.size} bytes, {receipt.sha256}"
    yield f"Stored at: {receipt.stored_at:%Y-%m-%d %H:%M:%S} UTC"
    place = f"{', '.join(receipt.sections)} ({receipt.kind})" if receipt.sections else receipt.state
    since = f"{receipt.filed_at:%Y-%m-%d %H:%M:%S} UTC"
    yield f"Stood when the receipt was given: {place}, since {since}"


def _confirmation_words(said: Confirmation) -> Iterator[str]:
    yield f"Submission {said.number} of candidate {said.candidate} in {said.program}:"
    yield f"Set and route: {said.set_id} ({said.route}), round {said.round}"
    yield f"Files and SHA-256 of their list: {said.files}, {said.sha256}"
    yield f"Submitted at: {said.submitted_at:%Y-%m-%d %H:%M:%S} UTC"


def _receipt(receipt: Receipt) -> dict[str, object]:
    return {
        "program": receipt.program,
        "candidate": receipt.candidate,
        "number": receipt.number,
        "name": receipt.name,
        "size": receipt.size,
        "sha256": receipt.sha256,
        "stored_at": receipt.stored_at.isoformat(),
        "state": receipt.state.value,
        "sections": list(receipt.sections),
        "evidence_kind": receipt.kind.value,
        "filed_at": receipt.filed_at.isoformat(),
    }


def _confirmation(said: Confirmation) -> dict[str, object]:
    return {
        "program": said.program,
        "candidate": said.candidate,
        "number": said.number,
        "set": said.set_id,
        "route": said.route.value,
        "round": said.round,
        "evidence_files": said.files,
        "sha256": said.sha256,
        "submitted_at": said.submitted_at.isoformat(),
    }
