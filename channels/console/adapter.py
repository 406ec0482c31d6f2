"""The terminal: reads lines, prints replies, saves pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bot.domain.messages import Address, Attachment, Chart, InboundMessage, OutboundMessage
from bot.errors import CarrelError, DeliveryFailed
from bot.ports import Clock, Deliver
from channels.chart import draw
from channels.console.wire import QUIT, Typed, read_line
from channels.markup import plain_text

WIDTH = 96  # characters a line
Put = Callable[[Path], str]


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
        put: Put,
        largest: int,
        pictures: Path,
        clock: Clock,
    ) -> None:
        # A channel for each person: nobody else's terminal is given their replies.
        self.name = f"console:{who}"
        self._address = Address(channel=self.name, value=who)
        self._lines = lines
        self._screen = screen
        self._put = put
        self._largest = largest
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
            self._print(plain_text(message.reply, width=WIDTH))
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
        typed = read_line(line)
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
            if size > self._largest:
                limit = self._largest // 1_000_000
                advice = f"It is larger than {limit} MB: send a smaller copy or parts of it."
                return _refused(path, advice, size=size)
            return Attachment(name=path.name, size=size, sha256=self._put(path))
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


def _refused(path: Path, advice: str, *, size: int = 0) -> Attachment:
    return Attachment(name=path.name or str(path), size=size, refusal=advice)
