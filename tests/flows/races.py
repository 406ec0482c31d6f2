"""Two workers on one database, whose messages meet where it matters."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine

from bot.domain.messages import InboundMessage
from bot.ports import UnitOfWork
from channels.markup import plain_text
from handlers.pipeline import Pipeline
from storage.unit_of_work import SqlUnitOfWork
from tests.desk import LEASE, House

PATIENCE = 5.0  # seconds
ONE_AT_A_TIME = {"sqlite"}  # whoever comes second waits at the door, and they never meet


class Meeting(SqlUnitOfWork):
    """A transaction that waits, before it saves or adds, for the other one to get as far."""

    def __init__(self, engine: Engine, meet: threading.Barrier) -> None:
        super().__init__(engine)
        self._meet = meet

    def __enter__(self) -> Meeting:
        super().__enter__()
        if self._engine.dialect.name in ONE_AT_A_TIME:
            return self
        self.submissions = _Waits(self.submissions, self._meet, at="save")
        self.records = _Waits(self.records, self._meet, at="add")
        return self


class _Waits:
    """A repository of which one step waits, the first time that it is taken."""

    def __init__(self, inner: object, meet: threading.Barrier, *, at: str) -> None:
        self._inner, self._meet, self._at = inner, meet, at

    def __getattr__(self, name: str) -> Any:
        if name == self._at and not self._meet.broken:
            with suppress(threading.BrokenBarrierError):
                self._meet.wait(PATIENCE)
            self._meet.abort()
        return getattr(self._inner, name)


def at_once(house: House, *messages: InboundMessage) -> Mapping[str, str]:
    """Two workers handle two messages at the same moment; what each sender is answered."""
    for message in messages:
        house.pipeline.receive(message)
    before = len(house.channel.sent)
    meet = threading.Barrier(len(messages))

    def transaction() -> UnitOfWork:
        return Meeting(house.database.engine, meet)

    workers = [
        threading.Thread(target=Pipeline(house.desk, transaction, lease_seconds=LEASE).handle_one)
        for _ in messages
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    house.drain()
    senders = {message.sender.value for message in messages}
    answers = [m for m in house.channel.sent[before:] if m.to.value in senders]
    replies = [m for m in answers if m.key.startswith(f"{house.channel.name}:")]
    return {m.to.value: plain_text(m.reply) for m in replies}
