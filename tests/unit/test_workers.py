"""Workers do what there is to do, rest after a failure, and end with nothing in hand."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable

import pytest

from bot.errors import StorageFailed
from scheduler.workers import LONGEST_REST, Rest, Senders, Workers

PATIENCE = 20.0  # seconds


class Pile:
    """Work that is taken from a pile; tells when the pile is empty."""

    def __init__(self, *work: object) -> None:
        self.work = list(work)
        self.done: list[object] = []
        self.empty = threading.Event()

    def do(self) -> bool:
        """Does one; raises the one that is an error."""
        if not self.work:
            self.empty.set()
            return False
        one = self.work.pop(0)
        if isinstance(one, Exception):
            raise one
        self.done.append(one)
        return True


def workers(*duties: Callable[[], bool]) -> Workers:
    """One worker with these duties."""
    return Workers(lambda: duties, count=1)


def stopped(given: Workers) -> bool:
    """Whether it ended in time."""
    return given.stop(seconds=PATIENCE)


def test_what_was_left_behind_is_done_at_once() -> None:
    pile, told = Pile(1, 2, 3), list[int]()
    given = Workers(lambda: (pile.do,), count=1, worked=lambda: told.append(1))

    given.start()
    assert pile.empty.wait(PATIENCE)

    assert stopped(given)
    assert pile.done == [1, 2, 3]
    assert told == [1, 1, 1]


def test_it_is_woken_by_whoever_has_work() -> None:
    pile = Pile()
    given = Workers(lambda: (pile.do,), count=1, look_seconds=PATIENCE * 10)  # only waking helps
    given.start()
    assert pile.empty.wait(PATIENCE)

    pile.empty.clear()
    pile.work.append(1)
    given.wake()

    assert pile.empty.wait(PATIENCE)
    assert pile.done == [1]
    assert stopped(given)


def test_a_duty_that_fails_rests_and_holds_up_no_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    bad, good = Pile(StorageFailed("The disk is full."), "later"), Pile(1, 2, 3)
    given = workers(bad.do, good.do)

    given.start()
    assert good.empty.wait(PATIENCE)

    assert stopped(given)
    assert good.done == [1, 2, 3]
    assert bad.done == []
    assert "tried again in 1 seconds" in caplog.text


def test_rests_grow_and_have_a_limit() -> None:
    rest = Rest()

    waits = [rest.after(ValueError("again")) for _ in range(7)]

    assert waits == [1, 2, 4, 8, 16, LONGEST_REST, LONGEST_REST]


def test_each_thread_gets_duties_of_its_own() -> None:
    seen: list[str] = []
    ready = threading.Barrier(3)

    def duties() -> Iterable[Callable[[], bool]]:
        seen.append(threading.current_thread().name)
        ready.wait(PATIENCE)
        return (lambda: False,)

    given = Workers(duties, count=2)
    given.start()
    ready.wait(PATIENCE)

    assert stopped(given)
    assert sorted(seen) == ["worker-1", "worker-2"]


def test_what_is_in_hand_is_finished_and_nothing_new_begun() -> None:
    begun, finish, done = threading.Event(), threading.Event(), list[int]()

    def slow() -> bool:
        begun.set()
        finish.wait(PATIENCE)
        done.append(1)
        return True

    given = workers(slow)
    given.start()
    assert begun.wait(PATIENCE)

    assert not given.stop(seconds=0.01)
    finish.set()

    assert stopped(given)
    assert done == [1]


async def test_a_sender_sends_until_nothing_waits_and_again_when_woken() -> None:
    waiting, sent, idle = [1, 2], list[int](), asyncio.Event()

    async def send_waiting(ending: Callable[[], bool]) -> None:
        while waiting and not ending():
            sent.append(waiting.pop(0))
        idle.set()

    sender = Senders([send_waiting])
    running = asyncio.create_task(sender.run())
    async with asyncio.timeout(PATIENCE):
        await idle.wait()
        idle.clear()
        waiting.append(3)
        sender.wake()
        await idle.wait()
        sender.stop()
        await running

    assert sent == [1, 2, 3]


async def test_a_sender_whose_database_is_away_rests_however_often_it_is_woken() -> None:
    tried: list[int] = []

    async def send_waiting(_ending: Callable[[], bool]) -> None:
        tried.append(1)
        raise StorageFailed("The disk is full.")

    sender = Senders([send_waiting])
    running = asyncio.create_task(sender.run())
    for _ in range(100):
        sender.wake()
        await asyncio.sleep(0)
    sender.stop()
    async with asyncio.timeout(PATIENCE):
        await running

    assert tried == [1]


async def test_a_sender_looks_again_as_soon_as_more_is_due() -> None:
    looked: list[int] = []

    async def send_waiting(_ending: Callable[[], bool]) -> float:
        looked.append(1)
        if len(looked) == 3:
            sender.stop()
        return -0.001  # by now

    sender = Senders([send_waiting])
    async with asyncio.timeout(PATIENCE):
        await sender.run()

    assert looked == [1, 1, 1]


async def test_what_there_is_to_send_wakes_one_sender_and_not_all() -> None:
    looked: list[str] = []
    idle = asyncio.Event()

    def named(name: str) -> Callable[[Callable[[], bool]], Awaitable[None]]:
        async def send_waiting(_ending: Callable[[], bool]) -> None:
            looked.append(name)
            if len(looked) in {3, 4}:
                idle.set()

        return send_waiting

    senders = Senders([named("a"), named("b"), named("c")])
    running = asyncio.create_task(senders.run())
    async with asyncio.timeout(PATIENCE):
        await idle.wait()
        idle.clear()
        senders.wake()
        await idle.wait()
        senders.stop()
        await running

    assert sorted(looked[:3]) == ["a", "b", "c"]
    assert len(looked) == 4
