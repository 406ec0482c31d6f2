"""Time, files and models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.domain.dossier import Dossier
from bot.domain.files import Member, Reading
from bot.domain.letter import Letter
from bot.domain.notices.calendar import Calendar

Vectors = NDArray[np.float32]


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Aware UTC now."""
        ...


class Encoder(Protocol):
    """Turns sentences into vectors whose dot product says how near they are in meaning.

    Thread-safe. The same text gives the same vector up to the third decimal place: a model in
    integers scales by the batch, so the texts beside it may move the digits after that. `id`
    changes when the vectors do.
    """

    id: str

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row for each text, shape (len(texts), d), float32."""
        ...


class TextReader(Protocol):
    """Reads the text of a file, deciding by its bytes and never by its name."""

    def read(self, path: Path, *, name: str) -> Reading:
        """The text; raises `Unreadable` and nothing else, in bounded time and memory.

        `name` is used in advice only. Thread-safe.
        """
        ...


class Unpacker(Protocol):
    """Opens archives, within limits."""

    def unpack(self, path: Path, *, name: str, into: Path) -> tuple[Member, ...]:
        """The archive's files, written below `into`; empty when the file is no archive.

        Raises `Unreadable` when the archive as a whole is refused. Thread-safe.
        """
        ...


class FileStore(Protocol):
    """Keeps bytes under the name of their SHA-256 (hex). Thread-safe; putting twice is once."""

    def put(self, source: Path) -> str:
        """Copies the file in and gives its name; durable when it returns."""
        ...

    def put_bytes(self, content: bytes) -> str:
        """The same for bytes that are at hand."""
        ...

    def path(self, sha256: str) -> Path:
        """A local path to read from; raises `NotFound` when nothing has that name."""
        ...

    def names(self) -> Iterator[str]:
        """Every name kept."""
        ...

    def discard(self, sha256: str) -> None:
        """Forgets the bytes; harmless when they are not there."""
        ...


class LetterPress(Protocol):
    """Prints letters."""

    def press(self, letter: Letter, path: Path) -> None:
        """Writes the letter as a PDF; the same letter gives the same bytes. Thread-safe.

        Raises `CarrelError` when it could not be written.
        """
        ...


class DossierPress(Protocol):
    """Writes dossiers for reviewers."""

    def write_page(self, dossier: Dossier, path: Path) -> None:
        """Writes one page that opens in any browser; the same dossier gives the same bytes.

        Files whose bytes are lost are named on it. Thread-safe.
        """
        ...


class CalendarPress(Protocol):
    """Writes calendars."""

    def press(self, calendar: Calendar) -> bytes:
        """An iCalendar file; the same calendar gives the same bytes. Thread-safe."""
        ...


class Signer(Protocol):
    """Signs receipts so that anyone with the public key can check them offline (Ed25519)."""

    public_key: str

    def sign(self, payload: bytes) -> str:
        """The signature, base64url without padding."""
        ...
