"""Deadlines as entries of a calendar, and what became of those that it was told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

TOLD = timedelta(days=90)  # for so long a calendar is told that an entry is off
REMEMBERED = 1_000  # entries that are off, the newest: should one come back, it goes on counting


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: a whole `day`, or from `begins` (aware) to `ends`.

    `uid` is the same for the same deadline always, whatever its day. `sequence` rises with every
    change of it (RFC 5545, 3.8.7.4); a `cancelled` one is told for a while, so that it goes out
    of the calendars that have it. `changed_at` is aware UTC.
    """

    uid: str
    title: str
    text: str
    day: date | None = None
    begins: datetime | None = None
    ends: datetime | None = None
    sequence: int = 0
    cancelled: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What is put into one file: `name` is what calendars show, `uid` is the person's own."""

    uid: str
    name: str
    entries: tuple[Entry, ...]


def revised(known: Sequence[Entry], due: Sequence[Entry], *, now: datetime) -> tuple[Entry, ...]:
    """What is `known` of the entries, brought up to what is `due` now; by uid.

    One that is as it was stays as it is, `changed_at` too, so that the same state is the same
    bytes. One whose day, time or title changed counts on; one that is due no more is off, and is
    remembered, so that its sequence never falls.
    """
    there = {one.uid: one for one in due}
    before = {one.uid: one for one in known}
    going = [_revised(before.get(uid), one, now=now) for uid, one in there.items()]
    gone = [_off(one, now=now) for uid, one in before.items() if uid not in there]
    newest = sorted(gone, key=lambda one: (_changed(one, now), one.uid), reverse=True)
    return tuple(sorted((*going, *newest[:REMEMBERED]), key=lambda one: one.uid))


def still_told(entries: Sequence[Entry], *, now: datetime) -> tuple[Entry, ...]:
    """Those that calendars are told of: what is off only for a while."""
    return tuple(e for e in entries if not e.cancelled or _changed(e, now) + TOLD > now)


def _revised(old: Entry | None, new: Entry, *, now: datetime) -> Entry:
    if old is None:
        return replace(new, changed_at=now)
    as_it_was = replace(new, sequence=old.sequence, changed_at=old.changed_at)
    if as_it_was == old:
        return old
    counts = 0 if _same_time(old, new) else 1
    return replace(as_it_was, sequence=old.sequence + counts, changed_at=now)


def _same_time(old: Entry, new: Entry) -> bool:
    """Whether nothing changed that a calendar shows at a glance."""
    return (old.title, old.day, old.begins, old.ends, old.cancelled) == (
        new.title,
        new.day,
        new.begins,
        new.ends,
        new.cancelled,
    )


def _off(old: Entry, *, now: datetime) -> Entry:
    if old.cancelled:
        return old
    return replace(old, cancelled=True, sequence=old.sequence + 1, changed_at=now)


def _changed(entry: Entry, now: datetime) -> datetime:
    return entry.changed_at or now
