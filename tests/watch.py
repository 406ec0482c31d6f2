"""Waiting for what happens in another thread, without sleeping for a time that is guessed."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
DEADLINE = 20.0  # seconds: nothing that a test waits for takes so long unless it is broken


class Watch:
    """Somebody says that something changed; others wait for a condition."""

    def __init__(self, last: Callable[[], str] = str) -> None:
        self._changes = threading.Condition()
        self._last = last  # what happened last, for whoever waited in vain

    def changed(self) -> None:
        """Lets those look again who wait."""
        with self._changes:
            self._changes.notify_all()

    def wait(self, condition: Callable[[], T], *, seconds: float = DEADLINE) -> T:
        """What the condition gives once it is true; fails when that takes too long."""
        end = time.monotonic() + seconds
        with self._changes:
            while not (found := condition()):
                if time.monotonic() > end:
                    raise AssertionError(f"waited {seconds} s in vain; {self._last()}")
                self._changes.wait(0.02)  # what is waited for may lie elsewhere
        return found

    async def until(self, condition: Callable[[], T], *, seconds: float = DEADLINE) -> T:
        """As `wait`, without holding up the event loop."""
        return await asyncio.to_thread(self.wait, condition, seconds=seconds)
