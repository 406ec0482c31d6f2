"""Remembers vectors between starts, so that only a changed pack is encoded again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.knowledge.index import fingerprint
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
        path = self._folder / f"{fingerprint(self._encoder, texts)}.npy"
        remembered = _load(path, len(texts))
        if remembered is not None:
            return remembered
        rows = self._encode(texts)
        _save(path, rows)
        return rows

    def _encode(self, texts: Sequence[str]) -> Vectors:
        parts = []
        for start in range(0, len(texts), CHUNK):
            parts.append(self._encoder(texts[start : start + CHUNK]))
            if self._notify:
                self._notify(min(start + CHUNK, len(texts)), len(texts))
        return np.concatenate(parts) if parts else self._encoder([])


def _load(path: Path, count: int) -> Vectors | None:
    try:
        rows = np.load(path, allow_pickle=False)
    except (OSError, ValueError):
        return None
    return np.asarray(rows, dtype=np.float32) if rows.shape[0] == count else None


def _save(path: Path, rows: Vectors) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            np.save(file, rows)
        Path(file.name).replace(path)
    except OSError:
        return
