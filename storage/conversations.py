"""What was asked before, and what was passed to a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.domain.knowledge import Status, Turn
from bot.domain.messages import Address
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

    def hand_over(self, address: Address, question: str, *, at: datetime) -> int:
        """Passes a question to staff and gives its number; the same question again, the same."""
        columns = handovers.c
        same = (
            columns.channel == address.channel,
            columns.value == address.value,
            columns.question == question,
        )
        known = self._connection.execute(select(columns.id).where(*same)).scalar()
        if known is not None:
            return int(known)
        values = {"channel": address.channel, "value": address.value}
        made = insert(handovers).values(question=question, at=at, **values)
        return int(self._connection.execute(made.returning(handovers.c.id)).scalar_one())
