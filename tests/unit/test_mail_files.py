"""Files are taken out of the mail that is kept, when they are wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.messages import Attachment
from bot.errors import Unfetched
from channels.email.files import EmailFiles
from channels.email.intake.said import source
from storage.files import FolderFileStore

RAW = (
    b"From: ada@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain\r\n\r\nHere.\r\n"
    b"--b\r\nContent-Type: text/x-notes; name=notes.txt\r\nContent-Disposition: attachment\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--b--\r\n"
)


@pytest.fixture
def files(tmp_path: Path) -> FolderFileStore:
    """Where mails are kept."""
    return FolderFileStore(tmp_path / "files")


def fetched(files: FolderFileStore, source: str, into: Path, *, largest: int = 100) -> bytes:
    """The bytes that wait there."""
    attachment = Attachment(name="notes.txt", size=5, source=source)
    return EmailFiles(files).fetch(attachment, into=into, largest=largest).read_bytes()


def test_a_file_comes_as_it_was_before_it_travelled(files: FolderFileStore, tmp_path: Path) -> None:
    sha256 = files.put_bytes(RAW)

    assert fetched(files, source(sha256, "2"), tmp_path) == b"hello"


def test_what_cannot_be_had_is_told_and_not_asked_for_again(
    files: FolderFileStore, tmp_path: Path
) -> None:
    sha256 = files.put_bytes(RAW)
    for place, largest, advice in (
        (source(sha256, "7"), 100, "no longer here"),
        (source("0" * 64, "2"), 100, "no longer here"),
        (source("../../etc/passwd", "2"), 100, "no longer here"),
        (source(sha256, "2"), 4, "larger than"),
    ):
        with pytest.raises(Unfetched, match=advice) as failed:
            fetched(files, place, tmp_path, largest=largest)
        assert not failed.value.again
