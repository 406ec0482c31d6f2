"""What is done after a vendor has its answer."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

log = logging.getLogger(__name__)
Errand = Callable[[], Awaitable[None]]
MOST = 500  # under way at once
MOST_OWED = 2_000  # that wait until fewer are under way


@dataclass(frozen=True, slots=True)
class _Owed:
    """An errand that waits, and until when it is of use (on the event loop's clock)."""

    errand: Errand
    until: float


class Errands:
    """Small things nobody waits for; each may fail, which is logged by name.

    While too many are under way, what is owed to somebody (words that nothing else says, their
    page) waits for its turn, as long as it is of use. What only decorates (a status, a drawn-over
    button) is left undone: by then it would be too late to be of use.
    """

    def __init__(self, vendor: str, *, most: int = MOST, most_owed: int = MOST_OWED) -> None:
        """`vendor` is its name for people. Of more than `most_owed` the oldest is left."""
        self._vendor = vendor
        self._most = most
        self._most_owed = most_owed
        self._tasks: set[asyncio.Task[None]] = set()
        # Each thing that is owed to somebody once, oldest first.
        self._owed: dict[tuple[str, str], _Owed] = {}

    def run(self, errand: Errand, *, what: str, owed: str = "", within: float = math.inf) -> bool:
        """Begins it; when too many are under way it waits if it is owed, or else is left.

        `owed` names what is owed to whom: a newer errand of that name replaces one that waits. It
        is of use if it begins `within` so many seconds. False when it is left.
        """
        if len(self._tasks) < self._most:
            self._begin(errand, what)
        elif owed:
            until = asyncio.get_running_loop().time() + within
            self._owed[what, owed] = _Owed(errand, until)
            if len(self._owed) > self._most_owed:
                self._leave(self._oldest()[0])
        else:
            self._leave(what)
            return False
        return True

    async def end(self) -> None:
        """Ends those that are under way, and returns when they have ended."""
        while self._owed:
            self._leave(self._oldest()[0], why="Carrel ends")
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, errand: Errand, what: str) -> None:
        task = asyncio.create_task(self._tried(errand, what), name=what)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        while self._owed and len(self._tasks) < self._most:
            what, owed = self._oldest()
            if asyncio.get_running_loop().time() <= owed.until:
                self._begin(owed.errand, what)
            else:
                self._leave(what)

    def _oldest(self) -> tuple[str, _Owed]:
        """Takes it out of those that wait."""
        key = next(iter(self._owed))
        return key[0], self._owed.pop(key)

    def _leave(self, what: str, *, why: str = "") -> None:
        extra = {"action": "errand-left", "what": what}
        log.warning(why or f"Too much to do at {self._vendor}", extra=extra)

    async def _tried(self, errand: Errand, what: str) -> None:
        try:
            await errand()
        except Exception as error:
            # Only the name of the error: its text may hold what somebody wrote.
            extra = {"action": "errand-failed", "what": what, "error": type(error).__name__}
            log.warning("Could not do something at %s", self._vendor, extra=extra)
