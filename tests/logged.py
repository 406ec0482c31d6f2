"""What is logged, as it would be written."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.log import JsonFormatter

OF_TESTS = {"aiohttp.access", "aiohttp.server"}  # the loggers of the vendors that tests play


class Kept(logging.Handler):
    """Keeps every line."""

    def __init__(self) -> None:
        super().__init__(level=logging.NOTSET)
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps one, unless it is of a server of the tests' own."""
        if record.name not in OF_TESTS:
            self.lines.append(self.format(record))


@contextmanager
def kept() -> Iterator[Kept]:
    """Every line of every logger, at the lowest level, until the block is left."""
    root, handler = logging.getLogger(), Kept()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.NOTSET)
    try:
        yield handler
    finally:
        root.setLevel(level)
        root.removeHandler(handler)
