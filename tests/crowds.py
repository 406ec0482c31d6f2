"""Rules with little to say by the clock, and crowds of candidates to say it to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, Table, delete, insert

from bot.domain.notices.days import months_after
from bot.domain.notices.kinds import Kind, Lead, Moment, NoticeRules
from bot.domain.program import Program
from storage.tables import candidates, identities, looks, people, stirred

LEADS = (-90, -30, -7, -1, 0, 1)
# One with half hours, one whose clocks change by half an hour, one that is always ahead.
ZONES = (
    "America/Chicago",
    "Europe/Paris",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
)
AT_ONCE = 10_000
NINE = time(9)
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
EXPIRY = Kind(
    id="expiry",
    title="the end of your subscription",
    moment=Moment.SUBSCRIPTION_ENDS,
    leads=tuple(Lead(days=days, text="Your subscription ends on {date}.") for days in LEADS),
    mandatory=True,
)
IDLE = Kind(
    id="idle",
    title="sets that lie still",
    moment=Moment.SET_TOUCHED,
    leads=(Lead(days=30, text="{set} lies still."), Lead(days=90, text="{set} still lies still.")),
    waits=True,
)


def speaking(program: Program, *kinds: Kind, mark: str = "tests") -> Program:
    """The program with notices of these kinds alone, at nine where people live."""
    told = {kind.id: kind for kind in kinds or (EXPIRY, IDLE)}
    return replace(program, notices=NoticeRules(kinds=told, at=NINE, mark=mark))


def email(number: int) -> str:
    """The address of one of the crowd."""
    return f"person{number}@example.org"


def zone(number: int) -> str:
    """The time zone of one of the crowd."""
    return ZONES[number % len(ZONES)]


def add_crowd(
    connection: Connection, count: int, ends: Callable[[int], date], *, years: int = 3
) -> None:
    """So many candidates, numbered from 1, with an address and a subscription of so many years."""

    def candidate(number: int) -> Mapping[str, Any]:
        last = ends(number)
        dates = {"enrolled_on": months_after(last, -12 * years), "subscription_ends": last}
        return {"person_id": number, **dates}

    rows = {people: _person, identities: _identity, candidates: candidate}
    for table, row in rows.items():
        _insert(connection, table, count, row)


def looked_at(connection: Connection, count: int, again: Callable[[int], datetime]) -> None:
    """As if a sweep had just looked at all of them, and wanted to look `again` at that instant."""
    connection.execute(delete(stirred))
    _insert(connection, looks, count, lambda number: {"person_id": number, "due_at": again(number)})


def _person(number: int) -> Mapping[str, Any]:
    name = f"Person {number}"
    own = {"name": name, "folded_name": name.casefold(), "email": email(number)}
    return {"id": number, "time_zone": zone(number), **own}


def _identity(number: int) -> Mapping[str, Any]:
    address = {"channel": "memory", "value": email(number)}
    return {"person_id": number, "connected_at": LONG_AGO, **address}


def _insert(
    connection: Connection, table: Table, count: int, row: Callable[[int], Mapping[str, Any]]
) -> None:
    for numbers in _portions(count):
        connection.execute(insert(table), [row(number) for number in numbers])


def _portions(count: int) -> Iterator[range]:
    for start in range(1, count + 1, AT_ONCE):
        yield range(start, min(start + AT_ONCE, count + 1))
