"""One thread of its own, for a library that waits."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

T = TypeVar("T")
Task = Callable[[], None]


class OwnThread:
    """Does one thing after the other. The end of the process does not wait for it."""

    def __init__(self, name: str) -> None:
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        threading.Thread(target=self._work, name=name, daemon=True).start()

    def do(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """What the work gives or raises, once it was done; on the event loop that asks."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._tasks.put(partial(_do, work, loop, done))
        return done

    def end(self) -> None:
        """Ends it once it has done what was asked before; harmless twice."""
        self._tasks.put(None)

    def _work(self) -> None:
        while task := self._tasks.get():
            task()


def _do(work: Callable[[], T], loop: asyncio.AbstractEventLoop, done: asyncio.Future[T]) -> None:
    if done.cancelled():
        return
    try:
        result = work()
    except Exception as error:
        _tell(loop, partial(_raise, done, error))
    else:
        _tell(loop, partial(_give, done, result))


def _tell(loop: asyncio.AbstractEventLoop, what: Task) -> None:
    with suppress(RuntimeError):  # the loop has ended
        loop.call_soon_threadsafe(what)


def _give(done: asyncio.Future[T], result: T) -> None:
    if not done.done():
        done.set_result(result)


def _raise(done: asyncio.Future[T], error: Exception) -> None:
    if not done.done():
        done.set_exception(error)
