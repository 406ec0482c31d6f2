"""What was asked before, and what was passed to a person."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.domain.knowledge import Status, Turn
from bot.domain.messages import Address
from bot.ports import HandOver
from storage.dialects import insert_once
from storage.tables import handovers, turns


class SqlConversations:
    """Turns and hand-overs in their tables; see `bot.ports.Conversations` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, turn: Turn) -> None:
        """Adds a turn."""
        self._connection.execute(
            insert(turns).values(
                conversation=turn.conversation,
                question=turn.question,
                status=turn.status.value,
                passages=turn.passages,
                at=turn.at,
            )
        )

    def recent(self, conversation: str, *, limit: int) -> tuple[Turn, ...]:
        """The newest turns, oldest first."""
        query = select(turns).where(turns.c.conversation == conversation)
        rows = self._connection.execute(query.order_by(turns.c.id.desc()).limit(limit)).all()
        return tuple(
            Turn(
                conversation=row.conversation,
                question=row.question,
                status=Status(row.status),
                passages=row.passages,
                at=row.at,
            )
            for row in reversed(rows)
        )

    def hand_over(self, address: Address, question: str, *, at: datetime) -> HandOver:
        """Passes a question to staff; the same address's same question again is not new."""
        same = {
            "channel": address.channel,
            "value": address.value,
            "sha256": hashlib.sha256(question.encode()).hexdigest(),
        }
        made = insert_once(self._connection, handovers, {**same, "question": question, "at": at})
        if made is not None:
            return HandOver(number=made.id, new=True)
        query = select(handovers.c.id).filter_by(**same)
        return HandOver(number=self._connection.execute(query).scalar_one(), new=False)
