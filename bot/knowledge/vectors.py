"""Remembers between starts what takes long to work out: vectors, and what was learnt from them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.ports import Encoder, Vectors

Notify = Callable[[int, int], None]
CHUNK = 256


class RememberedVectors:
    """An encoder's rows for a list of texts, kept in a folder under a name made of the texts.

    A damaged or unwritable folder costs time, never an answer. `notify(done, total)` is told how
    far the encoding is.
    """

    def __init__(self, encoder: Encoder, folder: Path, notify: Notify | None = None) -> None:
        self._encoder = encoder
        self._folder = folder
        self._notify = notify

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        name = fingerprint(self._encoder, texts)
        return self.keep(name, lambda: self._encode(texts), rows=len(texts))

    def keep(self, name: str, make: Callable[[], Vectors], *, rows: int) -> Vectors:
        """The array of that name and so many rows, made when it is not remembered."""
        path = self._folder / f"{name}.npy"
        remembered = _load(path, rows)
        if remembered is not None:
            return remembered
        made = make()
        _save(path, made)
        return made

    def _encode(self, texts: Sequence[str]) -> Vectors:
        parts = []
        for start in range(0, len(texts), CHUNK):
            parts.append(self._encoder(texts[start : start + CHUNK]))
            if self._notify:
                self._notify(min(start + CHUNK, len(texts)), len(texts))
        return np.concatenate(parts) if parts else self._encoder([])


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


def _save(path: Path, rows: Vectors) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            np.save(file, rows)
        Path(file.name).replace(path)
    except OSError:
        return
