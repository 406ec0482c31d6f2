"""Connections that are kept for the next mail: most come in bursts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import aiosmtplib

MOST = 4  # connections at once
MOST_MAILS = 50  # through one of them
IDLE_SECONDS = 10.0
GOODBYE_SECONDS = 2.0


class Line:
    """A connection; `mails` counts what was begun on it."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self.client = client
        self.mails = 0
        self.ends: asyncio.TimerHandle | None = None

    @property
    def was_kept(self) -> bool:
        """Whether the server may have hung up since it was used last."""
        return self.mails > 1

    @property
    def largest(self) -> int:
        """How many bytes of a mail the server takes; 0 when it does not say."""
        told = self.client.esmtp_extensions.get("size", "")
        return int(told) if told.isdecimal() and len(told) < 16 else 0


class Lines:
    """Gives connections, at most `MOST` at once; others wait for their turn."""

    def __init__(
        self, opened: Callable[[], aiosmtplib.SMTP], *, idle: float = IDLE_SECONDS
    ) -> None:
        self._opened = opened
        self._idle = idle
        self._free: list[Line] = []
        self._places = asyncio.Semaphore(MOST)
        self._goodbyes: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def line(self, *, fresh: bool = False) -> AsyncIterator[Line]:
        """A connection for one mail; raises what the library raises when there is none.

        It is kept for another afterwards, unless something was raised. With `fresh` it is a new one
        and none of those that were kept is used again: they are as old as one that was dead.
        """
        async with self._places:
            line = await self._taken(fresh=fresh)
            line.mails += 1
            try:
                yield line
            except BaseException:
                line.client.close()
                raise
            self._keep(line)

    async def close(self) -> None:
        """Lets go of all that is kept; harmless twice."""
        self._hang_up()
        if self._goodbyes:
            await asyncio.wait(self._goodbyes, timeout=GOODBYE_SECONDS + 1)

    async def _taken(self, *, fresh: bool) -> Line:
        if fresh:
            self._hang_up()
        while self._free:
            line = self._free.pop()
            if line.ends:
                line.ends.cancel()
            if line.client.is_connected:
                return line
        client = self._opened()
        try:
            await client.connect()
            if client.is_ehlo_or_helo_needed:
                with suppress(aiosmtplib.SMTPHeloError):  # an old server, which is told HELO later
                    await client.ehlo()
        except BaseException:
            client.close()
            raise
        return Line(client)

    def _keep(self, line: Line) -> None:
        if line.mails >= MOST_MAILS or not line.client.is_connected:
            self._part(line)
            return
        line.ends = asyncio.get_running_loop().call_later(self._idle, self._expire, line)
        self._free.append(line)

    def _expire(self, line: Line) -> None:
        if line in self._free:
            self._free.remove(line)
            self._part(line)

    def _hang_up(self) -> None:
        while self._free:
            line = self._free.pop()
            if line.ends:
                line.ends.cancel()
            self._part(line)

    def _part(self, line: Line) -> None:
        goodbye = asyncio.get_running_loop().create_task(_goodbye(line.client))
        self._goodbyes.add(goodbye)
        goodbye.add_done_callback(self._goodbyes.discard)


async def _goodbye(client: aiosmtplib.SMTP) -> None:
    try:
        with suppress(aiosmtplib.SMTPException, OSError):
            await client.quit(timeout=GOODBYE_SECONDS)
    finally:
        client.close()
