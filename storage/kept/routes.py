"""How a candidate proves each set."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from bot.domain.people import Person
from bot.domain.rules import Route
from storage.dialects import insert_or_update
from storage.tables import set_routes


class SqlRoutes:
    """Routes in their table; see `bot.ports.Routes` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person: Person) -> Mapping[str, Route]:
        """The route chosen for each set (by id); absent while nothing was chosen."""
        query = select(set_routes).where(set_routes.c.person_id == person.id)
        return {row.set_id: Route(row.route) for row in self._connection.execute(query)}

    def choose(self, person: Person, set_id: str, route: Route) -> None:
        """Keeps the route for that set."""
        values = {"person_id": person.id, "set_id": set_id, "route": route.value}
        insert_or_update(self._connection, set_routes, values)
