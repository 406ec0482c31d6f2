"""Fills a database with people and with messages of long ago, many rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, insert

from storage.tables import candidates, electives, identities, inbox, outbox, people
from tests.clock import NOON

Row = Mapping[str, Any]
AT_ONCE = 10_000
SPEAKERS = 100  # the people whose messages fill the past, and who speak now


def email(number: int) -> str:
    """The address of a person of the crowd."""
    return f"person{number}@example.org"


def add_people(connection: Connection, count: int) -> None:
    """So many candidates, each with a trusted address and an elective."""
    for table, row in (
        (people, _person),
        (identities, _identity),
        (candidates, _candidate),
        (electives, _elective),
    ):
        _insert(connection, table, count, row)


def add_past(connection: Connection, count: int) -> None:
    """So many messages received and done, and as many replies sent."""
    _insert(connection, inbox, count, _received)
    _insert(connection, outbox, count, _replied)


def _insert(connection: Connection, table: Table, count: int, row: Callable[[int], Row]) -> None:
    for start in range(1, count + 1, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count + 1))
        connection.execute(insert(table), [row(number) for number in numbers])


def _person(number: int) -> Row:
    name = f"Person {number}"
    own = {"name": name, "folded_name": name.casefold(), "email": email(number)}
    return {"id": number, "time_zone": "Europe/Paris", **own}


def _identity(number: int) -> Row:
    address = {"channel": "memory", "value": email(number)}
    return {"person_id": number, "connected_at": NOON, **address}


def _candidate(number: int) -> Row:
    dates = {"enrolled_on": date(2026, 1, 1), "subscription_ends": date(2030, 1, 1)}
    return {"person_id": number, **dates}


def _elective(number: int) -> Row:
    return {"person_id": number, "position": 0, "set_id": "any"}


def _received(number: int) -> Row:
    return {**_finished(number, "done"), "vendor_id": f"past-{number}"}


def _replied(number: int) -> Row:
    own = {"key": f"past-{number}", "offers": False, "receipt": "past"}
    return {**_finished(number, "sent"), **own}


def _finished(number: int, state: str) -> dict[str, Any]:
    return {
        "channel": "memory",
        "conversation": f"memory:{email(number % SPEAKERS + 1)}",
        "message": "{}",
        "state": state,
        "due_at": NOON,
        "attempts": 1,
        "reason": "",
        "finished_at": NOON,
    }
