"""The contract of `Unpacker`: the files of an archive under harmless names, within limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.files import Member
from bot.errors import Refusal, Unreadable
from storage.reading.limits import MEBIBYTE, Limits
from storage.reading.unpacker import LocalUnpacker
from tests import samples, samples_archives, samples_binaries
from tests.sentences import SENTENCE


def unpack(data: bytes, folder: Path, *, limits: Limits | None = None) -> tuple[Member, ...]:
    """The members of an archive, unpacked below `folder`/into."""
    into = folder / "into"
    into.mkdir(exist_ok=True)
    upload = folder / "upload"
    upload.write_bytes(data)
    return LocalUnpacker(limits).unpack(upload, name="proofs.zip", into=into)


def refusal(data: bytes, folder: Path, *, limits: Limits | None = None) -> Unreadable:
    """The refusal of an archive as a whole; nothing of it may stay."""
    with pytest.raises(Unreadable) as caught:
        unpack(data, folder, limits=limits)

    assert list((folder / "into").iterdir()) == []
    return caught.value


def test_every_file_is_a_member_and_junk_is_none(tmp_path: Path) -> None:
    report, notes = unpack(samples_archives.zip_archive(), tmp_path)

    assert (report.name, notes.name) == ("report.docx", "notes.txt")
    assert notes.path
    assert notes.path.read_text() == SENTENCE
    assert report.path
    assert report.path.read_bytes() == samples.docx()


@pytest.mark.parametrize(
    "build",
    [samples.docx, samples.xlsx, samples.odt, samples.pdf, samples.plain, samples_binaries.noise],
)
def test_what_is_no_plain_archive_has_no_members(
    tmp_path: Path, build: Callable[[], bytes]
) -> None:
    assert unpack(build(), tmp_path) == ()
    assert list((tmp_path / "into").iterdir()) == []


def test_names_cannot_leave_the_folder(tmp_path: Path) -> None:
    members = unpack(samples_archives.traversing_zip(), tmp_path)
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "upload"]

    assert [each.name for each in members] == ["evil.txt", "evil", "win.txt", "evil.txt", "b.txt"]
    assert sorted(files) == sorted(each.path for each in members if each.path)
    assert all(path.is_relative_to(tmp_path / "into") for path in files)


def test_an_archive_inside_an_archive_is_refused_and_its_neighbour_is_not(tmp_path: Path) -> None:
    inner, notes = unpack(samples_archives.nested_zip(), tmp_path)

    assert (inner.path, inner.refusal) == (None, Refusal.BAD_ARCHIVE)
    assert inner.advice.startswith("inner.zip is an archive")
    assert notes.path


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Refusal.EMPTY),
        (samples_binaries.exe(), Refusal.EXECUTABLE),
        (bytes(3 * MEBIBYTE), Refusal.TOO_LARGE),
    ],
    ids=["empty", "program", "too large"],
)
def test_a_bad_member_is_refused_alone(tmp_path: Path, content: bytes, reason: Refusal) -> None:
    whole = samples.archive({"bad": content, "good": SENTENCE})
    bad, good = unpack(whole, tmp_path, limits=Limits(file_bytes=2 * MEBIBYTE))

    assert (bad.path, bad.refusal) == (None, reason)
    assert good.path


def test_a_member_with_a_password_is_refused(tmp_path: Path) -> None:
    (secret,) = unpack(samples_archives.encrypted_zip(), tmp_path)

    assert (secret.name, secret.refusal) == ("secret.txt", Refusal.LOCKED)


def test_a_member_whose_bytes_are_broken_is_refused(tmp_path: Path) -> None:
    whole = samples.archive({"a.txt": SENTENCE})
    broken = whole.replace(whole[40:60], bytes(20), 1)

    assert unpack(broken, tmp_path)[0].refusal is Refusal.DAMAGED


def test_names_are_read_in_utf_8_even_when_the_archive_does_not_say_so(tmp_path: Path) -> None:
    marked = samples.archive({"café.txt": SENTENCE})
    unmarked = marked.replace(b"\x00\x08", b"\x00\x00")

    assert [each.name for each in unpack(unmarked, tmp_path)] == ["café.txt"]


@pytest.mark.parametrize(
    ("build", "limits", "reason"),
    [
        (samples_archives.bomb, Limits(), Refusal.BAD_ARCHIVE),
        (samples_archives.zip_archive, Limits(members=1), Refusal.BAD_ARCHIVE),
        (samples_archives.zip_archive, Limits(unpacked_bytes=1000), Refusal.BAD_ARCHIVE),
        (lambda: samples.archive({"folder/": ""}), Limits(), Refusal.EMPTY),
        (lambda: samples_archives.zip_archive()[:20_000], Limits(), Refusal.DAMAGED),
        (samples_archives.zip_archive, Limits(file_bytes=1000), Refusal.TOO_LARGE),
    ],
    ids=["bomb", "many", "much", "nothing", "cut off", "large"],
)
def test_an_archive_is_refused_as_a_whole(
    tmp_path: Path, build: Callable[[], bytes], limits: Limits, reason: Refusal
) -> None:
    error = refusal(build(), tmp_path, limits=limits)

    assert (error.reason, error.keep) == (reason, False)
    assert error.advice.startswith("proofs.zip ")


def test_a_size_that_is_a_lie_does_not_help(tmp_path: Path) -> None:
    whole = samples_archives.bomb()
    size = (40 * MEBIBYTE).to_bytes(4, "little")
    (member,) = unpack(whole.replace(size, (99).to_bytes(4, "little")), tmp_path)

    assert member.refusal


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    upload = tmp_path / "upload"
    upload.write_bytes(samples_archives.zip_archive())

    with pytest.raises(Unreadable):
        LocalUnpacker().unpack(upload, name="proofs.zip", into=tmp_path / "nowhere")


@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.integers(min_value=0), st.binary(max_size=30))
def test_any_damage_gives_members_or_a_refusal(tmp_path: Path, place: int, junk: bytes) -> None:
    whole = samples_archives.nested_zip()
    start = place % len(whole)
    broken = whole[:start] + junk + whole[start + len(junk) :]
    try:
        outcome: tuple[Member, ...] | Unreadable = unpack(broken, tmp_path)
    except Unreadable as error:
        outcome = error

    assert isinstance(outcome, tuple | Unreadable)
