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


async def test_what_is_still_owed_at_the_end_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    errands = Errands("Slack", most=1)
    with caplog.at_level(logging.WARNING):
        errands.run(noted(done, "first", asyncio.Event()), what="chat.update")
        errands.run(noted(done, "stale", asyncio.Event()), what="telling", owed="U1")
        await errands.end()

    assert done == []
    assert [vars(record)["what"] for record in caplog.records] == ["telling"]
