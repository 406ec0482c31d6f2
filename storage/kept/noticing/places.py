"""Where many people can be told things, and where nothing arrives at the moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, select, union

from bot.domain.bouncing import Bounce, avoided_until
from bot.domain.messages import ON_RECORD, Address
from storage.among import among
from storage.tables import bounces, identities, people


def proved_of(connection: Connection, numbers: Collection[int]) -> Mapping[int, list[Address]]:
    """The proved addresses of those who have any, the newest first."""
    found: defaultdict[int, list[Address]] = defaultdict(list)
    for person, channel, value in connection.execute(_proved(), {"people": list(numbers)}).all():
        found[person].append(Address(channel=channel, value=value))
    return found


def avoided_of(
    connection: Connection, numbers: Collection[int], *, now: datetime
) -> Mapping[int, frozenset[Address]]:
    """Addresses of theirs that are avoided then; people without any are left out."""
    came_back: defaultdict[tuple[int, Address], list[Bounce]] = defaultdict(list)
    for row in connection.execute(_bounces(), {"people": list(numbers)}).all():
        where = Address(channel=row.channel, value=row.value)
        came_back[row.person_id, where].append(Bounce(hard=row.hard, at=row.at))
    found: defaultdict[int, set[Address]] = defaultdict(set)
    for (person, where), known in came_back.items():
        until = avoided_until(known)
        if until and until > now:
            found[person].add(where)
    return {person: frozenset(where) for person, where in found.items()}


@cache  # building a statement takes longer than running it
def _proved() -> Select[Any]:
    query = select(identities.c.person_id, identities.c.channel, identities.c.value)
    own = among(identities.c.person_id, "people")
    return query.where(own).order_by(identities.c.person_id, identities.c.id.desc())


@cache
def _bounces() -> CompoundSelect[Any]:
    there = bounces.c
    what = (there.channel, there.value, there.hard, there.at)
    proved = (there.channel == identities.c.channel) & (there.value == identities.c.value)
    on_record = (there.channel == ON_RECORD) & (there.value == people.c.email)
    return union(
        select(identities.c.person_id, *what)
        .join(bounces, proved)
        .where(among(identities.c.person_id, "people")),
        select(people.c.id, *what).join(bounces, on_record).where(among(people.c.id, "people")),
    )
