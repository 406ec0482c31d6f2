"""Receipts are found where people keep them: in mails and notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.receipts import FORM, parse
from bot.domain.tokens import find_tokens
from bot.errors import CarrelError
from storage.proof.verification import verify_receipt, verify_text
from tests.exporting import SIGNER, STRANGER
from tests.unit.test_receipts import CONTENT, evidence, issue


@pytest.mark.parametrize("width", [20, 76])
def test_a_receipt_broken_over_lines_and_quoted_is_found(width: int) -> None:
    token = issue(evidence())
    broken = "\r\n".join(f"> {token[at : at + width]}" for at in range(0, len(token), width))

    assert find_tokens(f"Dear Ada,\nyour receipt:\n{broken}\n\nThe desk", FORM) == (token,)


def test_a_receipt_that_was_cut_off_is_found_and_refused() -> None:
    token = issue(evidence())

    report = verify_text(f"see {token[:-5]}\nor {token}", file=None, trusted_key=None)

    assert not report.ok
    assert report.lines[1].startswith("- Receipt 1: This is no whole receipt")


def test_every_receipt_of_a_text_is_checked(tmp_path: Path) -> None:
    text = "\n".join((issue(evidence()), issue(evidence("other.pdf"))))
    proof, stranger = tmp_path / "proof.pdf", tmp_path / "stranger.pdf"
    proof.write_bytes(CONTENT)
    stranger.write_bytes(b"?")

    assert verify_text(text, file=proof, trusted_key=SIGNER.public_key).ok
    assert not verify_text(text, file=stranger, trusted_key=SIGNER.public_key).ok
    assert not verify_text(text, file=None, trusted_key=STRANGER.public_key).ok


def test_a_text_without_a_receipt_is_not_genuine() -> None:
    report = verify_text("Dear Ada", file=None, trusted_key=None)

    assert not report.ok
    assert "No receipt" in report.lines[1]


def test_a_hostile_name_cannot_write_on_the_terminal() -> None:
    report = verify_receipt(issue(evidence("a\x1b[2Jb\nOK: fine")), file=None, trusted_key=None)

    assert all(line.isprintable() for line in report.lines)


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("", "no whole receipt"),
        ("carrel-receipt-1.abc", "no whole receipt"),
        (f"{FORM.prefix}.abc.short.sig", "no whole receipt"),
        (f"carrel-receipt-2.abc.{'A' * 43}.sig", "knows this version"),
        (f"{FORM.prefix}.a.{'A' * 43}.{'A' * 86}", "cannot be decoded"),
        (f"{FORM.prefix}.a!b.{'A' * 43}.{'A' * 86}", "cannot be decoded"),
        (f"{FORM.prefix}.{'A' * 200_000}", "no whole receipt"),
    ],
)
def test_what_is_no_receipt_is_refused_with_advice(token: str, told: str) -> None:
    with pytest.raises(CarrelError, match=told):
        parse(token)
