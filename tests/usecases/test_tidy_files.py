"""Bytes of refused files do not pile up, and nothing that counts is ever forgotten."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import NotFound
from bot.usecases.tidy_files import tidy_files
from tests.cast import ADA
from tests.desk import House


def _days_old(home: House, name: str, days: int) -> None:
    then = (home.clock() - timedelta(days=days)).timestamp()
    os.utime(home.files.path(name), (then, then))


def _tidy(home: House) -> int:
    return tidy_files(home.transaction(), home.files, now=home.clock())


@pytest.fixture
def refused(home: House, tmp_path: Path) -> str:
    """The bytes of a file that was sent and not kept."""
    program = tmp_path / "report.pdf"
    program.write_bytes(b"\x7fELF" + bytes(200))
    assert "Not filed" in home.send(ADA.email, program)
    (name,) = home.files.names()
    return name


def test_old_bytes_of_a_refused_file_are_forgotten(home: House, refused: str) -> None:
    _days_old(home, refused, 2)

    assert _tidy(home) == 1
    with pytest.raises(NotFound):
        home.files.path(refused)


def test_bytes_sent_today_stay(home: House, refused: str) -> None:
    _days_old(home, refused, 0)

    assert _tidy(home) == 0
    assert home.files.path(refused).is_file()


def test_bytes_in_a_record_stay_however_old(home: House, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("I showed a user how to restart the public printer.")
    home.send(ADA.email, note, caption="for TECH-8")
    (name,) = home.files.names()
    _days_old(home, name, 400)

    assert _tidy(home) == 0
    assert home.files.path(name).is_file()


def test_nothing_is_forgotten_while_a_message_waits(home: House, refused: str) -> None:
    _days_old(home, refused, 2)
    home.pipeline.receive(home.message(ADA.email, "progress"))

    assert _tidy(home) == 0
