"""The one place that knows which database is underneath: SQLite or PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Column, Connection, Engine, Row, Table, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool
from sqlalchemy.sql.dml import ReturningInsert

_INSERTS: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
# SQLite takes its lock with the first statement; the number is any, the same for every Carrel.
_TURNS = {"sqlite": "SELECT 1", "postgresql": "SELECT pg_advisory_xact_lock(4227735)"}
_NAME = "4227735, hashtext(concat_ws('.', current_schema(), %s::text))"
_HOLD = f"SELECT pg_try_advisory_lock({_NAME})"
_ALONE = f"SELECT pg_try_advisory_xact_lock({_NAME})"
_WAIT = f"SELECT pg_advisory_xact_lock({_NAME})"
_DEADLOCK = "40P01"  # PostgreSQL's code; SQLite has one writer and knows no such thing
_FEW_AT_ONCE = {"insertmanyvalues_page_size": 50}  # longer statements take longer to understand
_PATIENCE_SECONDS = 30
_READERS_MILLISECONDS = 1000  # how long others may go on reading the database as it was


def engine_options(url: URL) -> dict[str, Any]:
    """What `create_engine` needs to know about this kind of database.

    SQLite has one writer, so a pool of one lends its connection to one thread at a time: threads
    that wait for the pool are woken in turn, while those that wait for SQLite's own lock look for
    it now and then and take many times as long. A memory lives in that one connection. Raises
    `ArgumentError` for a kind that nobody tried.
    """
    if url.get_backend_name() not in _INSERTS:
        raise ArgumentError("Only SQLite and PostgreSQL are supported.")
    if url.get_backend_name() == "postgresql":
        return {"pool_pre_ping": True}
    return {
        "poolclass": QueuePool,
        "pool_size": 1,
        "max_overflow": 0,
        "pool_timeout": _PATIENCE_SECONDS,
        "connect_args": {"timeout": _PATIENCE_SECONDS, "check_same_thread": False},
    }


def file_of(url: URL) -> Path | None:
    """The file of an SQLite database; None for a server and for a memory."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def prepare(engine: Engine) -> None:
    """Makes every SQLite connection durable and strict, and every transaction take its turn.

    See https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#sqlite-enabling-transactions. The
    write lock is taken at the start: a transaction that reads first and writes later would fail
    at once, without waiting, when another one wrote in between.
    """
    for moment, hook in _HOOKS[engine.dialect.name]:
        event.listen(engine, moment, hook)


def take_turns(connection: Connection) -> None:
    """Lets one process at a time past this point, until its transaction ends."""
    connection.exec_driver_sql(_TURNS[connection.dialect.name])


def scrub(engine: Engine) -> bool:
    """Writes the database anew without what was deleted; False while others are in the way.

    A deleted row stays readable in the file until something is written over it. PostgreSQL gives
    such places free for that and leaves the rest to the server.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")
        return True
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        cursor.execute(f"PRAGMA busy_timeout={_READERS_MILLISECONDS}")
        busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        cursor.execute(f"PRAGMA busy_timeout={_PATIENCE_SECONDS * 1000}")
    except sqlite3.OperationalError:
        return False
    finally:
        raw.close()
    return not busy


@contextmanager
def held(engine: Engine, name: str) -> Iterator[bool]:
    """Whether the name is this process's alone, which it then is until the block is left.

    PostgreSQL knows that by a connection, and so forgets it with a process that is killed, but
    also when the connection is lost. With SQLite it always is: who may ask holds a lock file.
    """
    if engine.dialect.name != "postgresql":
        yield True
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()  # what is given back to the pool stays open, with all that it holds
        yield bool(connection.exec_driver_sql(_HOLD, (name,)).scalar())


def alone(connection: Connection, name: str) -> bool:
    """Whether the name is this transaction's alone, which it then is until its end.

    With SQLite it always is: it has one transaction at a time.
    """
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.exec_driver_sql(_ALONE, (name,)).scalar())


def wait_alone(connection: Connection, name: str) -> None:
    """Waits until the name is this transaction's alone, which it then is until its end."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_WAIT, (name,))


def is_interlocked(error: BaseException | None) -> bool:
    """Whether the database ended a transaction because it and another waited for each other."""
    return getattr(error, "sqlstate", None) == _DEADLOCK


def insert_once(
    connection: Connection, table: Table, values: Mapping[str, Any]
) -> Row[*tuple[Any, ...]] | None:
    """Inserts the row and gives its primary key, or None when a unique value is there already."""
    return connection.execute(_insert_once(connection.dialect.name, table), values).first()


@cache  # building a statement takes longer than running it
def _insert_once(dialect: str, table: Table) -> ReturningInsert[tuple[Any, ...]]:
    return _INSERTS[dialect](table).on_conflict_do_nothing().returning(*table.primary_key)


def insert_or_update(
    connection: Connection, table: Table, rows: Mapping[str, Any] | Sequence[Mapping[str, Any]]
) -> None:
    """Inserts each row, or gives the row of the same primary key these values."""
    connection.execute(_insert_or_update(connection.dialect.name, table), rows)


def insert_new(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], key: Column[Any]
) -> frozenset[Any]:
    """Inserts those rows of which no unique value is there already; gives the keys of these."""
    if not rows:
        return frozenset()
    new = _insert_new(connection.dialect.name, table, key)
    made = connection.execute(new, rows, execution_options=_FEW_AT_ONCE)
    return frozenset(made.scalars())


@cache
def _insert_new(dialect: str, table: Table, key: Column[Any]) -> ReturningInsert[tuple[Any, ...]]:
    return _INSERTS[dialect](table).on_conflict_do_nothing().returning(key)


@cache
def _insert_or_update(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    made = _INSERTS[dialect](table)
    others = {c.name: made.excluded[c.name] for c in table.c if not c.primary_key}
    return made.on_conflict_do_update(index_elements=list(table.primary_key), set_=others)


def _on_connect(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    # Two processes that switch a new file to WAL at once do not wait for each other: one of them
    # fails, and both find the file in WAL mode.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


_HOOKS: dict[str, tuple[tuple[str, Callable[..., None]], ...]] = {
    "sqlite": (("connect", _on_connect), ("begin", _on_begin)),
    "postgresql": (),
}
