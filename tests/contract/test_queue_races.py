"""Several workers, crashes and long backlogs: each message is still handled once and in order."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from bot.domain.messages import InboundMessage
from bot.ports import Claimed, UnitOfWork
from storage.database import Database, open_database
from storage.tables import inbox
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, inbound, later, outbound
from tests.contract.work import (
    LEASE,
    claim,
    counted_steps,
    done,
    must_claim,
    receive,
    retry,
    sent_order,
)

steps = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=40)


@given(steps=steps)
@settings(max_examples=60, deadline=None)
def test_whatever_happens_each_conversation_stays_in_order(steps: list[tuple[int, int]]) -> None:
    """Receives, claims, crashes, retries and finishes at random; then drains what is left."""
    with open_database("sqlite://") as database:
        office = Office(SqlUnitOfWork(database.engine))
        for action, choice in steps:
            office.act(action, choice)
        office.drain()

    assert sorted(number for _, number in office.handled) == list(range(office.received))
    for conversation in ("c0", "c1", "c2"):
        numbers = [number for name, number in office.handled if name == conversation]
        assert numbers == sorted(numbers)


class Office:
    """Workers that receive, claim, forget, retry and finish; `handled` tells in which order."""

    def __init__(self, unit: UnitOfWork) -> None:
        self.unit = unit
        self.received = 0
        self.handled: list[tuple[str, int]] = []
        self.held: list[Claimed[InboundMessage]] = []
        self.seconds = 0.0

    def act(self, action: int, choice: int) -> None:
        match action:
            case 0 | 1:
                self.receive(f"c{choice}")
            case 2:
                claimed = claim(self.unit, self.seconds)
                self.held += [claimed] if claimed else []
            case 3 if self.held:
                self.finish(self.held.pop(choice % len(self.held)))
            case 4 if self.held:
                retry(self.unit, self.held.pop(), seconds=self.seconds + 10 * choice)
            case _:
                self.seconds += LEASE * choice / 2

    def receive(self, conversation: str) -> None:
        message = inbound(str(self.received), conversation=conversation)
        with self.unit as unit:
            unit.inbox.add(message, at=later(self.seconds))
            unit.commit()
        self.received += 1

    def finish(self, claimed: Claimed[InboundMessage]) -> None:
        if done(self.unit, claimed):
            self.handled.append((claimed.item.conversation, int(claimed.item.id)))

    def drain(self) -> None:
        self.seconds += 100 * LEASE
        while (claimed := claim(self.unit, self.seconds)) is not None:
            self.finish(claimed)


def _drain(units: Callable[[], UnitOfWork]) -> list[str]:
    """Handles messages until none is left, answering each in the transaction that finishes it."""
    unit = units()
    taken: list[str] = []
    while True:
        claimed = claim(unit, 1)
        if claimed is None:
            with unit:
                if unit.inbox.counts()["waiting"] + unit.inbox.counts()["claimed"] == 0:
                    return taken
            continue
        with unit:
            if unit.inbox.done(claimed, at=NOW):
                unit.outbox.add(
                    outbound(claimed.item.id, conversation=claimed.item.conversation), due=NOW
                )
                unit.commit()
        taken.append(claimed.item.id)


def _drain_in_process(url: str) -> list[str]:
    with open_database(url) as database:
        return _drain(partial(SqlUnitOfWork, database.engine))


def _many(unit: UnitOfWork) -> list[str]:
    messages = [inbound(f"{n:03}", conversation=f"c{n % 5}") for n in range(60)]
    with unit:
        for message in messages:
            unit.inbox.add(message, at=NOW)
        unit.commit()
    return [message.id for message in messages]


def _assert_in_order(unit: UnitOfWork, expected: list[str]) -> None:
    keys = sent_order(unit)
    assert sorted(keys) == expected
    for conversation in range(5):
        numbers = [key for key in keys if int(key) % 5 == conversation]
        assert numbers == sorted(numbers)


def test_two_threads_share_the_work(shared: Callable[[], UnitOfWork]) -> None:
    expected = _many(shared())
    taken: list[str] = []
    threads = [threading.Thread(target=lambda: taken.extend(_drain(shared))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == expected
    _assert_in_order(shared(), expected)


def test_two_processes_share_the_work(shared_url: str) -> None:
    with open_database(shared_url) as database:
        unit = SqlUnitOfWork(database.engine)
        expected = _many(unit)
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(2, mp_context=spawn) as pool:
            taken = list(pool.map(_drain_in_process, [shared_url] * 2))

        assert sorted(taken[0] + taken[1]) == expected
        _assert_in_order(unit, expected)


def test_two_threads_that_take_in_the_same_message_keep_it_once(
    shared: Callable[[], UnitOfWork],
) -> None:
    kept: list[bool] = []

    def take_in() -> None:
        unit = shared()
        for n in range(10):
            with unit:
                kept.append(unit.inbox.add(inbound(str(n)), at=NOW))
                unit.commit()

    threads = [threading.Thread(target=take_in) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(kept) == [False] * 10 + [True] * 10


def test_claiming_costs_the_same_behind_a_long_past_and_an_outage() -> None:
    """Counted in steps of SQLite's machine, which no busy computer can change."""
    with open_database("sqlite://") as small, open_database("sqlite://") as large:
        for database in (small, large):
            unit = SqlUnitOfWork(database.engine)
            receive(unit, inbound("first"), inbound("second"))
        with large.engine.begin() as connection:
            connection.execute(insert(inbox), [_copy("done", n, NOW) for n in range(20_000)])
            connection.execute(insert(inbox), [_copy("waiting", n, None) for n in range(2_000)])

        assert _claim_steps(large) <= 1.5 * _claim_steps(small)


def _copy(state: str, number: int, finished: datetime | None) -> dict[str, Any]:
    """A row of a long conversation: handled, or held up by a vendor's outage."""
    return {
        "conversation": "talk:ada",
        "message": "{}",
        "state": state,
        "due_at": later(3600),
        "attempts": 1,
        "reason": "",
        "finished_at": finished,
        "channel": state,
        "vendor_id": str(number),
    }


def _claim_steps(database: Database) -> int:
    unit = SqlUnitOfWork(database.engine)
    with counted_steps(database) as steps:
        assert must_claim(unit).item.id == "first"
    return len(steps)
