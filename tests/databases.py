"""Databases with empty tables, made once and copied: most tests take less time than the making."""

from __future__ import annotations

import sqlite3
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, inspect, make_url

from storage.database import Database, open_database
from tests.contract import postgres

MEMORY = "sqlite://"
_NAME = "a_schema_of_tests"
_NOT_FOR_US = ("--", "\\", "CREATE SCHEMA")  # what is meant for people, for psql, and what is there
_idle: list[Database] = []  # memories that some test gave back
_dumps: dict[URL, str] = {}  # of the tables, by server


class _Lent(Database):
    """A memory that is used again by another test, emptied, with the statements it understands."""

    def close(self) -> None:
        if self in _idle:
            return  # harmless twice
        if _in_use(self):
            super().close()
        else:
            _idle.append(self)


def fresh_database(url: str = MEMORY) -> Database:
    """As `open_database`; what is new begins as a copy of one that was opened so before."""
    if url == MEMORY:
        return _memory()
    parts = make_url(url)
    if parts.get_backend_name() == "postgresql":
        _fill_schema(parts)
    elif not Path(str(parts.database)).exists():
        _fill_file(Path(str(parts.database)))
    return open_database(url)


def _memory() -> Database:
    if not _idle:
        return _Lent(engine=open_database(MEMORY).engine)
    database = _idle.pop()
    connection = database.engine.raw_connection()
    _empty().backup(_driver(connection))
    connection.close()
    return database


def _fill_file(path: Path) -> None:
    copy = sqlite3.connect(path)
    _empty().backup(copy)
    copy.close()


@cache
def _empty() -> sqlite3.Connection:
    """A memory to copy from."""
    empty = sqlite3.connect(":memory:", check_same_thread=False)
    with open_database(MEMORY) as made:
        connection = made.engine.raw_connection()
        _driver(connection).backup(empty)
        connection.close()
    return empty


def _driver(connection: Any) -> sqlite3.Connection:
    driver: sqlite3.Connection = connection.driver_connection
    return driver


def _in_use(database: Database) -> bool:
    """Whether a thread has the connection still, or a test listens to what goes through it."""
    heard: Any = database.engine.dispatch
    pool: Any = database.engine.pool
    listened = heard.before_cursor_execute or heard.after_cursor_execute or heard.commit
    return bool(listened) or pool.checkedout() > 0


def _fill_schema(url: URL) -> None:
    """Copies into an empty schema the tables that were made in the first one of its server."""
    server = url.set(query={"host": url.query.get("host", "")})
    engine = create_engine(url)
    with engine.begin() as connection:
        schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
        is_empty = not inspect(connection).get_table_names()
        if is_empty and server in _dumps:
            connection.exec_driver_sql(_dumps[server].replace(_NAME, schema))
    engine.dispose()
    if is_empty and server not in _dumps and (programs := postgres.programs()):
        open_database(url.render_as_string(hide_password=False)).close()
        _dumps[server] = _dump(programs / "pg_dump", server, schema)


def _dump(program: Path, server: URL, schema: str) -> str:
    """The statements that fill that schema, with `_NAME` in the place of its name."""
    words = ("--schema", schema, "--inserts", "--no-owner", "--no-comments")
    address = server.render_as_string(hide_password=False)
    dumped = subprocess.run(  # noqa: S603 - our own words, no shell
        [program, *words, address], capture_output=True, text=True, check=True
    ).stdout.replace(schema, _NAME)
    ours = (line for line in dumped.splitlines() if not line.startswith(_NOT_FOR_US))
    return "\n".join(ours).replace("%", "%%")
