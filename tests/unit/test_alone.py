"""A second process is told that the first is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import Refused
from storage.alone import alone, is_held


def test_a_lock_is_held_by_one_and_free_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "terminals" / "1.lock"

    advice = "close the other"
    with (
        alone(path, advice=advice),
        pytest.raises(Refused, match=advice),
        alone(path, advice=advice),
    ):
        pass

    with alone(path, advice=advice):
        assert is_held(path)
    assert list(path.parent.iterdir()) == []


def test_others_see_whether_a_lock_is_held(tmp_path: Path) -> None:
    path = tmp_path / "serve.lock"

    assert not is_held(path)
    with alone(path, advice=""):
        assert is_held(path)
    assert not is_held(path)


def test_what_a_killed_process_left_behind_is_removed_by_the_next_look(tmp_path: Path) -> None:
    left = tmp_path / "worker-1.lock"
    left.touch()

    assert not is_held(left)
    assert not left.exists()
