"""What will be said to people if nothing else happens: the looks of sweeps that are to come.

Nothing is written, and the very rules are asked that sweeps ask.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.messages import OutboundMessage
from bot.domain.notices.notice import Ending, Notice
from bot.domain.notices.situation import Situation
from bot.domain.people import Person
from bot.domain.program import Program
from bot.ports import UnitOfWork
from bot.usecases.broken_people import Fault, guarded
from bot.usecases.compose_notices import Look, Plans, look, news_at, plans


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """One message that will be said `at` (aware UTC), with the notices in it.

    `news` counts what happened before and comes with a digest. What is for staff alone is no
    message but a change of their `card`.
    """

    person: Person
    at: datetime
    notices: tuple[Notice, ...]
    message: OutboundMessage | None = None
    news: int = 0
    card: str = ""


def foresee(
    program: Program,
    situation: Situation,
    known: Collection[str],
    *,
    begins: datetime,
    ends: datetime,
) -> Iterator[Foreseen]:
    """Everything that sweeps say from `begins` until before `ends`, in order of time.

    `known` are the keys of what was told before `begins`.
    """
    planned, told, now = plans(program, situation), set(known), begins
    while now < ends:
        seen = look(program, planned, told, now=now, swept=begins)
        yield from _told(planned, seen, now)
        told.update(one.key for one in seen.noted)
        planned = _without(planned, {key for keys in seen.taken.values() for key in keys})
        if seen.next_at is None:
            return
        now = seen.next_at


def foresee_later(
    program: Program, situation: Situation, *, begins: datetime, ends: datetime
) -> Iterator[Foreseen]:
    """The same from a later instant on; all that is due before it is told by then."""
    planned = plans(program, situation)
    known = {one.notice.key for one in planned.timed if one.at < begins}
    gathered = situation.gathered
    kept = tuple(one for one in gathered if news_at(program, situation, one) >= begins)
    return foresee(program, replace(situation, gathered=kept), known, begins=begins, ends=ends)


def in_the_books(
    uow: UnitOfWork,
    program: Program,
    situations: Collection[Situation],
    *,
    now: datetime,
    fault: Fault | None = None,
) -> frozenset[str]:
    """The keys of what is due by `now` and was told, or missed.

    Where there is a `fault` it is told of each who cannot be worked out; else they fail it all.
    """

    def of(one: Situation) -> tuple[str, ...]:
        return tuple(plans(program, one).keys(now=now, swept=None))

    keys = set[str]()
    for one in situations:
        keys.update((guarded(fault, one.person.id, of, one) or ()) if fault else of(one))
    return uow.notices.known(keys) if keys else frozenset()


def _told(planned: Plans, seen: Look, now: datetime) -> Iterator[Foreseen]:
    notices: Mapping[str, Notice] = {one.notice.key: one.notice for one in planned.timed}
    person = planned.situation.person
    for message in seen.messages:
        yield Foreseen(
            person=person,
            at=now,
            notices=tuple(notices[key] for key in message.notices),
            message=message,
            news=len(seen.taken.get(message.key, ())),
        )
    cards = {one.card for one in seen.staffs}
    for noted in seen.noted:
        if noted.message in cards and noted.ending is Ending.SAID:
            yield Foreseen(person=person, at=now, notices=(notices[noted.key],), card=noted.message)


def _without(planned: Plans, taken: Collection[str]) -> Plans:
    """The same once gathered news are told."""
    if not taken:
        return planned
    left = tuple(one for one in planned.situation.gathered if one.key not in taken)
    return replace(planned, situation=replace(planned.situation, gathered=left))
