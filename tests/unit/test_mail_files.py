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


def test_a_mail_is_taken_apart_once_for_all_its_files(
    files: FolderFileStore, tmp_path: Path
) -> None:
    sha256 = files.put_bytes(RAW)
    fetcher = EmailFiles(files)
    attachment = Attachment(name="notes.txt", size=5, source=source(sha256, "2"))
    fetcher.fetch(attachment, into=tmp_path, largest=100)
    files.path(sha256).chmod(0o600)
    files.path(sha256).write_bytes(b"")  # whoever reads it again finds nothing

    assert fetcher.fetch(attachment, into=tmp_path, largest=100).read_bytes() == b"hello"


def test_what_was_erased_is_not_fetched_any_more(files: FolderFileStore, tmp_path: Path) -> None:
    sha256 = files.put_bytes(RAW)
    fetcher = EmailFiles(files)
    attachment = Attachment(name="notes.txt", size=5, source=source(sha256, "2"))
    fetcher.fetch(attachment, into=tmp_path, largest=100)
    files.path(sha256).unlink()

    with pytest.raises(Unfetched, match="no longer here"):
        fetcher.fetch(attachment, into=tmp_path, largest=100)


def test_a_disk_in_trouble_is_told_and_tried_again(files: FolderFileStore, tmp_path: Path) -> None:
    sha256 = files.put_bytes(RAW)

    with pytest.raises(Unfetched, match="could not be read") as failed:
        fetched(files, source(sha256, "2"), tmp_path / "nowhere")
    assert failed.value.again
