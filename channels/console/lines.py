"""Lines that somebody types, or that come from a pipe or a file."""

from __future__ import annotations

import asyncio
import os
import stat
from contextlib import suppress
from typing import TextIO

CHUNK = 65_536  # bytes


class Lines:
    """One line after another; while a terminal or a pipe has none, others have their turn.

    From a pipe it takes bytes past the given stream, so nobody else may read from that.
    """

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self.typed = source.isatty()
        self._piped = not self.typed and _is_pipe(source)
        self._read = b""

    async def next(self) -> str:
        """The next line with its end; empty when there are no more."""
        if self._piped:
            return await self._from_pipe()
        if self.typed:
            await self._ready()  # a terminal gives a whole line at a time
        return self._source.readline()

    async def _from_pipe(self) -> str:
        while b"\n" not in self._read:
            await self._ready()
            if not (more := os.read(self._source.fileno(), CHUNK)):
                break
            self._read += more
        line, end, self._read = self._read.partition(b"\n")
        errors = self._source.errors or "strict"
        return (line + end).decode(self._source.encoding, errors).replace("\r\n", "\n")

    async def _ready(self) -> None:
        loop, ready = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._source.fileno(), ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(self._source.fileno())


def _is_pipe(source: TextIO) -> bool:
    with suppress(OSError, ValueError):  # ValueError: it has no number, or is closed
        return stat.S_ISFIFO(os.fstat(source.fileno()).st_mode)
    return False
