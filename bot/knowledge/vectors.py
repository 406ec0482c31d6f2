"""Remembers between starts what takes long to work out: vectors, and what was learnt from them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import BadZipFile

import numpy as np

from bot.ports import Encoder, Vectors

Notify = Callable[[int, int], None]
CHUNK = 256
MOST = 60_000  # rows kept; about 100 MB


class RememberedVectors:
    """An encoder's rows, each kept under the hash of its text, so that only new texts are encoded.

    A damaged or unwritable folder costs time, never an answer. `notify(done, total)` is told how
    far the encoding is.
    """

    def __init__(self, encoder: Encoder, folder: Path, notify: Notify | None = None) -> None:
        self._encoder = encoder
        self._folder = folder
        self._notify = notify

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        path = self._folder / f"{self._encoder.id}.npz"
        names = [_name(text) for text in texts]
        known = _load_rows(path)
        new = {name: text for name, text in zip(names, texts, strict=True) if name not in known}
        if new:
            known |= dict(zip(new, self._encode(list(new.values())), strict=True))
            _save_rows(path, known if len(known) <= MOST else {n: known[n] for n in names})
        return np.stack([known[name] for name in names]) if names else self._encoder([])

    def keep(self, name: str, make: Callable[[], Vectors], *, rows: int) -> Vectors:
        """The array of that name and so many rows, made when it is not remembered."""
        path = self._folder / f"{name}.npy"
        remembered = _load(path, rows)
        if remembered is not None:
            return remembered
        made = make()
        _save(path, lambda file: np.save(file, made))
        return made

    def _encode(self, texts: Sequence[str]) -> Iterator[Vectors]:
        for start in range(0, len(texts), CHUNK):
            yield from self._encoder(texts[start : start + CHUNK])
            if self._notify:
                self._notify(min(start + CHUNK, len(texts)), len(texts))


def fingerprint(encoder: Encoder, texts: Sequence[str]) -> str:
    """A name that changes whenever the encoder or a text does."""
    joined = "\0".join((encoder.id, *texts))
    return hashlib.sha256(joined.encode()).hexdigest()[:32]


def _load(path: Path, count: int) -> Vectors | None:
    try:
        rows = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    fits = rows.ndim == 2 and len(rows) == count
    return np.asarray(rows, dtype=np.float32) if fits else None


def _name(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


def _load_rows(path: Path) -> dict[bytes, Vectors]:
    try:
        with np.load(path, allow_pickle=False) as kept:
            names, rows = kept["names"], np.asarray(kept["rows"], dtype=np.float32)
    except (OSError, ValueError, EOFError, KeyError, BadZipFile):
        return {}
    if names.ndim != 2 or rows.ndim != 2 or len(names) != len(rows):
        return {}
    return {name.tobytes(): row for name, row in zip(names, rows, strict=True)}


def _save_rows(path: Path, rows: dict[bytes, Vectors]) -> None:
    names = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(len(rows), 16)
    matrix = np.stack(list(rows.values()))
    _save(path, lambda file: np.savez(file, names=names, rows=matrix))


def _save(path: Path, write: Callable[[BinaryIO], None]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            temporary = Path(file.name)
            try:
                write(cast(BinaryIO, file))
                file.flush()
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
    except OSError:
        return
