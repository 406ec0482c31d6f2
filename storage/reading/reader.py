"""`TextReader` on this machine: one child process for each file."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from bot.domain.files import Reading
from storage.reading import refusals, report, sandbox
from storage.reading.limits import Limits
from storage.reading.report import Order


class LocalTextReader:
    """Reads files in child processes, `limits.at_once` at a time; others wait for their turn.

    `languages` are those of tesseract, joined by `+`.
    """

    def __init__(self, limits: Limits | None = None, *, languages: str = "eng") -> None:
        self._limits = limits or Limits()
        self._order = Order(verb=report.READ, limits=self._limits, languages=languages)
        self._turns = threading.BoundedSemaphore(self._limits.at_once)

    def read(self, path: Path, *, name: str) -> Reading:
        """The text; raises `Unreadable` and nothing else, its advice beginning with the name."""
        with (
            sandbox.telling(name),
            self._turns,
            tempfile.TemporaryDirectory(prefix="carrel-", ignore_cleanup_errors=True) as folder,
        ):
            reading = sandbox.run(self._order, path, folder=Path(folder)).reading
            if reading is None:
                raise refusals.damaged()
            return reading
