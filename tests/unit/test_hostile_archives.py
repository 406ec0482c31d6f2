"""No archive harms the one who checks it, and none that is broken passes."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.proof.manifest import Manifest, write_manifest
from tests.exporting import NOON, STRANGER, Harbour, contents, repack
from tests.tampering import FIRST, SECOND, check, faults, furnish, resealed


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harbour]:
    """An installation whose candidate has two files."""
    made = furnish(tmp_path_factory.mktemp("harbour"))
    yield made
    made.database.close()


@pytest.fixture(scope="module")
def genuine(harbour: Harbour) -> Path:
    """Its archive."""
    return harbour.folder / "genuine.zip"


@settings(max_examples=150)
@given(place=st.integers(0), value=st.integers(1, 255))
def test_any_byte_changed_is_noticed_or_changes_no_content(
    place: int, value: int, genuine: Path
) -> None:
    data = bytearray(genuine.read_bytes())
    data[place % len(data)] ^= value
    path = genuine.with_name("flipped.zip")
    path.write_bytes(data)

    assert not check(path).ok or contents(path) == contents(genuine)


@settings(max_examples=50)
@given(length=st.integers(0))
def test_an_archive_that_was_cut_off_is_never_whole(length: int, genuine: Path) -> None:
    data = genuine.read_bytes()
    path = genuine.with_name("cut.zip")
    path.write_bytes(data[: length % len(data)])

    assert faults(path) == {("unreadable", "")}


@settings(max_examples=50)
@given(data=st.binary())
def test_any_bytes_are_no_archive(data: bytes, genuine: Path) -> None:
    path = genuine.with_name("noise.zip")
    path.write_bytes(data)

    assert not check(path).ok


def test_a_missing_archive_is_unreadable(tmp_path: Path) -> None:
    assert faults(tmp_path / "gone.zip") == {("unreadable", "")}


def test_a_name_that_is_there_twice_is_noticed(genuine: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(genuine.read_bytes())
    with zipfile.ZipFile(path, "a") as opened, pytest.warns(UserWarning, match="Duplicate"):
        opened.writestr(FIRST, b"twelve years at sea")

    assert ("unsafe", FIRST) in faults(path)


def test_a_name_with_terminal_commands_is_shown_without_them(genuine: Path, tmp_path: Path) -> None:
    path = repack(tmp_path / "x.zip", {**contents(genuine), "\x1b[2J\u202eOK": b""})

    assert not check(path).ok


def test_bytes_around_the_archive_are_noticed(genuine: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before.zip", tmp_path / "after.zip"
    before.write_bytes(b"#!/bin/sh\n" + genuine.read_bytes())
    after.write_bytes(genuine.read_bytes())
    with zipfile.ZipFile(after, "a") as opened:
        opened.comment = b"read me"

    assert faults(before) == {("unsafe", "the beginning of the archive")}
    assert faults(after) == {("unsafe", "the end of the archive")}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_not_tried(method: int, genuine: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", method) as opened:
        for name, data in contents(genuine).items():
            opened.writestr(name, data)

    assert faults(path) == {("bad-manifest", "manifest.json")}


def test_a_locked_member_counts_as_altered(genuine: Path, tmp_path: Path) -> None:
    data = bytearray(genuine.read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 8] |= 1
    path = tmp_path / "x.zip"
    path.write_bytes(data)

    assert faults(path) == {("altered", SECOND)}


def test_a_bomb_is_refused_before_it_is_opened(genuine: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(genuine.read_bytes())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("bomb", b"x")
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 0xFFFFFFF0)
    path.write_bytes(data)

    assert faults(path) == {("unreadable", "")}


def test_members_that_share_bytes_are_refused(genuine: Path, tmp_path: Path) -> None:
    data = bytearray(genuine.read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 20 : entry + 24] = struct.pack("<I", len(data))
    path = tmp_path / "x.zip"
    path.write_bytes(data)

    assert faults(path) == {("unreadable", "")}


def test_a_member_that_is_longer_than_listed_is_not_read(genuine: Path, tmp_path: Path) -> None:
    path = repack(tmp_path / "x.zip", {**contents(genuine), FIRST: bytes(200 << 20)})
    tracemalloc.start()

    found = faults(path)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == {("altered", FIRST)}
    assert peak < 4 << 20


def test_an_endless_directory_is_not_read(genuine: Path, tmp_path: Path) -> None:
    data = genuine.read_bytes()
    end = data.rindex(b"PK\x05\x06")
    size = 9 << 20
    directory = struct.unpack("<I", data[end + 16 : end + 20])[0]
    path = tmp_path / "x.zip"
    path.write_bytes(
        data[:directory]
        + bytes(size)
        + data[end : end + 12]
        + struct.pack("<II", size, directory)
        + data[end + 20 :]
    )

    assert faults(path) == {("unreadable", "")}


def test_a_large_file_is_checked_in_little_memory(tmp_path: Path) -> None:
    made = Harbour(tmp_path)
    ada = made.enrol()
    made.keep(ada, "large.bin", "resume", content=bytes(range(256)) * 40_000)
    path = made.archive(ada)
    made.database.close()
    tracemalloc.start()

    report = check(path)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert report.ok
    assert peak < 8 << 20


def test_a_manifest_without_files_still_needs_a_signature(tmp_path: Path) -> None:
    empty = write_manifest(
        Manifest(program="harbour", candidate=1, as_of=NOON.isoformat(), files=())
    )
    path = repack(tmp_path / "x.zip", resealed({"manifest.json": empty}))

    assert check(path).ok
    assert not check(path, key=STRANGER.public_key).ok
