"""An event loop in a thread of its own, for what has to go on while a test does something else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
LONGEST = 60.0  # seconds: nothing that a test waits for takes so long unless it is broken


class Line:
    """Runs until it is closed."""

    def __init__(self, name: str) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name=name, daemon=True)
        self._thread.start()

    @property
    def here(self) -> bool:
        """Whether the caller is on it."""
        return threading.current_thread() is self._thread

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """What comes of it; waits for that. Not to be called on the line itself."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(LONGEST)

    async def elsewhere(self, work: Coroutine[Any, Any, T]) -> T:
        """What comes of it, for those who are on another event loop."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.loop))

    def begin(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """The task; does not wait for it."""

        async def begun() -> asyncio.Task[Any]:
            return asyncio.create_task(work)

        return self.loop.create_task(work) if self.here else self.do(begun())

    def end(self, task: asyncio.Task[Any]) -> None:
        """Cancels the task and waits until it has ended."""

        async def ended() -> None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        self.do(ended())

    def close(self) -> None:
        """Ends every task, then the thread."""

        async def ended() -> None:
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await self.loop.shutdown_default_executor()

        self.do(ended())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()
