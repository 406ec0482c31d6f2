"""The terminal: lines in, replies out, pictures saved."""

from __future__ import annotations

import asyncio
import io
import os
import pty
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import pytest
from PIL import Image

from bot.domain.messages import (
    Attachment,
    Bar,
    Block,
    Chart,
    Download,
    InboundMessage,
    OutboundMessage,
    Paragraph,
    Reply,
)
from bot.errors import CarrelError, DeliveryFailed
from channels.console.adapter import NARROWEST, WIDTH, Console, Intake, Put, Saves
from tests.clock import NOON, SetClock

CHART = Chart(title="Log", bars=(Bar(label="Bread", done=1, total=2, note=""),), footer="", alt="x")

LARGEST = 1_000_000  # bytes


class Watched(io.StringIO):
    """A screen that tells when something was written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = asyncio.Event()

    def write(self, text: str) -> int:
        self.written.set()
        return super().write(text)


class Gone(io.StringIO):
    """A screen whose terminal was closed."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError("closed")


def keep(path: Path) -> str:
    """A store that knows files by their first bytes."""
    return path.read_bytes()[:4].hex()


def full(path: Path) -> str:
    raise CarrelError("the disk is full: make room")


def console(
    tmp_path: Path, lines: str = "", *, screen: TextIO | None = None, put: Put = keep
) -> Console:
    return Console(
        who="ada",
        lines=io.StringIO(lines),
        screen=screen or io.StringIO(),
        intake=Intake(put=put, largest=LARGEST),
        saves=Saves(folder=tmp_path / "pictures", get=lambda name: tmp_path / name),
        clock=SetClock(),
    )


async def heard(terminal: Console) -> list[InboundMessage]:
    messages: list[InboundMessage] = []

    async def deliver(message: InboundMessage) -> bool:
        messages.append(message)
        return True

    await terminal.listen(deliver)
    await terminal.close()
    return messages


async def attached(tmp_path: Path, typed: str, *, put: Put = keep) -> Attachment:
    (message,) = await heard(console(tmp_path, f"file {typed}\n", put=put))
    (attachment,) = message.attachments
    return attachment


@contextmanager
def window(columns: int) -> Iterator[tuple[TextIO, int]]:
    """A terminal of that many columns: its screen, and the file descriptor that shows it."""
    shown, theirs = os.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    with os.fdopen(theirs, "w", encoding="utf-8") as screen:
        yield screen, shown
    os.close(shown)


def message(*blocks: Block) -> OutboundMessage:
    address = console(Path()).address
    return OutboundMessage(
        key="k1",
        to=address,
        conversation=str(address),
        reply=Reply(blocks=blocks),
    )


async def test_each_line_is_a_message_with_its_own_id(tmp_path: Path) -> None:
    first, second = await heard(console(tmp_path, "hello\n\n  \nhow far am I"))

    assert (first.text, second.text) == ("hello", "how far am I")
    assert first.id != second.id
    assert (str(first.sender), first.conversation, first.sent_at) == (
        "console:ada:ada",
        "console:ada:ada",
        NOON,
    )


@pytest.mark.parametrize("word", ["quit", " EXIT ", ":q"])
async def test_nothing_is_heard_after_quit(word: str, tmp_path: Path) -> None:
    messages = await heard(console(tmp_path, f"hello\n{word}\nlost\n"))

    assert [m.text for m in messages] == ["hello"]


def at_a_terminal(tmp_path: Path, screen: TextIO) -> tuple[Console, TextIO, TextIO]:
    """A console on a terminal of its own, the terminal's lines, and the keyboard."""
    keyboard, terminal = pty.openpty()
    lines = os.fdopen(terminal, "r", encoding="utf-8")
    typed = Console(
        who="ada",
        lines=lines,
        screen=screen,
        intake=Intake(put=keep, largest=LARGEST),
        saves=Saves(folder=tmp_path, get=lambda name: tmp_path / name),
        clock=SetClock(),
    )
    return typed, lines, os.fdopen(keyboard, "w", encoding="utf-8")


async def test_a_person_is_prompted(tmp_path: Path) -> None:
    screen = io.StringIO()
    typed, lines, keyboard = at_a_terminal(tmp_path, screen)
    with lines, keyboard:
        keyboard.write("hello\nquit\n")
        keyboard.flush()
        messages = await heard(typed)

    assert [message.text for message in messages] == ["hello"]
    assert screen.getvalue() == "\n> \n> "


async def test_news_appear_while_a_person_thinks_and_the_prompt_comes_again(
    tmp_path: Path,
) -> None:
    screen = Watched()
    typed, lines, keyboard = at_a_terminal(tmp_path, screen)
    with lines, keyboard:
        listening = asyncio.create_task(heard(typed))
        await screen.written.wait()
        await typed.send(message(Paragraph(text="Submission 1 waits.")))
        keyboard.write("quit\n")
        keyboard.flush()
        await listening

    assert screen.getvalue() == "\n> \rSubmission 1 waits.\n\n\n> "


async def test_lines_of_a_pipe_are_shown(tmp_path: Path) -> None:
    piped = io.StringIO()
    await heard(console(tmp_path, "hello\n\n", screen=piped))

    assert piped.getvalue() == "> hello\n"


