"""A progress bar on standard error, for work that takes more than a moment."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bot.knowledge.vectors import Notify


@contextmanager
def encoding_bar() -> Iterator[Notify]:
    """Shows how far the encoding of documents is; silent when nothing has to be encoded."""
    shown = False

    def notify(done: int, total: int) -> None:
        nonlocal shown
        if not sys.stderr.isatty():
            if not shown:
                sys.stderr.write("carrel: reading the documents for the first time ...\n")
        else:
            filled = 30 * done // total
            bar = "#" * filled + "." * (30 - filled)
            sys.stderr.write(f"\rReading the documents for the first time [{bar}] {done}/{total}")
        shown = True

    yield notify
    if shown and sys.stderr.isatty():
        sys.stderr.write("\n")
