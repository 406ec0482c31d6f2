"""What a unit of work asks its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from bot.ports import UnitOfWork
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork


@contextmanager
def counted_questions(database: Database) -> Iterator[tuple[UnitOfWork, list[str]]]:
    """A unit of work that was entered, and every statement that it sends."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        with SqlUnitOfWork(database.engine) as unit:
            yield unit, asked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