async def test_a_file_for_the_person_is_saved_beside_others_of_its_name(tmp_path: Path) -> None:
    screen = io.StringIO()
    for name in ("aaaaaaaa1", "bbbbbbbb2"):
        (tmp_path / name).write_text(name)
        file = Download(name="letter.pdf", media_type="application/pdf", size=9, sha256=name)
        await console(tmp_path, screen=screen).send(message(file))

    saved = sorted(path.name for path in (tmp_path / "pictures").iterdir())
    assert saved == ["letter-aaaaaaaa.pdf", "letter-bbbbbbbb.pdf"]
    assert "File: letter.pdf" in screen.getvalue()
    assert f"Saved as {tmp_path / 'pictures' / 'letter-aaaaaaaa.pdf'}" in screen.getvalue()


async def test_a_file_whose_bytes_are_lost_is_told_and_the_words_stay(tmp_path: Path) -> None:
    screen = io.StringIO()
    file = Download(name="letter.pdf", media_type="application/pdf", size=9, sha256="gone")
    await console(tmp_path, screen=screen).send(message(Paragraph(text="Well done."), file))

    assert "Well done." in screen.getvalue()
    assert "could not be saved" in screen.getvalue()


async def test_a_file_comes_with_its_caption(tmp_path: Path) -> None:
    path = tmp_path / "my notes.txt"
    path.write_bytes(b"bread")
    (sent,) = await heard(console(tmp_path, f'file "{path}" for SOIL-2\n'))

    assert sent.text == "for SOIL-2"
    assert sent.attachments == (Attachment(name="my notes.txt", size=5, sha256=b"brea".hex()),)


async def test_the_home_folder_may_be_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "a.txt").write_bytes(b"bread")

    assert (await attached(tmp_path, "~/a.txt")).size == 5


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("{folder}", "pack the folder as a ZIP"),
        ("{folder}/none.pdf", "could not be found: check the path"),
        ("{folder}/pipe", "no regular file"),
        ("{folder}/huge.bin", "larger than 1 MB"),
        ("~nobody-of-that-name/a.pdf", "check the path"),
        ("{folder}/nul\0.pdf", "check the path"),
    ],
)
async def test_what_cannot_be_taken_is_refused_with_advice(
    typed: str, advice: str, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "huge.bin").open("wb") as file:
        file.truncate(LARGEST + 1)
    taken = await attached(tmp_path, typed.format(folder=tmp_path))

    assert taken.sha256 == ""
    assert advice in taken.refusal
    assert taken.name


async def test_a_store_that_cannot_keep_it_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"bread")

    assert "make room" in (await attached(tmp_path, f"{tmp_path}/a.txt", put=full)).refusal


async def test_a_reply_is_printed_within_the_width(tmp_path: Path) -> None:
    screen = io.StringIO()
    (key,) = await console(tmp_path, screen=screen).send(message(Paragraph(text="loaf " * 60)))

    assert key == "k1"
    assert screen.getvalue().endswith("\n\n")
    assert max(map(len, screen.getvalue().splitlines())) <= WIDTH


@pytest.mark.parametrize(
    ("columns", "expected"), [(60, 60), (9, NARROWEST), (300, WIDTH), (0, WIDTH)]
)
async def test_lines_are_as_long_as_the_terminal_is_wide(
    columns: int, expected: int, tmp_path: Path
) -> None:
    with window(columns) as (screen, shown):
        await console(tmp_path, screen=screen).send(message(Paragraph(text="a " * 400)))
        longest = max(map(len, os.read(shown, 4000).decode().splitlines()))

    assert expected - 2 < longest <= expected


@pytest.mark.parametrize("typed", ["my old  notes.txt for SOIL-2", "my\\ file.txt  for SOIL-2"])
async def test_the_longest_run_of_words_that_is_a_file_is_its_path(
    typed: str, tmp_path: Path
) -> None:
    for name in ("my old  notes.txt", "my old", "my file.txt"):
        (tmp_path / name).write_bytes(b"bread")
    (sent,) = await heard(console(tmp_path, f"file {tmp_path}/{typed}\n"))

    assert sent.text == "for SOIL-2"
    assert sent.attachments[0].name in {"my old  notes.txt", "my file.txt"}


async def test_a_caption_without_end_is_still_a_caption(tmp_path: Path) -> None:
    taken = await attached(tmp_path, f"{tmp_path}/none.pdf {'word ' * 5000}")

    assert taken.refusal.endswith("none.pdf, and put a path with spaces in quotes.")


async def test_a_picture_is_saved_once_and_its_place_told(tmp_path: Path) -> None:
    screen = io.StringIO()
    terminal = console(tmp_path, screen=screen)
    await terminal.send(message(CHART))
    await terminal.send(message(CHART))
    (saved,) = (tmp_path / "pictures").iterdir()

    assert f"Picture saved as {saved}" in screen.getvalue()
    with Image.open(saved) as picture:
        assert picture.format == "PNG"


async def test_a_terminal_that_is_gone_is_a_failed_delivery(tmp_path: Path) -> None:
    with pytest.raises(DeliveryFailed) as caught:
        await console(tmp_path, screen=Gone()).send(message(Paragraph(text="hello")))

    assert not caught.value.permanent


async def test_the_line_below_what_waits_for_words_replies_to_it(tmp_path: Path) -> None:
    terminal = console(tmp_path, "the words\nsomething else\n")
    asked = message(Paragraph(text="What should it say?"))
    await terminal.send(replace(asked, reply=replace(asked.reply, heads="say: ", awaits=True)))
    answers: list[str] = []

    async def deliver(said: InboundMessage) -> bool:
        answers.append(said.answers)
        await terminal.send(message(Paragraph(text="Good.")))
        return True

    await terminal.listen(deliver)

    assert answers == ["k1", ""]
