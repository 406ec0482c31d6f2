"""Bytes of any kind: a mail or a named refusal comes of them, and every file told is there."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.email.reading.extract import extracted
from channels.email.reading.mail import read
from channels.email.reading.refusal import MailReason, MailRefused

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "tests" / "data" / "mail"
ODDITIES = sorted(FOLDER.glob("*.eml"))
PIECES = (
    b"--edge",
    b"--edge--",
    b"\r\n",
    b"\r",
    b"\0",
    b"=?utf-8?B?",
    b"=?x?q?=?=",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Type: multipart/mixed; boundary=edge\r\n\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"; filename*0*=utf-8''%",
    b"charset=utf-16",
    b"charset=idna",
    b"begin 644 a\n#",
    b"\x78\x9f\x3e\x22",
    b"\xff\xd8\xff\xc0\0",
    b'From: (<@,"\\',
    b"Date: 31 Feb 0000 99:99 +9999",
)
WITHIN = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def _is_borne(raw: bytes) -> None:
    try:
        mail = read(raw)
    except MailRefused as refused:
        if refused.reason is MailReason.BROKEN:
            raise  # a fault of the reader's, with its cause
        return
    for one in mail.enclosed:
        if not one.refusal:
            assert len(extracted(raw, one.place)) == one.size


@WITHIN
@given(st.binary(max_size=2_000))
def test_any_bytes_are_borne(raw: bytes) -> None:
    _is_borne(raw)


@WITHIN
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=40))
def test_any_pieces_of_mails_are_borne(pieces: list[bytes]) -> None:
    _is_borne(b"".join(pieces))


@WITHIN
@given(
    st.sampled_from(ODDITIES),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(PIECES)), max_size=6),
)
def test_oddities_that_were_damaged_are_borne(
    path: Path, cuts: list[tuple[float, int, bytes]]
) -> None:
    raw = path.read_bytes()
    for where, lost, put in cuts:
        at = int(where * len(raw))
        raw = raw[:at] + put + raw[at + lost :]

    _is_borne(raw)


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris is not made for this Python"
)
def test_a_fuzzer_finds_nothing_in_a_few_seconds(tmp_path: Path) -> None:
    # What a process ever took is counted with what its parent took, which has nothing to do here.
    limits = ["-rss_limit_mb=0", "-malloc_limit_mb=1024"]
    wanted = [f"-artifact_prefix={tmp_path}/", "-runs=2000", "-seed=1"]
    options = [*wanted, *limits, str(tmp_path), str(FOLDER)]
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "tests.fuzz.read_mail", *options],
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr.decode(errors="replace")[-3000:]
