"""A unit of work is a transaction: all of it is kept, or nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest

from bot.ports import UnitOfWork
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, inbound, outbound, person


def test_what_was_committed_is_there_afterwards(unit: UnitOfWork) -> None:
    with unit:
        unit.inbox.add(inbound(), at=NOW)
        unit.commit()

    with unit:
        assert unit.inbox.counts()["waiting"] == 1


def test_leaving_without_commit_keeps_nothing(unit: UnitOfWork) -> None:
    with unit:
        person(unit)
        unit.outbox.add(outbound(), due=NOW)

    with unit:
        assert unit.people.count() == 0
        assert unit.outbox.counts()["waiting"] == 0


def test_an_error_keeps_nothing_and_is_not_swallowed(unit: UnitOfWork) -> None:
    def fail() -> None:
        with unit:
            person(unit)
            raise LookupError("while handling")

    with pytest.raises(LookupError):
        fail()

    with unit:
        assert unit.people.count() == 0


def test_what_follows_a_commit_needs_another_one(unit: UnitOfWork) -> None:
    with unit:
        person(unit, "Ada")
        unit.commit()
        person(unit, "Bea")

    with unit:
        assert unit.people.count() == 1


def test_entering_twice_at_once_is_refused(unit: UnitOfWork) -> None:
    with unit, pytest.raises(RuntimeError, match="one for each thread"):
        unit.__enter__()


def test_committing_outside_a_block_is_refused(unit: UnitOfWork) -> None:
    with pytest.raises(RuntimeError, match="with block"):
        unit.commit()


def test_two_threads_that_read_and_then_write_do_not_disturb_each_other(
    shared: Callable[[], UnitOfWork],
) -> None:
    def add_people(prefix: str) -> None:
        unit = shared()
        for n in range(15):
            with unit:
                unit.people.count()
                person(unit, f"{prefix}{n}")
                unit.commit()

    threads = [threading.Thread(target=add_people, args=(prefix,)) for prefix in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with shared() as unit:
        assert unit.people.count() == 45


def test_another_thread_sees_only_what_was_committed(database: Database) -> None:
    units = partial(SqlUnitOfWork, database.engine)
    seen: list[int] = []

    def look() -> None:
        with units() as other:
            seen.append(other.people.count())

    reader = threading.Thread(target=look)
    with units() as unit:
        person(unit, "Ada")
        unit.commit()
        person(unit, "Bea")
        reader.start()
    reader.join()

    assert seen == [1]
