"""Messages from receipt to sent reply, beside a bare loop that commits the same rows as often."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Engine,
    Insert,
    Table,
    Update,
    bindparam,
    event,
    insert,
    select,
    update,
)

from bench.carrel import house, knowledge, one_message
from bench.progress import tell
from bench.table import Line, against_target
from storage.database import Database, open_database
from storage.tables import inbox, outbox
from tests.cast import ADA
from tests.desk import House

COMMAND = "help"
Row = Mapping[Any, Any]
Rows = Sequence[Row]


def run(*, quick: bool) -> list[Line]:
    """Carrel and the bare loop in turns, so that the disk's moods hit both."""
    count, rounds = (50, 3) if quick else (100, 7)
    ours: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory() as name, house(knowledge(), Path(name) / "a") as carrel:
        carrel.enrol(ADA)
        asyncio.run(_carrel(carrel, count))  # what is compiled once is compiled now
        with open_database(f"sqlite:///{Path(name) / 'bare.db'}") as database:
            commits = [_Commits(carrel.database.engine), _Commits(database.engine)]
            for turn in range(rounds):
                tell(f"messages: round {turn + 1} of {rounds}")
                ours.append(asyncio.run(_carrel(carrel, count)))
                bare.append(_bare(database, *_newest(carrel, count)))
            _same(commits, per_message=rounds * count)
        single, flowing = asyncio.run(_sending(carrel, count, rounds))
    ratio = median(one / other for one, other in zip(ours, bare, strict=True))
    speed, most = count / median(ours), count / median(bare)
    return [
        Line(what="messages a second", figure=speed, unit="/s", ratio=speed / most, to="bare loop"),
        Line(what="bare loop", figure=most, unit="/s", ratio=1.0, to="itself"),
        against_target("time beside the bare loop, median of rounds", ratio, "x", target=2),
        Line(
            what="sending one of many that wait",
            figure=1000 * flowing,
            unit="ms",
            ratio=flowing / single,
            to="one at a time",
        ),
    ]


async def _carrel(carrel: House, count: int) -> float:
    """Seconds for so many messages."""
    started = time.perf_counter()
    for _ in range(count):
        await one_message(carrel, ADA.email, COMMAND)
    return time.perf_counter() - started


async def _sending(carrel: House, count: int, rounds: int) -> tuple[float, float]:
    """Seconds for each of many replies that wait: one at a time, and claimed with the last mark."""
    single: list[float] = []
    flowing: list[float] = []
    for _ in range(rounds):
        _replies_wait(carrel, count)
        started = time.perf_counter()
        while await carrel.dispatcher.send_one():
            pass
        single.append((time.perf_counter() - started) / count)
        _replies_wait(carrel, count)
        started = time.perf_counter()
        await carrel.dispatcher.send_waiting(lambda: False)
        flowing.append((time.perf_counter() - started) / count)
    return median(single), median(flowing)


def _replies_wait(carrel: House, count: int) -> None:
    for _ in range(count):
        carrel.pipeline.receive(carrel.message(ADA.email, COMMAND))
        carrel.pipeline.handle_one()


def _newest(carrel: House, count: int) -> tuple[Rows, Rows]:
    """The rows of the last messages, as Carrel left them."""
    with carrel.database.engine.connect() as connection:
        return _last(connection, inbox, count), _last(connection, outbox, count)


def _last(connection: Connection, table: Table, count: int) -> Rows:
    query = select(table).order_by(table.c.id.desc()).limit(count)
    return connection.execute(query).mappings().all()


def _bare(database: Database, received: Rows, replied: Rows) -> float:
    """Seconds to write those rows in the five steps that a durable queue cannot do without."""
    add_in, add_out = insert(inbox), insert(outbox)
    step_in, step_out = _step(inbox), _step(outbox)
    started = time.perf_counter()
    for incoming, outgoing in zip(received, replied, strict=True):
        _commit(database, (add_in, _waiting(incoming)))
        _commit(database, (step_in, _claimed(incoming)))
        _commit(database, (step_in, _ended(incoming)), (add_out, _waiting(outgoing)))
        _commit(database, (step_out, _claimed(outgoing)))
        _commit(database, (step_out, _ended(outgoing)))
    return time.perf_counter() - started


def _commit(database: Database, *work: tuple[Insert | Update, Row]) -> None:
    with database.engine.begin() as connection:
        for statement, values in work:
            connection.execute(statement, values)


def _waiting(row: Row) -> Row:
    return {**row, "state": "waiting", "attempts": 0, "finished_at": None, "token": None}


def _claimed(row: Row) -> Row:
    values = {"state": "claimed", "token": "0" * 32, "due_at": row["due_at"], "attempts": 1}
    return {**values, "finished_at": None, "row": row["id"]}


def _ended(row: Row) -> Row:
    same = {name: row[name] for name in ("state", "due_at", "attempts", "finished_at")}
    return {**same, "token": None, "row": row["id"]}


def _step(table: Table) -> Update:
    """One statement for every step of a row; building another for each would only cost time."""
    names = ("state", "token", "due_at", "attempts", "finished_at")
    values: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in names}
    return update(table).where(table.c.id == bindparam("row")).values(values)


class _Commits:
    """Counts an engine's commits, to be sure that both sides have as many."""

    def __init__(self, engine: Engine) -> None:
        self.count = 0
        event.listen(engine, "commit", self._one_more)

    def _one_more(self, _: object) -> None:
        self.count += 1


def _same(commits: Sequence[_Commits], *, per_message: int) -> None:
    each = [one.count / per_message for one in commits]
    if len(set(each)) > 1:
        raise RuntimeError(f"Carrel and the bare loop commit {each} times a message: make it equal")
