"""The terminal: reads lines, prints replies, saves pictures."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.domain.filenames import file_name
from bot.domain.limits import in_megabytes
from bot.domain.messages import (
    Address,
    Attachment,
    Block,
    Chart,
    Download,
    InboundMessage,
    OutboundMessage,
)
from bot.errors import CarrelError, DeliveryFailed, NotFound
from bot.ports import Clock, Deliver
from channels.chart import draw
from channels.console.lines import Lines
from channels.console.wire import PARTING, QUIT, Typed, read_line
from channels.markup import plain_text

WIDTH = 96  # characters a line, at most: longer ones are hard to read
NARROWEST = 40  # characters a line
LONGEST_PATH = 40  # words
Put = Callable[[Path], str]
Get = Callable[[str], Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What becomes of files that are named: `put` keeps one, `largest` bytes are too many."""

    put: Put
    largest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saves:
    """Where files and pictures for the person are saved; `get` finds the bytes of a file."""

    folder: Path
    get: Get


class Console:
    """One person at a terminal, or lines from a pipe.

    What others cause to be said appears while the person is thinking, or the pipe has nothing.
    """

    def __init__(
        self,
        *,
        who: str,
        lines: TextIO,
        screen: TextIO,
        intake: Intake,
        saves: Saves,
        clock: Clock,
    ) -> None:
        # A channel for each person: nobody else's terminal is given their replies.
        self.name = f"console:{who}"
        self._address = Address(channel=self.name, value=who)
        self._lines = Lines(lines)
        self._screen = screen
        self._intake = intake
        self._saves = saves
        self._clock = clock
        self._asking = False  # whether the prompt stands on the screen
        self._awaited = ""  # the message just above, where it waits for words

    @property
    def address(self) -> Address:
        """Where this terminal's person is reached."""
        return self._address

    async def listen(self, deliver: Deliver) -> None:
        """Hands over line after line until `quit`, `goodbye` or the end of input."""
        started = self._clock()
        number = 0
        while line := await self._next_line():
            number += 1
            said = line.strip().lower()
            if said in QUIT:
                return
            if said:
                await deliver(self._message(line, number, started))
            if said.rstrip(".!") in PARTING:
                return

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Prints the reply; a picture is saved and its place printed."""
        try:
            self._print(plain_text(message.reply, width=_width(self._screen)))
            for block in message.reply.blocks:
                if told := self._save(block):
                    self._print(told)
            self._awaited = message.key if message.reply.awaits else ""
            if self._asking:
                self._prompt()
        except (OSError, ValueError) as error:  # ValueError: the screen was closed
            raise DeliveryFailed(f"the terminal is gone: {error}") from error
        return (message.key,)

    async def close(self) -> None:
        """Nothing to let go of."""

    async def _next_line(self) -> str:
        if self._lines.typed:
            self._prompt()
        line = await self._lines.next()
        self._asking = False
        if line and not self._lines.typed and line.strip():
            shown = "".join(letter for letter in line.rstrip() if letter.isprintable())
            self._screen.write(f"> {shown}\n")
        return line

    def _prompt(self) -> None:
        self._asking = True
        self._screen.write("\n> ")
        self._screen.flush()

    def _message(self, line: str, number: int, started: datetime) -> InboundMessage:
        typed = _with_spaces(read_line(line))
        return InboundMessage(
            id=f"{started:%Y%m%dT%H%M%S%f}-{number}",
            sender=self._address,
            conversation=str(self._address),
            text=typed.text,
            sent_at=self._clock(),
            answers=self._awaited,
            attachments=(self._attachment(typed),) if typed.path else (),
        )

    def _attachment(self, typed: Typed) -> Attachment:
        """The file in the store, or why it could not be taken."""
        path = Path(typed.path)
        try:
            path = path.expanduser()
            size = path.stat().st_size
            if path.is_dir():
                return _refused(path, "It is a folder: name a file, or pack the folder as a ZIP.")
            if not path.is_file():
                return _refused(path, "It is no regular file: name a document or a picture.")
            if size > self._intake.largest:
                limit = in_megabytes(self._intake.largest)
                advice = f"It is larger than {limit}: send a smaller copy or parts of it."
                return _refused(path, advice, size=size)
            return Attachment(name=path.name, size=size, sha256=self._intake.put(path))
        except FileNotFoundError:
            quotes = ", and put a path with spaces in quotes" if typed.text else ""
            return _refused(path, f"It could not be found: check the path {path}{quotes}.")
        except (OSError, CarrelError, ValueError, RuntimeError) as error:  # ~nobody: no home
            reason = getattr(error, "strerror", None) or str(error)
            return _refused(path, f"It could not be read ({reason}): check the path {path}.")

    def _save(self, block: Block) -> str:
        """Where a picture or a file was saved, or why it could not be; empty for mere words."""
        try:
            match block:
                case Chart():
                    return f"Picture saved as {self._saved_picture(block)}"
                case Download():
                    return f"Saved as {self._saved_file(block)}"
        except (OSError, NotFound) as error:
            return f"It could not be saved ({error}): check the folder {self._saves.folder}."
        return ""

    def _saved_picture(self, chart: Chart) -> Path:
        picture = draw(chart)
        path = self._place(f"progress-{hashlib.sha256(picture).hexdigest()[:12]}.png")
        path.write_bytes(picture)
        return path

    def _saved_file(self, file: Download) -> Path:
        """The file under its own name, which the first letters of its hash keep from others."""
        name = Path(file_name(file.name))
        path = self._place(f"{name.stem}-{file.sha256[:8]}{name.suffix}")
        shutil.copyfile(self._saves.get(file.sha256), path)
        return path

    def _place(self, name: str) -> Path:
        self._saves.folder.mkdir(parents=True, exist_ok=True)
        return self._saves.folder / name

    def _print(self, text: str) -> None:
        encoding = self._screen.encoding or "utf-8"
        text = text.encode(encoding, errors="replace").decode(encoding)
        above = "\r" if self._asking else ""  # in place of the prompt
        self._screen.write(f"{above}{text}\n\n")
        self._screen.flush()


def _width(screen: TextIO) -> int:
    """Characters a line: the terminal's columns within bounds; a file or a pipe has none."""
    with suppress(OSError, ValueError):  # ValueError: the screen was closed
        columns = os.get_terminal_size(screen.fileno()).columns
        return min(max(columns, NARROWEST), WIDTH) if columns else WIDTH
    return WIDTH


def _with_spaces(typed: Typed) -> Typed:
    """A path that is no file, with as many of the words after it as make it one."""
    if not typed.path or _is_file(typed.path):
        return typed
    ends = [word.end() for word in re.finditer(r"\S+", typed.text)][:LONGEST_PATH]
    for end in reversed(ends):
        path = f"{typed.path} {typed.text[:end]}"
        if _is_file(path):
            return Typed(text=typed.text[end:].strip(), path=path)
    return typed


def _is_file(path: str) -> bool:
    with suppress(OSError, ValueError, RuntimeError):  # too long, not a path, ~nobody
        return Path(path).expanduser().is_file()
    return False


def _refused(path: Path, advice: str, *, size: int = 0) -> Attachment:
    return Attachment(name=path.name or str(path), size=size, refusal=advice)
