"""Learning statements, every version of them, and who is writing where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select

from bot.domain.people import Person
from bot.domain.statement import StatementVersion, Writing
from storage.dialects import insert_or_update
from storage.tables import people, statements, writing


class SqlStatements:
    """Versions in their table; see `bot.ports.Statements` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(
        self, person: Person, set_id: str, paragraphs: Sequence[str], *, at: datetime
    ) -> StatementVersion:
        """Keeps the next version; all earlier ones stay."""
        row = self._connection.execute(
            insert(statements)
            .values(
                person_id=person.id,
                set_id=set_id,
                number=self._next_number(person, set_id),
                paragraphs=tuple(paragraphs),
                at=at,
            )
            .returning(statements)
        ).one()
        return _version(row)

    def versions(self, person: Person, set_id: str) -> tuple[StatementVersion, ...]:
        """Every version for that set, oldest first."""
        own = (statements.c.person_id == person.id, statements.c.set_id == set_id)
        query = select(statements).where(*own).order_by(statements.c.number)
        return tuple(_version(row) for row in self._connection.execute(query))

    def all(self, person: Person) -> tuple[StatementVersion, ...]:
        """Every version for every set, oldest first."""
        query = select(statements).where(statements.c.person_id == person.id)
        rows = self._connection.execute(query.order_by(statements.c.id))
        return tuple(_version(row) for row in rows)

    def write(self, conversation: str, person: Person, set_id: str) -> None:
        """What the person says in the conversation goes to their statement for that set."""
        values = {"conversation": conversation, "person_id": person.id, "set_id": set_id}
        insert_or_update(self._connection, writing, values)

    def writing(self, conversation: str) -> Writing | None:
        """Whose statement for which set is being written in the conversation, if any is."""
        found = self._connection.execute(_writing(), {"conversation": conversation}).one_or_none()
        return Writing(person_id=found.person_id, set_id=found.set_id) if found else None

    def stop_writing(self, conversation: str) -> None:
        """What is said in the conversation goes to no statement any more."""
        ended = delete(writing).where(writing.c.conversation == conversation)
        self._connection.execute(ended)

    def _next_number(self, person: Person, set_id: str) -> int:
        # The person's row is the queue for numbers where two writers can be at work at once.
        self._connection.execute(
            select(people.c.id).where(people.c.id == person.id).with_for_update()
        )
        own = (statements.c.person_id == person.id, statements.c.set_id == set_id)
        newest = select(func.max(statements.c.number)).where(*own)
        return (self._connection.execute(newest).scalar() or 0) + 1


@cache  # every message asks this; building a question takes longer than answering it
def _writing() -> Select[Any]:
    here = writing.c.conversation == bindparam("conversation")
    return select(writing.c.person_id, writing.c.set_id).where(here)


def _version(row: Row[Any]) -> StatementVersion:
    return StatementVersion(
        person_id=row.person_id,
        set_id=row.set_id,
        number=row.number,
        paragraphs=row.paragraphs,
        at=row.at,
    )
