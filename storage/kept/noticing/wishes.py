"""What people chose about notices."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, time
from functools import cache, partial
from typing import Any, TypeVar

from sqlalchemy import CompoundSelect, Connection, Row, Select, delete, select, union

from bot.domain.messages import ON_RECORD
from bot.domain.notices.wishes import Cadence, Hush, Quiet, Wishes
from bot.domain.people import Person
from storage import tables
from storage.among import among
from storage.dialects import insert_or_update
from storage.tables import declined_kinds, hushes, identities

log = logging.getLogger(__name__)
T = TypeVar("T")
_Unread = Callable[[str], None]  # is called with the part that is meant
_UNCHOSEN = Wishes()
QUIET, CADENCE, CADENCES = "quiet hours", "how often", "how often, by kind"


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

    def unreadable(self) -> Mapping[int, tuple[str, ...]]:
        """What of their choices cannot be read, of those of whom anything cannot."""
        found = defaultdict[int, list[str]](list)
        for row in self._connection.execute(_all()):
            for part, read in ((QUIET, _quiet), (CADENCE, _cadence), (CADENCES, _cadences)):
                _or(None, read, row, unread=found[row.person_id].append, part=part)
        return {who: tuple(parts) for who, parts in found.items() if parts}

    def hush(self, person: Person, hush: Hush) -> None:
        """Keeps it in place of what was said of the same matter before."""
        row = {"person_id": person.id, "matter": hush.matter, "at": hush.at, "until": hush.until}
        insert_or_update(self._connection, hushes, row)

    def bring_back(self, *, now: datetime) -> int:
        """Moves what was hushed after that back to it, by the same length; how many."""
        later = select(hushes).where(hushes.c.at > now)
        rows = [_moved_to(now, row) for row in self._connection.execute(later)]
        if rows:
            insert_or_update(self._connection, hushes, rows)
        return len(rows)

    def unhush(self, person: Person, matter: str) -> bool:
        """Forgets it; False when there was none."""
        own = (hushes.c.person_id == person.id, hushes.c.matter == matter)
        return self._connection.execute(delete(hushes).where(*own)).rowcount == 1


def _moved_to(now: datetime, row: Row[Any]) -> dict[str, Any]:
    until = row.until - (row.at - now) if row.until else None
    return {"person_id": row.person_id, "matter": row.matter, "at": now, "until": until}


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
    unread = partial(_warn, row.person_id)
    return Wishes(
        quiet=_or(None, _quiet, row, unread=unread, part=QUIET),
        cadence=_or(_UNCHOSEN.cadence, _cadence, row, unread=unread, part=CADENCE),
        cadences=_or({}, _cadences, row, unread=unread, part=CADENCES),
        channel=row.channel,
        declined=nowhere,
        hushed=silent,
    )


def _or(
    unchosen: T, read: Callable[[Row[Any]], T], row: Row[Any], *, unread: _Unread, part: str
) -> T:
    """What they chose; where that cannot be read it is as if they had chosen nothing.

    Nobody is silenced by that: the program's own choice is one that everybody can live with, while
    a row that is refused would keep from its person, and perhaps from others, all that is said.
    """
    try:
        return read(row)
    except (ValueError, TypeError, AttributeError, RecursionError):
        unread(part)
        return unchosen


def _quiet(row: Row[Any]) -> Quiet | None:
    if row.quiet_begins is None and row.quiet_ends is None:
        return None
    begins, ends = time.fromisoformat(row.quiet_begins), time.fromisoformat(row.quiet_ends)
    if begins.tzinfo or ends.tzinfo:
        raise ValueError("They are where their person is, and name no zone.")
    return Quiet(begins=begins, ends=ends)


def _cadence(row: Row[Any]) -> Cadence:
    return Cadence(row.cadence)


def _cadences(row: Row[Any]) -> Mapping[str, Cadence]:
    return {kind: Cadence(cadence) for kind, cadence in json.loads(row.cadences).items()}


@cache  # once in a process, and not each minute
def _warn(person: int, part: str) -> None:
    log.warning(
        "What person %d chose about notices (%s) cannot be read, so it is as the program has it",
        person,
        part,
        extra={"action": "wishes-unreadable", "person": person},
    )


@cache  # building a statement takes longer than running it
def _chosen() -> Select[Any]:
    return select(tables.wishes).where(among(tables.wishes.c.person_id, "people"))


@cache
def _all() -> Select[Any]:
    return select(tables.wishes).order_by(tables.wishes.c.person_id)


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
