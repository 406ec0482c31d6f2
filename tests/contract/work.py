"""What a worker does with a queue, each step a transaction of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.messages import InboundMessage
from bot.ports import Claimed, UnitOfWork
from storage.database import Database
from tests.contract.examples import NOW, later

LEASE = 60.0


def receive(unit: UnitOfWork, *messages: InboundMessage) -> None:
    for n, message in enumerate(messages):
        with unit:
            unit.inbox.add(message, at=later(n / 1000 - 1))
            unit.commit()


def claim(unit: UnitOfWork, seconds: float = 0) -> Claimed[InboundMessage] | None:
    with unit:
        claimed = unit.inbox.claim(now=later(seconds), lease_seconds=LEASE)
        unit.commit()
    return claimed


def must_claim(unit: UnitOfWork, seconds: float = 0) -> Claimed[InboundMessage]:
    claimed = claim(unit, seconds)
    assert claimed is not None
    return claimed


def done(unit: UnitOfWork, claimed: Claimed[InboundMessage]) -> bool:
    with unit:
        ours = unit.inbox.done(claimed, at=NOW)
        unit.commit()
    return ours


def retry(unit: UnitOfWork, claimed: Claimed[InboundMessage], *, seconds: float) -> None:
    with unit:
        unit.inbox.retry(claimed, at=later(seconds), reason="vendor down")
        unit.commit()


def sent_order(unit: UnitOfWork) -> list[str]:
    keys = []
    with unit:
        while (
            claimed := unit.outbox.claim(now=later(1), lease_seconds=LEASE, channels=["talk"])
        ) is not None:
            keys.append(claimed.item.key)
            unit.outbox.sent(claimed, at=later(1), receipt="r")
        unit.commit()
    return keys


@contextmanager
def counted_steps(database: Database) -> Iterator[list[int]]:
    """One item for each step of SQLite's machine, which no busy computer can change."""
    steps: list[int] = []

    def count() -> int:
        steps.append(1)
        return 0

    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_progress_handler(count, 1)
    yield steps
    with database.engine.connect() as connection:
        driver.set_progress_handler(None, 1)
