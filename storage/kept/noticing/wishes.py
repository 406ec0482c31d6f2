"""What people chose about notices."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import time
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Row, Select, delete, select, union

from bot.domain.notices.wishes import Cadence, Hush, Quiet, Wishes
from bot.domain.people import Person
from storage import tables
from storage.among import among
from storage.dialects import insert_or_update
from storage.kept.noticing.places import ON_RECORD
from storage.tables import declined_kinds, hushes, identities

_UNCHOSEN = Wishes()


class SqlWishes:
    """Wishes in their tables; see `bot.ports.KeptWishes` for the contract."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person: Person) -> Wishes:
        """The person's wishes."""
        return wishes_of(self._connection, (person.id,)).get(person.id, _UNCHOSEN)

    def put(self, person: Person, wishes: Wishes) -> None:
        """Keeps quiet hours, cadences and the channel in place of those kept before."""
        quiet = wishes.quiet
        row = {
            "person_id": person.id,
            "quiet_begins": quiet.begins.isoformat() if quiet else None,
            "quiet_ends": quiet.ends.isoformat() if quiet else None,
            "cadence": wishes.cadence.value,
            "cadences": json.dumps({kind: c.value for kind, c in wishes.cadences.items()}),
            "channel": wishes.channel,
        }
        insert_or_update(self._connection, tables.wishes, row)

    def hush(self, person: Person, hush: Hush) -> None:
        """Keeps it in place of what was said of the same matter before."""
        row = {"person_id": person.id, "matter": hush.matter, "at": hush.at, "until": hush.until}
        insert_or_update(self._connection, hushes, row)

    def unhush(self, person: Person, matter: str) -> bool:
        """Forgets it; False when there was none."""
        own = (hushes.c.person_id == person.id, hushes.c.matter == matter)
        return self._connection.execute(delete(hushes).where(*own)).rowcount == 1


def wishes_of(connection: Connection, people: Collection[int]) -> Mapping[int, Wishes]:
    """The wishes of those people who have any."""
    numbers = {"people": list(people)}
    chosen = {row.person_id: row for row in connection.execute(_chosen(), numbers)}
    declined, hushed = defaultdict(set), defaultdict(list)
    for row in connection.execute(_declined(), numbers).all():
        declined[row.person_id].add((row.channel, row.kind))
    for row in connection.execute(_hushed(), numbers).all():
        hushed[row.person_id].append(Hush(matter=row.matter, at=row.at, until=row.until))
    return {
        who: _of(chosen.get(who), declined.get(who, ()), hushed.get(who, ()))
        for who in {*chosen, *declined, *hushed}
    }


def _of(
    row: Row[Any] | None, declined: Iterable[tuple[str, str]], hushed: Iterable[Hush]
) -> Wishes:
    nowhere, silent = frozenset(declined), tuple(hushed)
    if row is None:
        return Wishes(declined=nowhere, hushed=silent)
    cadences = json.loads(row.cadences)
    return Wishes(
        quiet=_quiet(row),
        cadence=Cadence(row.cadence),
        cadences={kind: Cadence(cadence) for kind, cadence in cadences.items()},
        channel=row.channel,
        declined=nowhere,
        hushed=silent,
    )


def _quiet(row: Row[Any]) -> Quiet | None:
    if row.quiet_begins is None:
        return None
    begins, ends = time.fromisoformat(row.quiet_begins), time.fromisoformat(row.quiet_ends)
    return Quiet(begins=begins, ends=ends)


@cache  # building a statement takes longer than running it
def _chosen() -> Select[Any]:
    return select(tables.wishes).where(among(tables.wishes.c.person_id, "people"))


@cache
def _declined() -> CompoundSelect[Any]:
    """At the addresses that they proved, and at those on record."""
    people, there = tables.people, declined_kinds.c
    proved = (there.channel == identities.c.channel) & (there.value == identities.c.value)
    on_record = (there.channel == ON_RECORD) & (there.value == people.c.email)
    return union(
        select(identities.c.person_id, there.channel, there.kind)
        .join(declined_kinds, proved)
        .where(among(identities.c.person_id, "people")),
        select(people.c.id, there.channel, there.kind)
        .join(declined_kinds, on_record)
        .where(among(people.c.id, "people")),
    )


@cache
def _hushed() -> Select[Any]:
    own = among(hushes.c.person_id, "people")
    return select(hushes).where(own).order_by(hushes.c.person_id, hushes.c.matter)
