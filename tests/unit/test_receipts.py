"""A receipt says what it said when it was signed, or is refused."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.portfolio import Change, Evidence, Filing, Kind, State
from bot.domain.receipts import Receipt, parse, payload_of, token_of
from bot.errors import CarrelError
from bot.usecases.issue_receipt import issue_receipt
from storage.proof.verification import verify_receipt
from tests.exporting import NOON, SIGNER, STRANGER, sha256, small_program

CONTENT = b"a proof"


def evidence(name: str = "proof.pdf", *sections: str) -> Evidence:
    return Evidence(
        id=7,
        number=3,
        person_id=1,
        name=name,
        media_type="application/pdf",
        size=len(CONTENT),
        sha256=sha256(CONTENT),
        stored_at=NOON,
        filing=Filing(state=State.FILED, sections=sections or ("BOA-1",)),
    )


def step(after: Filing, minutes: int, *, evidence_id: int = 7) -> Change:
    return Change(
        id=minutes,
        evidence_id=evidence_id,
        before=Filing(state=State.WAITING),
        after=after,
        message_key="m",
        reason="because",
        at=NOON + timedelta(minutes=minutes),
    )


def issue(one: Evidence, *history: Change) -> str:
    return issue_receipt(one, program=small_program(), signer=SIGNER, history=history)


def faults(token: str, *, file: Path | None = None, key: str | None = None) -> list[str]:
    found = verify_receipt(token, file=file, trusted_key=key).facts["faults"]
    assert isinstance(found, list)
    return [fault["what"] for fault in found]


def with_payload(token: str, payload: bytes) -> str:
    parts = token.split(".")
    parts[1] = base64.urlsafe_b64encode(payload).rstrip(b"=").decode()
    return ".".join(parts)


def signed(payload: bytes) -> str:
    return token_of(payload, public_key=SIGNER.public_key, signature=SIGNER.sign(payload))


@given(
    name=st.text(),
    number=st.integers(1),
    sections=st.lists(st.text()),
    at=st.datetimes(timezones=st.just(UTC)),
    state=st.sampled_from(State),
    kind=st.sampled_from(Kind),
)
def test_a_receipt_survives_being_written_and_read(
    name: str, number: int, sections: list[str], at: datetime, state: State, kind: Kind
) -> None:
    receipt = Receipt(
        program="harbour",
        candidate=1,
        number=number,
        name=name,
        size=number,
        sha256=sha256(CONTENT),
        stored_at=at,
        state=state,
        sections=tuple(sections),
        kind=kind,
        filed_at=at,
    )
    payload = payload_of(receipt)

    read = parse(signed(payload))

    assert read == (receipt, payload, SIGNER.public_key, SIGNER.sign(payload))


def test_the_same_record_gives_the_same_token() -> None:
    assert issue(evidence()) == issue(evidence())


def test_the_same_instant_in_another_zone_is_the_same_receipt() -> None:
    receipt = parse(issue(evidence())).receipt
    chicago = NOON.astimezone(timezone(timedelta(hours=-5)))
    fields = {name: getattr(receipt, name) for name in Receipt.__slots__}

    assert payload_of(Receipt(**{**fields, "stored_at": chicago})) == payload_of(receipt)


def test_a_receipt_tells_when_the_file_came_to_stand_where_it_stands() -> None:
    one = evidence("proof.pdf", "BOA-2")
    history = (
        step(one.filing, 5),
        step(Filing(state=State.WITHDRAWN), 6),
        step(one.filing, 9),
        step(one.filing, 20, evidence_id=8),
    )

    assert parse(issue(one, *history)).receipt.filed_at == NOON + timedelta(minutes=9)


def test_a_file_that_was_never_moved_stands_there_since_it_was_stored() -> None:
    assert parse(issue(evidence())).receipt.filed_at == NOON


def test_a_genuine_receipt_is_recognised_with_its_file(tmp_path: Path) -> None:
    file = tmp_path / "proof.pdf"
    file.write_bytes(CONTENT)

    report = verify_receipt(issue(evidence()), file=file, trusted_key=SIGNER.public_key)

    assert report.ok
    assert report.lines[0] == "OK: the receipt is genuine. proof.pdf is its file, bit for bit."
    assert "Stored at: 2026-05-04 12:00:00 UTC" in report.lines
    assert report.facts["trusted"] is True
    assert report.facts["sections"] == ["BOA-1"]


def test_without_a_key_the_report_says_that_nobody_checked_whose_it_is() -> None:
    report = verify_receipt(issue(evidence()), file=None, trusted_key=None)

    assert report.ok
    assert report.facts["trusted"] is None
    assert "was not checked" in report.lines[-1]


def test_a_waiting_file_has_a_receipt_that_names_no_section() -> None:
    one = evidence()
    waiting = Evidence(
        **{name: getattr(one, name) for name in Evidence.__slots__}
        | {"filing": Filing(state=State.WAITING)}
    )

    report = verify_receipt(issue(waiting), file=None, trusted_key=None)

    assert any("waiting, since" in line for line in report.lines)


def test_another_installations_key_is_said_plainly() -> None:
    report = verify_receipt(issue(evidence()), file=None, trusted_key=STRANGER.public_key)

    assert not report.ok
    assert "another installation" in report.lines[1]
    assert faults(issue(evidence()), key=STRANGER.public_key) == ["other-key"]


def test_a_receipt_that_somebody_else_signed_again_is_refused() -> None:
    payload = parse(issue(evidence())).payload
    forged = token_of(payload, public_key=STRANGER.public_key, signature=STRANGER.sign(payload))
    mixed = token_of(payload, public_key=SIGNER.public_key, signature=STRANGER.sign(payload))

    assert faults(forged, key=SIGNER.public_key) == ["other-key"]
    assert faults(mixed, key=SIGNER.public_key) == ["bad-signature"]


def test_another_file_and_a_lost_file_are_told_apart(tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(CONTENT + b"!")

    assert faults(issue(evidence()), file=other) == ["other-file"]
    assert faults(issue(evidence()), file=tmp_path / "gone.pdf") == ["unreadable"]


@given(place=st.integers(0), letter=st.sampled_from("AZaz09-_.=! \n"))
def test_a_receipt_with_any_letter_changed_is_never_genuine(place: int, letter: str) -> None:
    token = issue(evidence())
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]

    assert verify_receipt(changed, file=None, trusted_key=None).ok == (changed.strip() == token)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("size", 8),
        ("number", 4),
        ("candidate", 2),
        ("name", "other.pdf"),
        ("sections", ["BOA-2"]),
        ("stored_at", "2026-05-01T12:00:00+00:00"),
        ("kind", "secondary"),
    ],
)
def test_a_changed_field_breaks_the_signature(field: str, value: object) -> None:
    token = issue(evidence())
    fields = {**json.loads(parse(token).payload), field: value}
    payload = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()

    assert faults(with_payload(token, payload)) == ["bad-signature"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("size", True),
        ("number", "3"),
        ("sections", [1]),
        ("sections", "BOA-1"),
        ("kind", "tertiary"),
        ("state", "lost"),
        ("stored_at", "yesterday"),
        ("stored_at", "2026-05-04T14:00:00+02:00"),
        ("stored_at", "0001-01-01T00:00:00+14:00"),
        ("name", "half a \ud83d"),
        ("more", 1),
        ("format", "carrel-receipt-2"),
    ],
)
def test_a_payload_we_would_not_write_is_refused_even_when_it_is_signed(
    field: str, value: object
) -> None:
    fields = {**json.loads(parse(issue(evidence())).payload), field: value}
    payload = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()

    with pytest.raises(CarrelError, match="was altered"):
        parse(signed(payload))


@pytest.mark.parametrize("payload", [b"", b"[]", b"3", b"{}", b"\xff", b"[" * 60_000, b'{"a":1'])
def test_payloads_without_sense_are_refused(payload: bytes) -> None:
    with pytest.raises(CarrelError, match="makes no sense"):
        parse(signed(payload))
