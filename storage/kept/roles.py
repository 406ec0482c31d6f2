"""Granted roles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, select

from bot.domain.people import Person
from bot.domain.rights import Role
from storage.dialects import insert_once
from storage.kept.people import person_of
from storage.tables import people, person_roles


class SqlRoles:
    """Roles in their table; see `bot.ports.Roles` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person: Person) -> frozenset[Role]:
        """The roles granted to the person."""
        rows = self._connection.execute(_granted(), {"person": person.id})
        return frozenset(Role(role) for role in rows.scalars())

    def grant(self, person: Person, role: Role, *, at: datetime) -> bool:
        """Gives the role; False when the person has it already."""
        values = {"person_id": person.id, "role": role.value, "granted_at": at}
        return insert_once(self._connection, person_roles, values) is not None

    def revoke(self, person: Person, role: Role) -> bool:
        """Takes the role away; False when the person did not have it."""
        one = (person_roles.c.person_id == person.id, person_roles.c.role == role.value)
        return self._connection.execute(delete(person_roles).where(*one)).rowcount == 1

    def granted(self) -> frozenset[tuple[int, str]]:
        """Every person's number with every role granted to them, whatever is written there."""
        rows = self._connection.execute(select(person_roles.c.person_id, person_roles.c.role))
        return frozenset((row.person_id, row.role) for row in rows)

    def holders(self, roles: Sequence[Role]) -> tuple[Person, ...]:
        """Everybody who has any of the roles, each once, by number."""
        any_of = person_roles.c.role.in_([role.value for role in roles])
        having = select(person_roles.c.person_id).where(any_of)
        query = select(people).where(people.c.id.in_(having)).order_by(people.c.id)
        return tuple(person_of(row) for row in self._connection.execute(query))


@cache  # every message asks this; building a question takes longer than answering it
def _granted() -> Select[Any]:
    return select(person_roles.c.role).where(person_roles.c.person_id == bindparam("person"))
