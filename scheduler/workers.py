"""Threads that handle what was received, and tasks that send what is to be said."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

log = logging.getLogger(__name__)
SendWaiting = Callable[[Callable[[], bool]], Awaitable[float | None]]
LOOK_SECONDS = 1.0  # how often it looks for work that nobody told it about
LONGEST_REST = 30.0  # seconds


@dataclass(slots=True)
class Rest:
    """How long something that failed is left alone: a second, and twice as long each time."""

    failures: int = 0

    def after(self, error: Exception) -> float:
        """Seconds to rest after one more failure, which is logged."""
        self.failures += 1
        seconds = float(min(2 ** (self.failures - 1), LONGEST_REST))
        log.error(
            "Something failed and is tried again in %.0f seconds: %s",
            seconds,
            error,
            exc_info=error if self.failures == 1 else None,
            extra={"action": "work-failed", "failures": self.failures},
        )
        return seconds


@dataclass(slots=True)
class _Duty:
    """Work that is asked for again and again; one that fails rests, and holds up no other."""

    do: Callable[[], bool]
    _rest: Rest = field(default_factory=Rest)
    _until: float = 0.0  # on the machine's steady clock

    def once(self) -> bool:
        if time.monotonic() < self._until:
            return False
        try:
            did = self.do()
        except Exception as error:
            self._until = time.monotonic() + self._rest.after(error)
            return False
        self._rest.failures = 0
        return did


class Workers:
    """Threads that do their duties until there is nothing to do, then wait to be woken.

    `duties` is called in each thread, since what it gives belongs to that thread; a duty does one
    thing and gives false when there is none. `worked` is called after each round that did any.
    """

    def __init__(
        self,
        duties: Callable[[], Iterable[Callable[[], bool]]],
        *,
        count: int,
        worked: Callable[[], None] = lambda: None,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._duties = duties
        self._worked = worked
        self._look = look_seconds
        self._ending = threading.Event()
        # Each call is for one thread; with one for each waiting, all of them will look again.
        self._calls = queue.Queue[None](maxsize=count)
        self._threads = [
            threading.Thread(target=self._work, name=f"worker-{n}", daemon=True)
            for n in range(1, count + 1)
        ]

    def start(self) -> None:
        """Begins with what was left behind."""
        for thread in self._threads:
            thread.start()

    def wake(self, things: int = 1) -> None:
        """There may be so many things to do. From any thread."""
        for _ in range(min(things, self._calls.maxsize)):
            with suppress(queue.Full):
                self._calls.put_nowait(None)

    def stop(self, *, seconds: float) -> bool:
        """Lets each finish what it has in hand; false when that takes longer than `seconds`."""
        self._ending.set()
        self.wake(len(self._threads))
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        duties = [_Duty(do) for do in self._duties()]
        while not self._ending.is_set():
            while not self._ending.is_set() and _round(duties):
                self._worked()
            with suppress(queue.Empty):
                self._calls.get(timeout=self._look)


def _round(duties: Sequence[_Duty]) -> bool:
    """Each duty once; whether any did something."""
    did = [duty.once() for duty in duties]
    return any(did)


class Senders:
    """Tasks that send what waits on one channel, until they are told to stop.

    Each is a function that sends until nothing is due or what it is given turns true, and gives the
    seconds until more is due where it knows them. Everything happens on one event loop.
    """

    def __init__(self, sending: Sequence[SendWaiting]) -> None:
        self._sending = sending
        # Each call is for one task; with one for each waiting, all of them will look again.
        self._calls = asyncio.Queue[None](maxsize=len(sending))
        self._ending = asyncio.Event()

    def wake(self) -> None:
        """There may be something to send."""
        with suppress(asyncio.QueueFull):
            self._calls.put_nowait(None)

    def stop(self) -> None:
        """Ends `run` once the messages in hand are sent."""
        self._ending.set()
        for _ in self._sending:
            self.wake()

    async def run(self) -> None:
        """Until they are told to stop."""
        async with asyncio.TaskGroup() as tasks:
            for send_waiting in self._sending:
                tasks.create_task(self._run(send_waiting))

    async def _run(self, send_waiting: SendWaiting) -> None:
        rest = Rest()
        while not self._ending.is_set():
            try:
                due_in = await send_waiting(self._ending.is_set)
            except Exception as error:
                await _within(rest.after(error), self._ending.wait())
            else:
                rest.failures = 0
                await _within(_until_look(due_in), self._calls.get())


def _until_look(due_in: float | None) -> float:
    return LOOK_SECONDS if due_in is None else min(max(due_in, 0.0), LOOK_SECONDS)


async def _within(seconds: float, happens: Awaitable[object]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await happens
