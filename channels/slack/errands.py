"""What is done after Slack has its answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)
Errand = Callable[[], Awaitable[None]]
MOST = 500  # under way at once: beyond that they are left undone, none of them is essential


class Errands:
    """Small things nobody waits for; each may fail, which is logged by name."""

    def __init__(self, *, most: int = MOST) -> None:
        self._most = most
        self._tasks: set[asyncio.Task[None]] = set()

    def run(self, errand: Errand, *, what: str) -> None:
        """Begins it, unless too many are under way."""
        if len(self._tasks) >= self._most:
            log.warning("Too much to do at Slack", extra={"action": "errand-left", "what": what})
            return
        task = asyncio.create_task(_tried(errand, what), name=what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """Ends those that are under way, and returns when they have ended."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _tried(errand: Errand, what: str) -> None:
    try:
        await errand()
    except Exception as error:
        # Only the name of the error: its text may hold what somebody wrote.
        log.warning(
            "Could not do something at Slack",
            extra={"action": "errand-failed", "what": what, "error": type(error).__name__},
        )
