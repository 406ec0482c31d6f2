"""Vectors remembered between starts."""

from __future__ import annotations

import resource
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.vectors import CHUNK, RememberedVectors
from bot.ports import Vectors


class Counting:
    """An encoder of text lengths that counts the texts it is given."""

    def __init__(self, id: str = "lengths") -> None:
        self.id = id
        self.encoded = 0

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return np.array([[len(text), 1] for text in texts], dtype=np.float32).reshape(-1, 2)


TEXTS = ["a", "bb", "ccc"]


def test_the_second_start_encodes_nothing(tmp_path: Path) -> None:
    encoder = Counting()
    first = RememberedVectors(encoder, tmp_path / "new" / "folder")(TEXTS)
    second = RememberedVectors(encoder, tmp_path / "new" / "folder")(TEXTS)

    assert encoder.encoded == len(TEXTS)
    assert np.array_equal(first, second)
    assert second.dtype == np.float32


def test_only_new_texts_are_encoded_and_another_encoder_encodes_all(tmp_path: Path) -> None:
    RememberedVectors(Counting(), tmp_path)(TEXTS)
    same, other = Counting(), Counting("another")
    RememberedVectors(same, tmp_path)([*TEXTS, "dddd"])
    RememberedVectors(other, tmp_path)(TEXTS)

    assert (same.encoded, other.encoded) == (1, 3)


@pytest.mark.parametrize("content", [b"", b"no numbers", b"\x93NUMPY\x01\x00"])
def test_a_damaged_file_costs_time_only(content: bytes, tmp_path: Path) -> None:
    encoder = Counting()
    remembered = RememberedVectors(encoder, tmp_path)
    expected = remembered(TEXTS)
    (file,) = tmp_path.iterdir()
    file.write_bytes(content)

    assert np.array_equal(remembered(TEXTS), expected)
    assert encoder.encoded == 2 * len(TEXTS)


def test_a_file_of_too_few_rows_is_not_believed(tmp_path: Path) -> None:
    remembered = RememberedVectors(Counting(), tmp_path)
    remembered(TEXTS)
    (file,) = tmp_path.iterdir()
    with np.load(file) as kept:
        np.savez(file, names=kept["names"], rows=np.zeros((1, 2), dtype=np.float32))

    assert len(remembered(TEXTS)) == len(TEXTS)


@pytest.mark.parametrize("shape", [(3,), (2, 3)])
def test_a_file_of_another_shape_is_not_believed(shape: tuple[int, ...], tmp_path: Path) -> None:
    remembered = RememberedVectors(Counting(), tmp_path)
    remembered(TEXTS)
    (file,) = tmp_path.iterdir()
    with np.load(file) as kept:
        names = kept["names"]
    np.savez(file, names=names, rows=np.zeros(shape, dtype=np.float32))

    assert remembered(TEXTS).shape == (3, 2)


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder", encoding="utf-8")

    assert len(RememberedVectors(Counting(), in_the_way)(TEXTS)) == len(TEXTS)


def test_progress_is_told_up_to_the_last_text(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    texts = ["x" * length for length in range(CHUNK + 1)]
    RememberedVectors(Counting(), tmp_path, lambda *now: told.append(now))(texts)

    assert told == [(CHUNK, CHUNK + 1), (CHUNK + 1, CHUNK + 1)]


def test_nothing_to_encode_gives_no_rows(tmp_path: Path) -> None:
    assert RememberedVectors(Counting(), tmp_path)([]).shape == (0, 2)


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file may grow beyond a few bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_costs_time_only_and_leaves_nothing_behind(tmp_path: Path) -> None:
    remembered = RememberedVectors(Counting(), tmp_path)
    wide = np.ones((3, 4000), dtype=np.float32)

    assert len(remembered(TEXTS)) == len(TEXTS)
    assert np.array_equal(remembered.keep("wide", lambda: wide, rows=3), wide)
    assert not list(tmp_path.iterdir())
