"""Rows that nobody can read, as a slip of the hand or a failing disk leaves them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import text

from bot.domain.people import Person
from tests.desk import House

BROKEN_WISHES = (
    {"cadences": "no json"},
    {"cadences": "[1]"},
    {"cadences": '{"tidy": "hourly"}'},
    {"cadence": "hourly"},
    {"quiet_begins": "25:99", "quiet_ends": "7"},
    {"quiet_begins": "21:00:00", "quiet_ends": None},
    {"quiet_begins": "", "quiet_ends": "", "cadence": "", "cadences": ""},
)
_WISHES = (
    "INSERT INTO wishes (person_id, quiet_begins, quiet_ends, cadence, cadences, channel) "
    "VALUES (:person, :quiet_begins, :quiet_ends, :cadence, :cadences, '')"
)


def known(house: House, email: str) -> Person:
    """Somebody who is known."""
    with house.transaction() as uow:
        found = uow.people.find(email)
    assert found is not None
    return found


def break_wishes(house: House, email: str, broken: dict[str, str | None]) -> None:
    """What they chose about notices can partly not be read."""
    whole = {"quiet_begins": None, "quiet_ends": None, "cadence": "at once", "cadences": "{}"}
    row = {**whole, **broken, "person": known(house, email).id}
    with house.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM wishes WHERE person_id = :person"), row)
        connection.execute(text(_WISHES), row)


def break_dates(house: House, email: str, ends: str | date) -> None:
    """Their subscription ends on a day that is none, or too early to reckon with."""
    row = {"person": known(house, email).id, "ends": str(ends)}
    broken = "UPDATE candidates SET subscription_ends = :ends WHERE person_id = :person"
    with house.database.engine.begin() as connection:
        connection.execute(text(broken), row)
