"""What was asked before."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select

from bot.domain.knowledge import Status, Turn
from bot.domain.messages import Address
from storage.tables import turn_passages, turns


class SqlConversations:
    """Turns in their tables; see `bot.ports.Conversations` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, turn: Turn) -> None:
        """Adds a turn; of one that has an address, what it was answered from can be asked."""
        made = self._connection.execute(
            insert(turns)
            .values(
                conversation=turn.conversation,
                question=turn.question,
                status=turn.status.value,
                passages=turn.passages,
                at=turn.at,
                channel=turn.asker.channel if turn.asker else None,
                value=turn.asker.value if turn.asker else None,
            )
            .returning(turns.c.id)
        ).scalar_one()
        if turn.asker and turn.status is Status.ANSWERED and turn.passages:
            told = [{"passage": p, "turn_id": made} for p in dict.fromkeys(turn.passages)]
            self._connection.execute(insert(turn_passages), told)

    def recent(self, conversation: str, *, limit: int) -> tuple[Turn, ...]:
        """The newest turns, oldest first."""
        wanted = {"conversation": conversation, "most": limit}
        rows = self._connection.execute(_newest(), wanted).all()
        return tuple(turn_of(row) for row in reversed(rows))


def turn_of(row: Row[Any]) -> Turn:
    """The turn that a row of their table keeps."""
    asker = Address(channel=row.channel, value=row.value) if row.channel is not None else None
    return Turn(
        conversation=row.conversation,
        question=row.question,
        status=Status(row.status),
        passages=row.passages,
        at=row.at,
        asker=asker,
    )


@cache  # building a question takes longer than answering it
def _newest() -> Select[Any]:
    own = turns.c.conversation == bindparam("conversation")
    return select(turns).where(own).order_by(turns.c.id.desc()).limit(bindparam("most"))
