"""The terminal as a person at it, or a script behind it, meets it."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import pty
from datetime import timedelta
from pathlib import Path
from typing import TextIO

import pytest

from bot.app import open_terminal
from bot.domain.people import Person
from bot.domain.rights import Role
from channels.console.adapter import Console, Intake, Saves
from handlers.pipeline import Pipeline
from scheduler.dispatcher import Dispatcher
from scheduler.terminal import Terminal
from tests.cast import ADA, REV
from tests.desk import LEASE, House
from tests.flows.props import prop

LARGEST = 1_000_000  # bytes


class Watched(io.StringIO):
    """A screen that tells when something was written."""

    def __init__(self) -> None:
        super().__init__()
        self._changed = asyncio.Event()

    def write(self, text: str) -> int:
        """Writes, and tells."""
        self._changed.set()
        return super().write(text)

    async def shows(self, words: str) -> None:
        """Returns when the words stand on the screen."""
        while words not in self.getvalue():
            self._changed.clear()
            await self._changed.wait()


def sit(house: House, lines: TextIO, screen: TextIO) -> None:
    """Ada at a terminal, until her lines end."""
    with house.transaction() as uow:
        ada = uow.people.find(ADA.email)
    assert ada is not None
    asyncio.run(seat(house, ada, lines, screen).run())


def seat(house: House, person: Person, lines: TextIO, screen: TextIO) -> Terminal:
    """A terminal of that person's own."""
    console = Console(
        who=person.email,
        lines=lines,
        screen=screen,
        intake=Intake(put=house.files.put, largest=LARGEST),
        saves=Saves(folder=house.folder / "saved", get=house.files.path),
        clock=house.clock,
    )
    with house.transaction() as uow:
        uow.people.connect(person, console.address, at=house.clock())
        uow.commit()
    pipeline = Pipeline(house.desk, house.transaction, lease_seconds=LEASE)
    dispatcher = Dispatcher(
        {console.name: console}, house.transaction, clock=house.clock, lease_seconds=LEASE
    )
    return open_terminal(console, pipeline, dispatcher)


def typed(house: House, *lines: str) -> str:
    """What the screen shows after these lines from a pipe."""
    screen = io.StringIO()
    sit(house, io.StringIO("".join(f"{line}\n" for line in lines)), screen)
    house.clock.forward(timedelta(minutes=1))
    return screen.getvalue()


def test_lines_from_a_pipe_are_shown_before_their_answers(home: House) -> None:
    assert typed(home, "thanks", "", "bye") == (
        "> thanks\nYou are welcome.\n\n> bye\nGoodbye. Everything you sent is safe.\n\n"
    )


@pytest.mark.parametrize("words", ["bye", "Goodbye!"])
def test_who_says_goodbye_is_answered_and_the_terminal_is_left(home: House, words: str) -> None:
    shown = typed(home, words, "thanks")

    assert "Goodbye. Everything you sent is safe." in shown
    assert "thanks" not in shown


def test_what_one_terminal_causes_appears_at_another(home: House) -> None:
    rev = home.appoint(*REV, Role.REVIEWER)
    home.send(ADA.email, prop("notes.txt", home.folder), caption="technology/certificate")
    home.clock.forward(timedelta(seconds=1))
    screen = Watched()

    async def both(lines: TextIO, keys: TextIO) -> None:
        running = asyncio.create_task(seat(home, rev, lines, screen).run())
        await screen.shows("\n> ")
        await asyncio.to_thread(home.say, ADA.email, "submit Technology")
        await screen.shows("submitted Technology")
        keys.write("claim 1\nquit\n")
        keys.flush()
        await running

    keyboard, terminal = pty.openpty()
    with os.fdopen(terminal) as lines, os.fdopen(keyboard, "w") as keys:
        asyncio.run(both(lines, keys))

    shown = screen.getvalue()
    assert shown.index("Ada Reyes submitted Technology") < shown.index("is yours to review")


@pytest.mark.parametrize("word", ["quit", "EXIT", " :q "])
def test_nothing_after_quit_is_read(home: House, word: str) -> None:
    assert "welcome" not in typed(home, word, "thanks")


def test_a_file_is_sent_with_words_and_its_path_may_hold_spaces(
    home: House, tmp_path: Path
) -> None:
    folder = tmp_path / "my proofs"
    folder.mkdir()
    path = prop("notes.txt", folder)

    shown = typed(home, f'file "{path}" for TECH-8', "files")

    assert "Filed notes.txt as file 1 in TECH-8" in shown
    assert "File 1, notes.txt, stands in TECH-8" in shown


def test_a_path_with_spaces_needs_no_quotes_when_it_names_a_file(
    home: House, tmp_path: Path
) -> None:
    path = prop("notes.txt", tmp_path).rename(tmp_path / "Circ Desk Procedure.txt")

    shown = typed(home, f"file {path} for TECH-8", f"file {tmp_path}/Circ Desk Manual.txt")

    assert "Filed Circ Desk Procedure.txt as file 1 in TECH-8" in shown
    assert "Why: the caption names TECH-8." in shown
    assert "put a path with spaces in quotes" in " ".join(shown.split())


def test_file_and_a_number_is_about_a_file_that_is_there(home: House, tmp_path: Path) -> None:
    shown = typed(home, f"file {prop('notes.txt', tmp_path)}", "file 1 in TECH-8")

    assert "File 1, notes.txt, stands in TECH-8" in shown


def test_a_quotation_mark_that_is_never_closed_does_not_matter(home: House, tmp_path: Path) -> None:
    assert "Filed notes.txt" in typed(home, f'file "{prop("notes.txt", tmp_path)} for TECH-8')


def test_what_cannot_be_taken_is_told_with_what_to_do(home: House, tmp_path: Path) -> None:
    large = tmp_path / "film.mp4"
    with large.open("wb") as stream:
        stream.truncate(LARGEST + 1)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    shown = " ".join(
        typed(
            home,
            f"file {tmp_path}/nowhere.pdf",
            f"file {tmp_path}",
            f"file {pipe}",
            f"file {large}",
            "file bad\0name.pdf",
        ).split()
    )

    assert "Not filed: nowhere.pdf could not be found: check the path" in shown
    assert "is a folder: name a file, or pack the folder as a ZIP." in shown
    assert "Not filed: pipe is no regular file" in shown
    assert "Not filed: film.mp4 is larger than 1 MB" in shown
    assert "could not be read (embedded null byte)" in shown


def test_the_picture_of_progress_is_saved_and_its_place_told(home: House) -> None:
    shown = typed(home, "progress")

    (picture,) = (home.folder / "saved").iterdir()
    assert f"Picture saved as {picture}" in shown
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_an_answer_that_the_terminal_could_not_show_is_shown_by_the_next(home: House) -> None:
    with contextlib.suppress(OSError), Path("/dev/full").open("w") as full:
        sit(home, io.StringIO("ask staff: Is anybody there?\n"), full)

    home.clock.forward(timedelta(minutes=1))
    assert "Kept for the staff as question 1." in typed(home, "quit")
