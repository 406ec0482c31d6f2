"""The clock: each job at once and at its times, in a thread, and no failure ends it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.errors import StorageFailed
from scheduler.clock import JOBS, Clock, Ending, Job, stop
from tests.logged import Kept

PATIENCE = 20.0  # seconds
OFTEN = "* * * * *"


async def runs(clock: Clock, until: threading.Event) -> None:
    """The clock goes until that has happened, and is stopped."""
    going = asyncio.create_task(clock.run())
    assert await asyncio.to_thread(until.wait, PATIENCE)
    going.cancel()
    with suppress(asyncio.CancelledError):
        await going


async def test_a_clock_that_could_not_start_is_told_of_at_the_end(everything: Kept) -> None:
    clock = Clock({"odd": lambda _: None}, jobs=(Job(name="odd", at="no time"),))
    going = asyncio.create_task(clock.run())
    await asyncio.sleep(0)

    await stop(going)

    assert any("The clock had failed" in line for line in everything.lines)


async def test_each_job_is_done_at_the_start_in_a_thread() -> None:
    threads, done = set[str](), threading.Event()

    def work(_: Ending) -> None:
        threads.add(threading.current_thread().name)
        done.set()

    await runs(Clock({job.name: work for job in JOBS}), done)

    assert threads
    assert threading.main_thread().name not in threads


async def test_what_is_under_way_hears_of_the_end_and_comes_to_its_own(everything: Kept) -> None:
    begun, ended = threading.Event(), threading.Event()

    def work(ending: Ending) -> None:
        begun.set()
        while not ending():
            threading.Event().wait(0.01)
        ended.set()

    await runs(Clock({"long": work}, jobs=(Job(name="long", at=OFTEN),)), begun)

    assert ended.is_set()
    assert not [line for line in everything.lines if '"level": "error"' in line]


@pytest.mark.parametrize("turns", range(8))
async def test_a_clock_that_is_stopped_while_a_job_begins_ends_quietly(
    turns: int, everything: Kept
) -> None:
    clock = Clock({"short": lambda _: None}, jobs=(Job(name="short", at=OFTEN),))
    going = asyncio.create_task(clock.run())
    for _ in range(turns):
        await asyncio.sleep(0)

    going.cancel()
    with suppress(asyncio.CancelledError):
        await going

    await asyncio.sleep(0)
    assert not [line for line in everything.lines if '"level": "error"' in line]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (StorageFailed("The database is away."), "bad waits for the database"),
        (ValueError("a fault"), "bad failed, and is tried again at its next time"),
    ],
)
async def test_a_job_that_fails_is_told_in_the_log_and_ends_nothing(
    error: Exception, told: str, everything: Kept
) -> None:
    failed, done = threading.Event(), threading.Event()

    def bad(_: Ending) -> None:
        failed.set()
        raise error

    def good(_: Ending) -> None:
        failed.wait(PATIENCE)
        done.set()

    work: dict[str, Callable[[Ending], None]] = {"bad": bad, "good": good}
    await runs(Clock(work, jobs=tuple(Job(name=name, at=OFTEN) for name in work)), done)

    assert any(told in line for line in everything.lines)


async def test_a_job_that_nobody_has_work_for_is_left_out() -> None:
    done = threading.Event()

    await runs(Clock({JOBS[0].name: lambda _: done.set()}), done)
