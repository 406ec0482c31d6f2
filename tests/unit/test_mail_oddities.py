"""Mails that are odd in one way each: what is read of them, told file by file."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from channels.email.mail import Mail
from channels.email.reading.extract import extracted
from channels.email.reading.mail import read

FOLDER = Path(__file__).parent.parent / "data" / "mail"
LINES = (FOLDER / "expected.jsonl").read_text(encoding="utf-8").splitlines()
EXPECTED = {row["file"]: row for row in map(json.loads, LINES)}


def _told(mail: Mail) -> dict[str, Any]:
    """What the table may say of a mail."""
    taken = [one for one in mail.enclosed if not one.refusal]
    return {
        "sender": mail.sender,
        "subject": mail.subject,
        "recipients": list(mail.recipients),
        "sent_at": mail.sent_at and mail.sent_at.isoformat(),
        "text": mail.text,
        "html": mail.html,
        "files": [[one.name, one.size] for one in taken],
        "places": [one.place for one in taken],
        "refused": [one.name for one in mail.enclosed if one.refusal],
        "forwarded": [one.subject for one in mail.forwarded],
        "faults": list(mail.faults),
    }


def test_every_oddity_is_in_the_table_and_none_is_told_twice() -> None:
    assert sorted(EXPECTED) == sorted(path.name for path in FOLDER.glob("*.eml"))
    assert len(EXPECTED) == len(LINES) >= 45


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_an_oddity_is_read_as_the_table_says(name: str) -> None:
    told = _told(read((FOLDER / name).read_bytes()))
    expected = {key: value for key, value in EXPECTED[name].items() if key != "file"}

    assert {key: told[key] for key in expected} == expected


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_file_told_can_be_had_whole(name: str) -> None:
    raw = (FOLDER / name).read_bytes()

    for one in read(raw).enclosed:
        if not one.refusal:
            assert len(extracted(raw, one.place)) == one.size


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_text_of_an_oddity_can_mislead_a_screen(name: str) -> None:
    mail = read((FOLDER / name).read_bytes())
    texts = [mail.subject, mail.sender_name, mail.text, mail.html]
    texts += [value for _, value in mail.headers] + [one.name for one in mail.enclosed]

    for text in texts:
        assert not set(text) & {"\0", "\r", "\x1b", "\u202e"}
        text.encode()  # halves of characters could not be


def test_every_refused_file_says_what_to_do() -> None:
    refusals = [
        one.refusal
        for name in EXPECTED
        for one in read((FOLDER / name).read_bytes()).enclosed
        if one.refusal
    ]

    assert len(refusals) >= 6
    assert all(text.startswith("It ") and ": " in text and text.endswith(".") for text in refusals)


def test_a_winmail_dat_gives_the_bytes_that_were_packed() -> None:
    raw = (FOLDER / "winmail_dat.eml").read_bytes()

    assert extracted(raw, "2/tnef/1") == b"%PDF-1.4 a made-up file\n"
    assert extracted(raw, "2/tnef/2") == b"My notes."


def test_the_time_of_a_mail_is_told_in_utc() -> None:
    sent_at = read((FOLDER / "no_closing_boundary.eml").read_bytes()).sent_at

    assert sent_at == datetime.fromisoformat("2026-11-02T08:30:00+00:00")
    assert str(sent_at).endswith("+00:00")
