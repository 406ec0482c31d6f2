"""Make a file and put it into the file store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.ports import FileStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Bytes in the file store: their name there (SHA-256, hex) and how many they are."""

    sha256: str
    size: int


def put_made(files: FileStore, make: Callable[[Path], object]) -> Stored:
    """What `make` wrote to the path it was given; durable when this returns."""
    with TemporaryDirectory(prefix="carrel-") as folder:
        path = Path(folder) / "made"
        make(path)
        return Stored(sha256=files.put(path), size=path.stat().st_size)


def put_bytes(files: FileStore, content: bytes) -> Stored:
    """These bytes; the same ones are the same file."""
    return put_made(files, lambda path: path.write_bytes(content))
