"""People with all that their notices are derived from, many in a few questions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from bot.domain.messages import ON_RECORD, Address
from bot.domain.notices.seen import as_seen
from bot.domain.notices.situation import Situation
from bot.domain.people import Candidate, Person
from bot.domain.program import Program
from storage.among import among
from storage.kept.noticing.gathered import waiting_of
from storage.kept.noticing.places import avoided_of, proved_of
from storage.kept.noticing.reminders import reminders_of
from storage.kept.noticing.reviews import appeals_of, requests_of, submissions_of
from storage.kept.noticing.standing import (
    electives_of,
    evidence_by,
    people_of,
    routes_of,
    stated_by,
    touched_by,
)
from storage.kept.noticing.wishes import wishes_of
from storage.tables import people


class SqlSituations:
    """Situations from many tables; see `bot.ports.Situations` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(
        self, people: Collection[int], *, now: datetime, program: Program
    ) -> tuple[Situation, ...]:
        """Those of the people who are not erased, by number."""
        rows = people_of(self._connection, people)
        numbers = [row.id for row in rows]
        proved = proved_of(self._connection, numbers)
        chosen = electives_of(self._connection, numbers)
        more = self._more(numbers, now)
        found = (
            _situation(row, proved.get(row.id, ()), chosen.get(row.id, ()), more.get(row.id, {}))
            for row in rows
        )
        return tuple(as_seen(program, one) for one in found)

    def numbers(self, *, after: int = 0, limit: int) -> tuple[int, ...]:
        """The numbers above `after` of everybody known and not erased, in order."""
        return tuple(
            self._connection.execute(_numbers(), {"after": after, "most": limit}).scalars()
        )

    def zones(self) -> Mapping[str, int]:
        """How many people live in each time zone."""
        rows = self._connection.execute(_zones())
        return {row.time_zone: row.many for row in rows}

    def count(self) -> int:
        """How many people are known and not erased."""
        return self._connection.execute(_count()).scalar_one()

    def names(self, people: Collection[int]) -> Mapping[int, str]:
        """What those of the people are called who are not erased."""
        rows = self._connection.execute(_names(), {"people": list(people)})
        return {row.id: row.name for row in rows}

    def _more(self, numbers: Sequence[int], now: datetime) -> dict[int, dict[str, Any]]:
        """By person what only some of them have; most have nothing but their enrolment."""
        found: dict[int, dict[str, Any]] = {}
        for name, values in self._parts(numbers, now):
            for who, value in values.items():
                found.setdefault(who, {})[name] = tuple(value) if type(value) is list else value
        return found

    def _parts(
        self, numbers: Sequence[int], now: datetime
    ) -> Iterator[tuple[str, Mapping[int, Any]]]:
        connection = self._connection
        stated = stated_by(connection, numbers)
        touched = touched_by(connection, numbers)
        yield "avoided", avoided_of(connection, numbers, now=now)
        yield "evidence", evidence_by(connection, numbers)
        yield (
            "touched",
            {who: {**touched.get(who, {}), **stated.get(who, {})} for who in {*touched, *stated}},
        )
        yield "stated", {who: frozenset(sets) for who, sets in stated.items()}
        yield "routes", routes_of(connection, numbers)
        yield "submissions", submissions_of(connection, numbers)
        yield "requests", requests_of(connection, numbers)
        yield "appeals", appeals_of(connection, numbers)
        yield "reminders", reminders_of(connection, numbers)
        yield "wishes", wishes_of(connection, numbers)
        yield "gathered", waiting_of(connection, numbers)


def _situation(
    row: Row[Any], proved: Sequence[Address], chosen: Sequence[str], more: Mapping[str, Any]
) -> Situation:
    number, name, email, time_zone, enrolled_on, subscription_ends = tuple(row)
    person = Person(id=number, name=name, email=email, time_zone=time_zone)
    on_record = Address(channel=ON_RECORD, value=email)
    candidate = enrolled_on and Candidate(
        person=person,
        enrolled_on=enrolled_on,
        subscription_ends=subscription_ends,
        electives=tuple(chosen),
    )
    places = tuple(proved) if on_record in proved else (*proved, on_record)
    return Situation(person=person, places=places, candidate=candidate, **more)


@cache  # building a statement takes longer than running it
def _numbers() -> Select[Any]:
    here = (people.c.id > bindparam("after"), people.c.erased_at.is_(None))
    return select(people.c.id).where(*here).order_by(people.c.id).limit(bindparam("most"))


@cache
def _names() -> Select[Any]:
    """Nothing else is read of them, so that whatever is broken they can be named."""
    known = among(people.c.id, "people") & people.c.erased_at.is_(None)
    return select(people.c.id, people.c.name).where(known).order_by(people.c.id)


@cache
def _count() -> Select[int]:
    return select(func.count()).select_from(people).where(people.c.erased_at.is_(None))


@cache
def _zones() -> Select[Any]:
    zone = people.c.time_zone
    return select(zone, func.count().label("many")).group_by(zone)
