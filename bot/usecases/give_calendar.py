"""Give a person their deadlines as a file, and a private address to subscribe to.

The trail tells which bytes were made, so that an erasure finds them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.people import Person
from bot.errors import Refused
from bot.phrases import calendar as phrases
from bot.ports import Feed, UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.feed_calendar import hash_of
from bot.usecases.kept_archives import kept_archives
from bot.usecases.link_address import note
from bot.usecases.put_bytes import Stored, put_bytes
from bot.usecases.see_calendar import see_calendar

ARRIVED = timedelta(hours=1)  # after which a file that was given is with its person
GIVEN = "calendar-given"
_CLOSED = "calendar-closed"
_TOKEN_BYTES = 16  # 128 bits: guessed by nobody
_BYTES = "sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The calendar's file, how many dates it has, and the address where one was made just now.

    `feed` is what is known of an address; None where there is none, and then `closed` tells
    whether the person closed the one that there was.
    """

    file: Stored
    count: int
    url: str = ""
    feed: Feed | None = None
    closed: bool = False


def give_calendar(uow: UnitOfWork, desk: Desk, person: Person, *, now: datetime) -> Given:
    """The person's calendar as it is now; the first time with an address, where there is a web.

    Whoever closed their address gets no other one unasked. Files are discarded that were given
    long enough ago to have arrived, but for the last one.
    """
    calendar = see_calendar(uow, desk, person, now=now)
    file = put_bytes(desk.files, desk.calendars.press(calendar))
    _discard_older(uow, desk, person, but=file.sha256, now=now)
    own = f"person:{person.id}"
    details = {_BYTES: file.sha256, "size": str(file.size)}
    uow.trail.append(at=now, actor=own, action=GIVEN, subject=own, details=details)
    known = uow.feeds.of(person)
    count = sum(not entry.cancelled for entry in calendar.entries)
    if not desk.public_url:
        return Given(file=file, count=count)
    if known is None and any(uow.trail.newest(subject=own, action=_CLOSED)):
        return Given(file=file, count=count, closed=True)
    url = "" if known else _made(uow, desk, person, now=now)
    return Given(file=file, count=count, url=url, feed=known)


def new_address(uow: UnitOfWork, desk: Desk, person: Person, *, now: datetime) -> str:
    """Another private address; the old one opens nothing from now on. `Refused` without a web."""
    if not desk.public_url:
        raise Refused(phrases.nowhere())
    return _made(uow, desk, person, now=now)


def no_address(uow: UnitOfWork, person: Person, *, now: datetime) -> bool:
    """Closes the person's address; False when there was none."""
    gone = uow.feeds.drop(person)
    if gone:
        note(uow, person, _CLOSED, now=now, details={})
    return gone


def _made(uow: UnitOfWork, desk: Desk, person: Person, *, now: datetime) -> str:
    token = secrets.token_hex(_TOKEN_BYTES)
    uow.feeds.put(person, hash_of(token), at=now)
    note(uow, person, "calendar-opened", now=now, details={})
    return f"{desk.public_url.rstrip('/')}/calendar/{token}.ics"


def _discard_older(uow: UnitOfWork, desk: Desk, person: Person, *, but: str, now: datetime) -> None:
    """Those that another one is kept for already, so that nothing is lost if this one is not.

    Inside the transaction, so that nobody files the same bytes meanwhile.
    """
    lines = uow.trail.newest(subject=f"person:{person.id}", action=GIVEN)
    last = next(lines, None)
    if last is None:
        return
    old, kept = set[str](), {but, last.details[_BYTES]}
    for line in lines:
        (old if line.at <= now - ARRIVED else kept).add(line.details[_BYTES])
        if line.at <= last.at - ARRIVED:
            break  # what was given before that went when the last one was given
    if old := old - kept:
        for name in sorted(uow.erasure.unheld(old) - kept_archives(uow)):
            desk.files.discard(name)
