"""How far a broadcast is, and whom it did not reach."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Download
from bot.domain.notices.broadcast import Broadcast, BroadcastState
from bot.domain.notices.happenings import BROADCASTS
from bot.domain.notices.manner import told_as
from bot.domain.notices.progress import NotReached, Progress
from bot.domain.notices.reach import Unsaid, reached_with
from bot.domain.notices.situation import Situation
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rights import Action
from bot.phrases import broadcast_reports
from bot.ports import UnitOfWork
from bot.usecases.broadcast import find
from bot.usecases.desk import Desk
from bot.usecases.people_in import situations_of
from bot.usecases.permit import permit
from bot.usecases.put_bytes import put_bytes

LISTED = 10  # broadcasts of a list
MOST = 5_000  # people of a report; the rest is counted
IN_TEXT = 10  # of them in the message itself; of more there is a table
REPORTED = "reported-broadcast"
_FORMULA = ("=", "+", "-", "@", "\t")  # what a table's program would work out


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A broadcast's progress, whom it did not reach, and the same as a table when that is long."""

    progress: Progress
    unreached: tuple[NotReached, ...]
    table: Download | None = None


def see_broadcast(
    uow: UnitOfWork, desk: Desk, person: Person, number: int, *, now: datetime
) -> Report:
    """The broadcast of that number; its table is made where a message would be too long."""
    found = find(uow, person, number, now=now)
    unreached = not_reached(uow, desk.program, found, now=now)
    table = None
    if len(unreached) > IN_TEXT:
        table = _table(uow, desk, person, found, unreached, now=now)
    return Report(progress=progress_of(uow, found), unreached=unreached, table=table)


def see_broadcasts(uow: UnitOfWork, person: Person, *, now: datetime) -> tuple[Progress, ...]:
    """The newest ones, drafts too, newest first."""
    permit(uow, person, Action.BROADCAST, now=now)
    return tuple(progress_of(uow, one) for one in uow.broadcasts.newest(limit=LISTED))


def progress_of(uow: UnitOfWork, broadcast: Broadcast) -> Progress:
    """How many of its messages are where."""
    drafter = uow.people.get(broadcast.by)
    found = uow.broadcasts.outcomes(broadcast.id)
    sent, unsent, failed = (found.get(each, 0) for each in ("sent", "unsent", "given-up"))
    put = sum(found.values())
    return Progress(
        broadcast=broadcast,
        by=drafter.name if drafter else "",
        sent=sent,
        waiting=put - sent - unsent - failed,
        failed=failed,
        unsent=unsent,
        left_out=max(0, broadcast.queued - put),
    )


def not_reached(
    uow: UnitOfWork, program: Program, broadcast: Broadcast, *, now: datetime
) -> tuple[NotReached, ...]:
    """Whom it did not reach, and why.

    Their messages failed for good, or none was written, or it was put aside before it was sent.
    """
    failed = dict(uow.broadcasts.unreached(broadcast.id, limit=MOST))
    others = uow.broadcasts.left_out(broadcast.id, limit=MOST - len(failed))
    numbers = (*failed, *others)
    broken = list[int]()
    people = situations_of(uow, program, numbers, now=now, fault=lambda who, _: broken.append(who))
    lines = [_line(program, one, failed.get(one.person.id, "")) for one in people]
    for who, name in uow.situations.names(broken).items():
        why = failed.get(who, broadcast_reports.BROKEN)
        lines.append(NotReached(number=who, name=name, why=why, places=()))
    return (*lines, *_unsent(uow, broadcast, most=MOST - len(numbers)))


def _unsent(uow: UnitOfWork, broadcast: Broadcast, *, most: int) -> Iterator[NotReached]:
    """Those to whom it would have gone still, of a cancelled one also whose turn had not come."""
    found = dict(uow.broadcasts.unsent(broadcast.id, limit=most))
    if broadcast.state is BroadcastState.CANCELLED and broadcast.queued:
        later = uow.broadcasts.to_come(broadcast.id, limit=most - len(found))
        found |= dict.fromkeys(later, broadcast_reports.WITHDRAWN)
    names = uow.situations.names(found)
    for who, why in found.items():
        if who in names:
            yield NotReached(number=who, name=names[who], why=why, places=())


def _line(program: Program, situation: Situation, failed: str) -> NotReached:
    manner = told_as(program, BROADCASTS)
    to = reached_with(manner, situation)
    why = failed or (
        broadcast_reports.UNSAID[to] if isinstance(to, Unsaid) else broadcast_reports.WAS_NOT
    )
    places = tuple(
        broadcast_reports.place(
            each,
            avoided=each in situation.avoided,
            wanted=manner.wanted(situation.wishes, each),
        )
        for each in situation.places
    )
    return NotReached(
        number=situation.person.id, name=situation.person.name, why=why, places=places
    )


def _table(
    uow: UnitOfWork,
    desk: Desk,
    person: Person,
    broadcast: Broadcast,
    unreached: tuple[NotReached, ...],
    *,
    now: datetime,
) -> Download:
    """Kept in the file store; the trail names its bytes, so that an erasure finds them."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("number", "name", "why", "places"))
    rows.writerows(tuple(map(_cell, row)) for row in _rows(unreached))
    kept = put_bytes(desk.files, text.getvalue().encode("utf-8-sig"))
    uow.trail.append(
        at=now,
        actor=f"person:{person.id}",
        action=REPORTED,
        subject=f"broadcast:{broadcast.id}",
        details={"sha256": kept.sha256},
    )
    name = f"Broadcast {broadcast.id}, not reached.csv"
    return Download(name=name, media_type="text/csv", size=kept.size, sha256=kept.sha256)


def _rows(unreached: tuple[NotReached, ...]) -> Iterator[tuple[str, ...]]:
    for one in unreached:
        yield str(one.number), one.name, one.why, "; ".join(one.places)


def _cell(value: str) -> str:
    """A value that no table's program takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value
