"""Answers that people gave for good."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.domain.handover import Curated
from storage.columns import fits
from storage.tables import curated


class SqlCuratedAnswers:
    """Curated answers in their table; see `bot.ports.CuratedAnswers` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Curated) -> Curated:
        """Keeps a curated answer; its number is given here."""
        values = asdict(new)
        values.pop("id")
        made = insert(curated).values(**values).returning(curated)
        return _curated(self._connection.execute(made).one())

    def all(self) -> tuple[Curated, ...]:
        """Every curated answer that was not retired, oldest first."""
        query = select(curated).where(curated.c.retired_at.is_(None)).order_by(curated.c.id)
        return tuple(_curated(row) for row in self._connection.execute(query))

    def retire(self, number: int, *, at: datetime) -> bool:
        """Withdraws one; False when there is none of that number, or it was withdrawn."""
        if not fits(number):
            return False
        standing = (curated.c.id == number, curated.c.retired_at.is_(None))
        retired = update(curated).where(*standing).values(retired_at=at)
        return self._connection.execute(retired).rowcount == 1


def _curated(row: Row[Any]) -> Curated:
    return Curated(**row._mapping)
