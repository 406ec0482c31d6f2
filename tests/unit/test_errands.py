"""What is owed to somebody waits for its turn; what only decorates is left undone."""

from __future__ import annotations

import asyncio
import logging

import pytest

from channels.errands import Errand, Errands


def noted(done: list[str], name: str, gate: asyncio.Event) -> Errand:
    """Waits for the gate, and then writes down its name."""

    async def run() -> None:
        await gate.wait()
        done.append(name)

    return run


async def test_what_is_owed_is_done_later_and_the_rest_is_left_and_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []
    gate, last = asyncio.Event(), asyncio.Event()
    errands = Errands("Slack", most=1)
    errands.run(noted(done, "first", gate), what="chat.update")
    errands.run(noted(done, "older page", gate), what="views.publish", owed="U1")
    errands.run(noted(done, "status", gate), what="setStatus")
    errands.run(noted(done, "stale", gate), what="telling", owed="U1 stale")
    errands.run(noted(done, "newer page", gate), what="views.publish", owed="U1")

    async def ended() -> None:
        last.set()

    errands.run(ended, what="telling", owed="U2")
    gate.set()
    await asyncio.wait_for(last.wait(), 5)

    assert done == ["first", "newer page", "stale"]
    assert [vars(record)["what"] for record in caplog.records] == ["setStatus"]


async def test_what_waits_is_bounded_and_the_oldest_is_left(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[str] = []
    gate, last = asyncio.Event(), asyncio.Event()
    errands = Errands("Slack", most=1, most_owed=3)
    errands.run(noted(done, "first", gate), what="chat.update")
    for number in range(5):
        errands.run(noted(done, f"{number}", gate), what="telling", owed=f"U{number}")

    async def ended() -> None:
        last.set()

    errands.run(ended, what="telling", owed="U9")
    gate.set()
    await asyncio.wait_for(last.wait(), 5)

    assert done == ["first", "3", "4"]
    assert [vars(record)["action"] for record in caplog.records] == ["errand-left"] * 3


async def test_what_would_be_of_no_use_any_more_is_left(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    gate, last = asyncio.Event(), asyncio.Event()
    errands = Errands("Slack", most=1)
    errands.run(noted(done, "first", gate), what="chat.update")
    errands.run(noted(done, "press", gate), what="answer", owed="press", within=-1.0)

    async def ended() -> None:
        last.set()

    errands.run(ended, what="telling", owed="U9", within=60.0)
    gate.set()
    await asyncio.wait_for(last.wait(), 5)

    assert done == ["first"]
    assert [vars(record)["what"] for record in caplog.records] == ["answer"]


async def test_what_is_still_owed_at_the_end_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    errands = Errands("Slack", most=1)
    with caplog.at_level(logging.WARNING):
        errands.run(noted(done, "first", asyncio.Event()), what="chat.update")
        errands.run(noted(done, "stale", asyncio.Event()), what="telling", owed="U1")
        await errands.end()

    assert done == []
    assert [vars(record)["what"] for record in caplog.records] == ["telling"]
