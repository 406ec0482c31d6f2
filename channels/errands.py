"""What is done after a vendor has its answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)
Errand = Callable[[], Awaitable[None]]
MOST = 500  # under way at once


class Errands:
    """Small things nobody waits for; each may fail, which is logged by name.

    While too many are under way, what is owed to somebody (words that nothing else says, their
    page) waits for its turn. What only decorates (a status, a drawn-over button) is left undone: by
    then it would be too late to be of use, and a list of it would grow without end.
    """

    def __init__(self, vendor: str, *, most: int = MOST) -> None:
        """`vendor` is its name for people."""
        self._vendor = vendor
        self._most = most
        self._tasks: set[asyncio.Task[None]] = set()
        # Each thing that is owed to somebody once, so that this stays as small as the workspace.
        self._owed: dict[tuple[str, str], Errand] = {}

    def run(self, errand: Errand, *, what: str, owed: str = "") -> bool:
        """Begins it; when too many are under way it waits if it is owed, or else is left.

        `owed` names what is owed to whom: a newer errand of that name replaces one that waits.
        False when it is left.
        """
        if len(self._tasks) < self._most:
            self._begin(errand, what)
        elif owed:
            self._owed[what, owed] = errand
        else:
            extra = {"action": "errand-left", "what": what}
            log.warning("Too much to do at %s", self._vendor, extra=extra)
            return False
        return True

    async def end(self) -> None:
        """Ends those that are under way, and returns when they have ended."""
        for what, _ in self._owed:
            log.warning("Carrel ends", extra={"action": "errand-left", "what": what})
        self._owed.clear()
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
        if self._owed:
            what, owed = next(iter(self._owed))
            self._begin(self._owed.pop((what, owed)), what)

    async def _tried(self, errand: Errand, what: str) -> None:
        try:
            await errand()
        except Exception as error:
            # Only the name of the error: its text may hold what somebody wrote.
            extra = {"action": "errand-failed", "what": what, "error": type(error).__name__}
            log.warning("Could not do something at %s", self._vendor, extra=extra)
