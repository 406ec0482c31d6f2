"""Questions and what they were answered from, for reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, delete, literal_column, select

from bot.domain.knowledge import Passage, Turn
from storage.dialects import insert_or_update
from storage.kept.conversations import turn_of
from storage.tables import passages_known, turn_passages, turns

# Spelled as the index spells it, or SQLite does not see that the index will do.
_DECLINED: ColumnElement[bool] = turns.c.status == literal_column("'declined'")


class SqlAsked:
    """Turns, read across conversations; see `bot.ports.Asked` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def declined(self, *, since: datetime, limit: int) -> tuple[Turn, ...]:
        """Questions that were not answered, newest first."""
        query = select(turns).where(_DECLINED, turns.c.at >= since)
        newest = query.order_by(turns.c.at.desc(), turns.c.id.desc()).limit(limit)
        return tuple(turn_of(row) for row in self._connection.execute(newest))

    def answered_from(self, passages: Sequence[str]) -> tuple[Turn, ...]:
        """Turns answered from any of those passages that have an address, oldest first."""
        any_of = turn_passages.c.passage.in_(passages)
        told = select(turn_passages.c.turn_id).where(any_of)
        query = select(turns).where(turns.c.id.in_(told)).order_by(turns.c.id)
        return tuple(turn_of(row) for row in self._connection.execute(query))

    def known_passages(self) -> Mapping[str, str]:
        """The text of every passage as it was when it was last noted, by its id."""
        query = select(passages_known.c.id, passages_known.c.text)
        return {row.id: row.text for row in self._connection.execute(query)}

    def note_passages(self, passages: Sequence[Passage], *, at: datetime) -> None:
        """Notes the passages as they are now, one line a unit; what is no more is forgotten."""
        now = {passage.id: "\n".join(passage.units) for passage in passages}
        gone = [{"gone": each} for each in self.known_passages() if each not in now]
        if gone:
            forget = delete(passages_known).where(passages_known.c.id == bindparam("gone"))
            self._connection.execute(forget, gone)
        if now:
            rows = [{"id": key, "text": text, "noted_at": at} for key, text in now.items()]
            insert_or_update(self._connection, passages_known, rows)
