"""A confirmation says what it said when it was signed, or is refused; `verify` knows both kinds."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.confirmations import Confirmation, parse, payload_of, token_of
from bot.domain.rules import Route
from bot.errors import CarrelError
from bot.usecases.confirm_submission import confirm_submission
from storage.proof.verification import verify_receipt, verify_text
from tests.commands.shell import Shell
from tests.exporting import SIGNER, STRANGER
from tests.unit.reviews import PROGRAM, submission
from tests.unit.test_receipts import evidence, issue

TOKEN = confirm_submission(submission(), program=PROGRAM, signer=SIGNER)


def signed(payload: bytes) -> str:
    return token_of(payload, public_key=SIGNER.public_key, signature=SIGNER.sign(payload))


def changed(**fields: object) -> bytes:
    said = {**json.loads(parse(TOKEN).payload), **fields}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


@given(
    number=st.integers(1),
    set_id=st.text(),
    route=st.sampled_from(Route),
    at=st.datetimes(timezones=st.just(UTC)),
)
def test_a_confirmation_survives_being_written_and_read(
    number: int, set_id: str, route: Route, at: datetime
) -> None:
    confirmation = Confirmation(
        program="harbour",
        candidate=1,
        number=number,
        set_id=set_id,
        route=route,
        round=number,
        files=3,
        sha256="ab" * 32,
        submitted_at=at,
    )
    payload = payload_of(confirmation)

    read = parse(signed(payload))

    assert read == (confirmation, payload, SIGNER.public_key, SIGNER.sign(payload))


def test_a_genuine_confirmation_is_recognised_and_told() -> None:
    report = verify_receipt(TOKEN, file=None, trusted_key=SIGNER.public_key)

    assert report.ok
    assert report.lines[0] == "OK: the confirmation is genuine."
    assert "Submission 12 of candidate 1 in garden:" in report.lines
    assert "Set and route: soil-care (portfolio), round 1" in report.lines
    assert "Submitted at: 2026-11-21 18:00:00 UTC" in report.lines
    assert report.facts["kind"] == "confirmation"
    assert report.facts["sha256"] == submission().manifest_sha256


@given(place=st.integers(0), letter=st.sampled_from("AZaz09-_.=! \n"))
def test_with_any_letter_changed_it_is_never_genuine(place: int, letter: str) -> None:
    place %= len(TOKEN)
    other = TOKEN[:place] + letter + TOKEN[place + 1 :]

    assert verify_receipt(other, file=None, trusted_key=None).ok == (other.strip() == TOKEN)


@pytest.mark.parametrize(
    "fields",
    [
        {"route": "by bribe"},
        {"files": "3"},
        {"round": True},
        {"set": "half a \ud83d"},
        {"submitted_at": "2026-11-21T19:00:00+01:00"},
        {"more": 1},
        {"format": "carrel-receipt-1"},
    ],
)
def test_what_we_would_not_write_is_refused_even_when_it_is_signed(
    fields: dict[str, object],
) -> None:
    with pytest.raises(CarrelError, match="The confirmation was altered"):
        parse(signed(changed(**fields)))


def test_a_changed_field_and_another_key_are_told_apart() -> None:
    head, _, key, signature = TOKEN.split(".")
    payload = base64.urlsafe_b64encode(changed(files=99)).rstrip(b"=").decode()
    forged = f"{head}.{payload}.{key}.{signature}"

    (altered,) = _faults(forged, None)
    (foreign,) = _faults(TOKEN, STRANGER.public_key)

    assert altered == "bad-signature"
    assert foreign == "other-key"


def test_a_receipt_cannot_be_passed_off_as_a_confirmation() -> None:
    receipt = issue(evidence())
    passed_off = receipt.replace("carrel-receipt-1", "carrel-submission-1")

    assert not verify_receipt(passed_off, file=None, trusted_key=None).ok


def test_both_kinds_in_one_mail_are_checked_and_a_file_is_compared_with_its_receipt(
    tmp_path: Path,
) -> None:
    receipt, proof = issue(evidence()), tmp_path / "proof.pdf"
    proof.write_bytes(b"a proof")
    broken = "\n".join(f"> {TOKEN[at : at + 70]}" for at in range(0, len(TOKEN), 70))
    mail = f"Dear Ada,\n{broken}\n\nand of one file:\n{receipt}\n"

    assert verify_text(mail, file=proof, trusted_key=SIGNER.public_key).ok
    alone = verify_text(TOKEN, file=proof, trusted_key=None)
    assert not alone.ok
    assert "compare proof.pdf with its own receipt" in alone.lines[1]


def test_verify_on_the_command_line_knows_confirmations(tmp_path: Path) -> None:
    cut = tmp_path / "cut.txt"
    cut.write_text(f"see {TOKEN[:-3]}")

    shell = Shell(tmp_path)
    genuine, broken = shell.run("verify", TOKEN), shell.run("verify", cut)

    assert genuine.exit_code == 0
    assert "OK: the confirmation is genuine." in genuine.output
    assert broken.exit_code == 1
    assert "no whole confirmation" in broken.output


def _faults(token: str, key: str | None) -> list[object]:
    found = verify_receipt(token, file=None, trusted_key=key).facts["faults"]
    assert isinstance(found, list)
    return [fault["what"] for fault in found]
