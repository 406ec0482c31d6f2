"""Files are kept whole, once, under the hash of their bytes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import shutil
import stat
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CarrelError, NotFound
from bot.ports import FileStore
from storage.files import FolderFileStore


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def store(root: Path) -> FileStore:
    return FolderFileStore(root)


@contextlib.contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """Makes a process feel at `size` bytes what a full disk would do to it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def written(folder: Path, content: bytes, name: str = "source") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("content", [b"", b"x", b"\0" * 3_000_000])
def test_a_file_comes_back_byte_for_byte_under_its_hash(
    store: FileStore, tmp_path: Path, content: bytes
) -> None:
    sha256 = store.put(written(tmp_path, content))

    assert sha256 == hashlib.sha256(content).hexdigest()
    assert store.path(sha256).read_bytes() == content
    assert list(store.names()) == [sha256]


def test_putting_twice_is_once(store: FileStore, tmp_path: Path) -> None:
    first = store.put(written(tmp_path, b"same", "a.txt"))

    assert store.put(written(tmp_path, b"same", "b.txt")) == first
    assert store.path(first).read_bytes() == b"same"
    assert list(store.names()) == [first]


def test_a_kept_file_cannot_be_written_by_accident(store: FileStore, tmp_path: Path) -> None:
    path = store.path(store.put(written(tmp_path, b"x")))

    assert stat.S_IMODE(path.stat().st_mode) == 0o440


def test_the_source_stays_where_it_was(store: FileStore, tmp_path: Path) -> None:
    source = written(tmp_path, b"x")
    store.put(source)

    assert source.read_bytes() == b"x"


def test_a_damaged_file_is_mended_by_putting_it_again(store: FileStore, tmp_path: Path) -> None:
    source = written(tmp_path, b"whole")
    sha256 = store.put(source)
    store.path(sha256).chmod(0o640)
    store.path(sha256).write_bytes(b"who")

    assert store.put(source) == sha256
    assert store.path(sha256).read_bytes() == b"whole"


def test_a_name_is_on_the_disk_when_it_is_given_and_the_root_is_waited_for_once_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[int] = []

    def noted(file: int) -> None:
        waited.append(os.fstat(file).st_ino)

    monkeypatch.setattr(os, "fsync", noted)
    root = tmp_path / "root"
    store = FolderFileStore(root)
    first, second = beside_each_other()

    for content, of_root in ((first, 1), (second, 0), (first, 0)):
        waited.clear()
        path = store.path(store.put_bytes(content))
        assert {path.stat().st_ino, path.parent.stat().st_ino} < set(waited)
        assert path.parent.parent.stat().st_ino in waited
        assert waited.count(root.stat().st_ino) == of_root

    shutil.rmtree(path.parent.parent)
    waited.clear()
    store.put_bytes(first)
    assert root.stat().st_ino in waited


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ab" * 31,
        "ab" * 33,
        "AB" * 32,
        "../../etc/passwd",
        "g" * 64,
        "ab" * 32 + "\n",
        "\u0661" * 64,
    ],
)
def test_what_is_no_name_is_not_found_and_not_discarded(store: FileStore, name: str) -> None:
    with pytest.raises(NotFound):
        store.path(name)
    store.discard(name)


def beside_each_other() -> tuple[bytes, bytes]:
    """Two contents that are kept in one folder of the root."""
    begun: dict[str, bytes] = {}
    for number in count():
        content = str(number).encode()
        other = begun.setdefault(hashlib.sha256(content).hexdigest()[:2], content)
        if other != content:
            return other, content
    raise AssertionError


def test_an_unknown_name_is_not_found(store: FileStore) -> None:
    with pytest.raises(NotFound, match="send it again"):
        store.path("ab" * 32)


@given(name=st.text(max_size=70))
def test_no_name_leads_out_of_the_store(name: str) -> None:
    with pytest.raises(NotFound):
        FolderFileStore(Path("/nowhere")).path(name)


def test_discarding_forgets_the_bytes_and_is_harmless_twice(
    store: FileStore, tmp_path: Path
) -> None:
    sha256 = store.put(written(tmp_path, b"x"))
    store.discard(sha256)
    store.discard(sha256)

    assert list(store.names()) == []
    with pytest.raises(NotFound):
        store.path(sha256)


def test_names_leave_out_what_a_crash_left_behind(
    store: FileStore, root: Path, tmp_path: Path
) -> None:
    names = sorted(store.put(written(tmp_path, bytes([n]))) for n in range(20))
    written(root / "incoming", b"half", "tmpabc")
    written(root / names[0][:2] / names[0][2:4], b"stray", "notes.txt")

    assert list(store.names()) == names


def test_an_empty_store_has_no_names(store: FileStore) -> None:
    assert list(store.names()) == []


def test_a_source_that_is_gone_is_an_error_that_says_so(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(CarrelError, match=r"gone\.pdf was not kept: No such file"):
        store.put(tmp_path / "gone.pdf")


def test_a_folder_is_not_a_file(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(CarrelError, match="was not kept"):
        store.put(tmp_path)


def test_a_full_disk_is_an_error_and_leaves_nothing(
    store: FileStore, root: Path, tmp_path: Path
) -> None:
    source = written(tmp_path, b"x" * 200_000, "big.pdf")
    limited = pytest.raises(CarrelError, match=r"big\.pdf was not kept.*free space")
    with no_file_beyond(65_536), limited:
        store.put(source)

    assert [path for path in root.rglob("*") if path.is_file()] == []
    assert store.path(store.put(source)).stat().st_size == 200_000


def test_a_place_that_cannot_be_written_is_an_error_and_leaves_nothing(
    store: FileStore, root: Path, tmp_path: Path
) -> None:
    sha256 = hashlib.sha256(b"x").hexdigest()
    root.mkdir()
    written(root, b"in the way", sha256[:2])

    with pytest.raises(CarrelError, match="was not kept"):
        store.put(written(tmp_path, b"x"))
    assert list((root / "incoming").iterdir()) == []


def test_threads_may_put_the_same_file_at_once(store: FileStore, tmp_path: Path) -> None:
    source = written(tmp_path, b"shared" * 100_000)
    got: list[str] = []
    threads = [threading.Thread(target=lambda: got.append(store.put(source))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(got) == 8
    assert list(store.names()) == [got[0]]


def test_bytes_at_hand_are_kept_as_a_file_of_them_is(store: FileStore, tmp_path: Path) -> None:
    kept = store.put_bytes(b"hello")

    assert store.put(written(tmp_path, b"hello")) == kept
    assert store.path(kept).read_bytes() == b"hello"


def test_bytes_for_which_there_is_no_room_are_an_error_and_leave_nothing(
    store: FileStore, root: Path
) -> None:
    with no_file_beyond(1_000), pytest.raises(CarrelError, match="were not kept"):
        store.put_bytes(b"x" * 10_000)

    assert list((root / "incoming").iterdir()) == []
