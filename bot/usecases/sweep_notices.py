"""Say what is due by the clock: once, to those whom something changed for or whose time came."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import ParamSpec, TypeVar

from bot.domain.messages import Address, OutboundMessage
from bot.domain.notices.notice import Ending, Notice
from bot.domain.notices.situation import Situation
from bot.domain.program import Program
from bot.errors import StorageFailed
from bot.ports import Clock, UnitOfWork
from bot.usecases.broken_people import readable
from bot.usecases.clock_back import take_back, waits
from bot.usecases.compose_notices import Look, Plans, look, plans
from bot.usecases.remind_staff import remind_staff
from bot.usecases.still_theirs import sifted
from bot.usecases.sweep_fewer import FEWER, LATER, MOST_FAILURES, fewer
from bot.usecases.sweep_keys import keyed
from bot.usecases.sweep_marks import NAME, Since, mark_of, next_mark, warn_held
from bot.usecases.tell import avoided

P = ParamSpec("P")
T = TypeVar("T")
Remind = Callable[[Sequence[Notice]], None]
log = logging.getLogger(__name__)
LIMIT = 500  # people at once: on SQLite others wait to write meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """How many people were looked at, and what of theirs was said or missed.

    With `more` there may be others: sweep again.
    """

    looked: int = 0
    said: int = 0
    missed: int = 0
    more: bool = False


def sweep_notices(
    transaction: UnitOfWork,
    program: Program,
    *,
    now: datetime,
    limit: int = LIMIT,
    rooms: Sequence[Address] = (),
) -> Swept:
    """Looks at no more than `limit` people, in one transaction: what it says is noted with it.

    `rooms` are those of the staff, who are told singly where there is none.
    Nothing happens while another one sweeps the same database, or did by a clock that is ahead of
    this one (see `waits`). What was due while nothing could be said is said if it still matters,
    and else noted as missed.
    """
    with transaction as uow:
        if not uow.looks.alone():
            warn_held(uow.looks.swept(NAME)[0], now=now)
            return Swept()
        swept, text = uow.looks.swept(NAME)
        mark = next_mark(swept, before := mark_of(text), program, now=now)
        if mark is None:
            return Swept()
        if waits(uow, swept, now=now):
            uow.commit()
            return Swept()
        went_back = take_back(uow, swept, now=now)
        swept = min(swept, now) if swept else None
        if mark != before or went_back:
            uow.looks.stir()
            uow.looks.note_swept(NAME, at=swept or now, mark=str(mark))
        people, more = _next(uow, now=now, limit=limit)
        looking = _Looking(uow, program, now=now, swept=Since(swept, uow.looks.failed(people)))
        looks = looking.at(people)
        _say(uow, looks, partial(remind_staff, uow, program, rooms, now=now), now=now)
        _put(uow, looks, looking.swept)
        if not more:
            uow.looks.note_swept(NAME, at=now, mark=str(mark))
        uow.commit()
    return _counted(looks, more=more)


def sweep_all(
    transaction: UnitOfWork,
    program: Program,
    *,
    clock: Clock,
    ending: Callable[[], bool],
    rooms: Sequence[Address] = (),
) -> Swept:
    """Sweeps until nobody is left or `ending` is true, which is asked between two batches.

    Raises what is no single person's fault, and what fails again and again.
    """
    total, limit, failures = Swept(more=True), LIMIT, 0
    while total.more and not ending():
        try:
            one = sweep_notices(transaction, program, now=clock(), limit=limit, rooms=rooms)
        except StorageFailed:  # nobody's fault: the same people are looked at at the next minute
            raise
        except Exception as error:
            failures += 1
            if failures == MOST_FAILURES:
                raise
            limit = fewer(transaction, limit, now=clock(), why=error)
            continue
        limit, failures = min(LIMIT, limit * FEWER), 0
        total = Swept(
            looked=total.looked + one.looked,
            said=total.said + one.said,
            missed=total.missed + one.missed,
            more=one.more,
        )
    if total.said or total.missed:
        counts = {"said": total.said, "missed": total.missed}
        log.info("Notices were told by the clock", extra={"action": "notices-told", **counts})
    return total


def _next(uow: UnitOfWork, *, now: datetime, limit: int) -> tuple[tuple[int, ...], bool]:
    """Whom to look at, and whether there may be others; somebody may be stirred and due."""
    stirred = uow.looks.stirred(limit=limit)
    due = uow.looks.due(now=now, limit=limit - len(stirred)) if len(stirred) < limit else ()
    return tuple(dict.fromkeys((*stirred, *due))), len(stirred) + len(due) >= limit


class _Looking:
    """One look at some people. Whoever cannot be looked at holds up nobody else."""

    def __init__(self, uow: UnitOfWork, program: Program, *, now: datetime, swept: Since) -> None:
        self._uow = uow
        self._program = program
        self._now = now
        self.swept = swept
        self._later: list[Look] = []

    def at(self, people: Sequence[int]) -> tuple[Look, ...]:
        """What follows for each of them."""
        planned = [plan for one in self._readable(people) if (plan := self._planned(one))]
        keys = {key for plan in planned for key in plan.keys(now=self._now, swept=self._of(plan))}
        known = self._uow.notices.known(keys) if keys else frozenset[str]()
        found = [done for plan in planned if (done := self._looked(plan, known))]
        told = self._told(found)
        if told:  # by whatever they came into the books, they hold up nothing else
            again = (self._looked(plan, known | told) for plan in planned)
            found = [done for done in again if done]
        looks = {one.person_id: one for one in (*found, *self._later)}
        return tuple(looks.get(person) or Look(person_id=person) for person in people)

    def _told(self, looks: Sequence[Look]) -> frozenset[str]:
        """What they are to note that is in the books."""
        keys = {one.key for each in looks for one in each.noted}
        return self._uow.notices.known(keys) if keys else frozenset()

    def _planned(self, situation: Situation) -> Plans | None:
        theirs = partial(sifted, self._uow, self._program, situation, now=self._now)
        return self._guarded(situation.person.id, lambda: plans(self._program, theirs()))

    def _looked(self, planned: Plans, known: Collection[str]) -> Look | None:
        seen = partial(look, now=self._now, swept=self._of(planned))
        return self._guarded(planned.situation.person.id, seen, self._program, planned, known)

    def _of(self, planned: Plans) -> datetime | None:
        return self.swept.of(planned.situation.person.id)

    def _guarded(
        self, person: int, do: Callable[P, T], *given: P.args, **more: P.kwargs
    ) -> T | None:
        """What it gives; None where it fails, and then the person is looked at again later."""
        try:
            return do(*given, **more)
        except StorageFailed:
            raise
        except Exception as error:
            self._broken(person, error)
            return None

    def _readable(self, people: Sequence[int]) -> tuple[Situation, ...]:
        return readable(self._uow, self._program, people, now=self._now, fault=self._broken)

    def _broken(self, person: int, error: Exception) -> None:
        log.error(
            "The notices of somebody could not be worked out, which is tried again in an hour",
            exc_info=error,
            extra={"action": "notices-failed", "person": person},
        )
        self._later.append(Look(person_id=person, next_at=self._now + LATER, failed=True))


def _say(uow: UnitOfWork, looks: Sequence[Look], remind: Remind, *, now: datetime) -> None:
    """Notes everything and puts it into the outbox."""
    looks = keyed(uow, looks)
    noted = {one.key: one for each in looks for one in each.noted}
    if noted and len(uow.notices.note(tuple(noted.values()))) < len(noted):
        raise StorageFailed(
            "Another process told some of the same notices just now, so none of these was put into "
            "the outbox. Nothing is lost: they are looked at again."
        )
    messages = [
        (message, _due(uow, each, message, now=now)) for each in looks for message in each.messages
    ]
    if messages:
        uow.outbox.add_many(messages)
    for each in looks:
        for message, keys in each.taken.items():
            uow.gathered.take(keys, message=message, at=now)
        remind(each.staffs)


def _put(uow: UnitOfWork, looks: Sequence[Look], swept: Since) -> None:
    """When to look again; whoever could not be looked at is owed what came due since they were."""
    if looks:
        failed = {each.person_id: swept.of(each.person_id) for each in looks if each.failed}
        uow.looks.put({each.person_id: each.next_at for each in looks}, failed=failed)


def _due(uow: UnitOfWork, look: Look, message: OutboundMessage, *, now: datetime) -> datetime:
    """Later where messages came back of late."""
    waits = avoided(uow, message.to, now=now) if message.to in look.avoided else None
    return waits or now


def _counted(looks: Sequence[Look], *, more: bool) -> Swept:
    endings = [one.ending for each in looks for one in each.noted]
    return Swept(
        looked=len(looks),
        said=endings.count(Ending.SAID),
        missed=endings.count(Ending.MISSED),
        more=more,
    )
