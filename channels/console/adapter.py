"""The terminal: reads lines, prints replies, saves pictures."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.domain.messages import Address, Attachment, Chart, InboundMessage, OutboundMessage
from bot.errors import CarrelError, DeliveryFailed
from bot.ports import Clock, Deliver
from channels.chart import draw
from channels.console.wire import QUIT, Typed, read_line
from channels.markup import plain_text

WIDTH = 96  # characters a line, at most: longer ones are hard to read
NARROWEST = 40  # characters a line
LONGEST_PATH = 40  # words
Put = Callable[[Path], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What becomes of files that are named: `put` keeps one, `largest` bytes are too many."""

    put: Put
    largest: int


class Console:
    """One person at a terminal, or lines from a pipe.

    The terminal is the only channel of its process, so reading a line may block.
    """

    def __init__(
        self,
        *,
        who: str,
        lines: TextIO,
        screen: TextIO,
        intake: Intake,
        pictures: Path,
        clock: Clock,
    ) -> None:
        # A channel for each person: nobody else's terminal is given their replies.
        self.name = f"console:{who}"
        self._address = Address(channel=self.name, value=who)
        self._lines = lines
        self._screen = screen
        self._intake = intake
        self._pictures = pictures
        self._clock = clock
        self._interactive = lines.isatty()

    @property
    def address(self) -> Address:
        """Where this terminal's person is reached."""
        return self._address

    async def listen(self, deliver: Deliver) -> None:
        """Hands over line after line until `quit` or the end of input."""
        started = self._clock()
        for number, line in enumerate(iter(self._next_line, ""), start=1):
            if line.strip().lower() in QUIT:
                return
            if line.strip():
                await deliver(self._message(line, number, started))

    async def send(self, message: OutboundMessage) -> str:
        """Prints the reply; a picture is saved and its place printed."""
        try:
            self._print(plain_text(message.reply, width=_width(self._screen)))
            for block in message.reply.blocks:
                if isinstance(block, Chart):
                    self._print(self._save(block))
        except (OSError, ValueError) as error:  # ValueError: the screen was closed
            raise DeliveryFailed(f"the terminal is gone: {error}") from error
        return message.key

    async def close(self) -> None:
        """Nothing to let go of."""

    def _next_line(self) -> str:
        if self._interactive:
            self._screen.write("\n> ")
            self._screen.flush()
        line = self._lines.readline()
        if line and not self._interactive and line.strip():
            shown = "".join(letter for letter in line.rstrip() if letter.isprintable())
            self._screen.write(f"> {shown}\n")
        return line

    def _message(self, line: str, number: int, started: datetime) -> InboundMessage:
        typed = _with_spaces(read_line(line))
        return InboundMessage(
            id=f"{started:%Y%m%dT%H%M%S%f}-{number}",
            sender=self._address,
            conversation=str(self._address),
            text=typed.text,
            sent_at=self._clock(),
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
                limit = self._intake.largest // 1_000_000
                advice = f"It is larger than {limit} MB: send a smaller copy or parts of it."
                return _refused(path, advice, size=size)
            return Attachment(name=path.name, size=size, sha256=self._intake.put(path))
        except FileNotFoundError:
            quotes = ", and put a path with spaces in quotes" if typed.text else ""
            return _refused(path, f"It could not be found: check the path {path}{quotes}.")
        except (OSError, CarrelError, ValueError, RuntimeError) as error:  # ~nobody: no home
            reason = getattr(error, "strerror", None) or str(error)
            return _refused(path, f"It could not be read ({reason}): check the path {path}.")

    def _save(self, chart: Chart) -> str:
        """Where the picture was saved, or why it could not be; its words were printed before."""
        try:
            picture = draw(chart)
            path = self._pictures / f"progress-{hashlib.sha256(picture).hexdigest()[:12]}.png"
            self._pictures.mkdir(parents=True, exist_ok=True)
            path.write_bytes(picture)
        except OSError as error:
            return f"The picture could not be saved ({error}): check the folder {self._pictures}."
        return f"Picture saved as {path}"

    def _print(self, text: str) -> None:
        encoding = self._screen.encoding or "utf-8"
        text = text.encode(encoding, errors="replace").decode(encoding)
        self._screen.write(f"{text}\n\n")
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
