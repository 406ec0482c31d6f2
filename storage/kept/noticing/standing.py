"""Many people as candidates: who they are, what they chose, and what they have filed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from bot.domain.portfolio import Evidence
from bot.domain.rules import Route
from storage.among import among
from storage.kept.records import evidence_of
from storage.tables import candidates, changes, electives, evidence, people, set_routes, statements


def people_of(connection: Connection, numbers: Collection[int]) -> Sequence[Row[Any]]:
    """Those who are not erased, by number, with the dates of candidates."""
    return connection.execute(_people(), {"people": list(numbers)}).all()


def electives_of(connection: Connection, numbers: Collection[int]) -> Mapping[int, list[str]]:
    """What they chose, in its order."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for person, set_id in connection.execute(_electives(), {"people": list(numbers)}).all():
        found[person].append(set_id)
    return found


def routes_of(
    connection: Connection, numbers: Collection[int]
) -> Mapping[int, Mapping[str, Route]]:
    """How they prove each set, where they chose."""
    found: defaultdict[int, dict[str, Route]] = defaultdict(dict)
    for person, set_id, route in connection.execute(_routes(), {"people": list(numbers)}).all():
        found[person][set_id] = Route(route)
    return found


def evidence_by(connection: Connection, numbers: Collection[int]) -> Mapping[int, list[Evidence]]:
    """All evidence of those who have any, withdrawn too, by number."""
    found: defaultdict[int, list[Evidence]] = defaultdict(list)
    for row in connection.execute(_evidence(), {"people": list(numbers)}).all():
        found[row.person_id].append(evidence_of(row))
    return found


def stated_by(
    connection: Connection, numbers: Collection[int]
) -> Mapping[int, Mapping[str, datetime]]:
    """When they wrote their statements last, by set."""
    found: defaultdict[int, dict[str, datetime]] = defaultdict(dict)
    for person, set_id, at in connection.execute(_stated(), {"people": list(numbers)}).all():
        found[person][set_id] = at
    return found


def touched_by(
    connection: Connection, numbers: Collection[int]
) -> Mapping[int, Mapping[str, datetime]]:
    """When a file last went into each section or out of it, undone steps too."""
    found: defaultdict[int, dict[str, datetime]] = defaultdict(dict)
    for row in connection.execute(_touched(), {"people": list(numbers)}).all():
        own = found[row.person_id]
        for section in (*row.before_sections, *row.after_sections):
            own[section] = max(row.at, own.get(section, row.at))
    return found


@cache  # building a statement takes longer than running it
def _people() -> Select[Any]:
    dates = (candidates.c.enrolled_on, candidates.c.subscription_ends)
    known = select(people.c.id, people.c.name, people.c.email, people.c.time_zone, *dates)
    here = among(people.c.id, "people") & people.c.erased_at.is_(None)
    return known.outerjoin(candidates).where(here).order_by(people.c.id)


@cache
def _electives() -> Select[Any]:
    own = among(electives.c.person_id, "people")
    query = select(electives.c.person_id, electives.c.set_id).where(own)
    return query.order_by(electives.c.person_id, electives.c.position)


@cache
def _routes() -> Select[Any]:
    return select(set_routes).where(among(set_routes.c.person_id, "people"))


@cache
def _evidence() -> Select[Any]:
    own = among(evidence.c.person_id, "people")
    return select(evidence).where(own).order_by(evidence.c.person_id, evidence.c.number)


@cache
def _stated() -> Select[Any]:
    own = (statements.c.person_id, statements.c.set_id)
    query = select(*own, func.max(statements.c.at)).where(among(own[0], "people"))
    return query.group_by(*own)


@cache
def _touched() -> Select[Any]:
    """A file goes to and fro many times, but between few places."""
    between = (changes.c.person_id, changes.c.before_sections, changes.c.after_sections)
    at = func.max(func.coalesce(changes.c.undone_at, changes.c.at)).label("at")
    return select(*between, at).where(among(between[0], "people")).group_by(*between)
