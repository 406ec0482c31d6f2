"""See what would be said on a day, or by a sweep at an instant: everybody, page by page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.notices.days import instant_of
from bot.domain.notices.situation import Situation
from bot.domain.people import Person
from bot.domain.program import Program
from bot.errors import NotFound, Refused
from bot.ports import UnitOfWork
from bot.usecases.broken_people import Fault, guarded, left_out, readable
from bot.usecases.everybody import pages
from bot.usecases.foresee import Foreseen, foresee, foresee_later, in_the_books

FAULT = left_out("what is due")
_INSTANT = timedelta(microseconds=1)
_DAY = timedelta(days=1)
_SOON = timedelta(days=2)  # what is due now may wait for as long for quiet hours to end
_LATEST = timedelta(hours=12)  # behind UTC: where a day ends last


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A `day`, where each person lives or in one `zone`; or an instant `at` which a sweep looks."""

    day: date | None = None
    at: datetime | None = None
    zone: ZoneInfo | None = None

    def span(self, person: Person) -> tuple[datetime, datetime]:
        """From when until before when, for that person."""
        if self.at is not None:
            return self.at, self.at + _INSTANT
        day, zone = self.day or date.min, self.zone or person.zone
        return instant_of(day, time(), zone), instant_of(day + _DAY, time(), zone)


def see_due(
    transaction: Callable[[], UnitOfWork],
    program: Program,
    when: When,
    *,
    people: Sequence[int] | None = None,
    now: datetime,
    fault: Fault = FAULT,
) -> Iterator[tuple[int, tuple[Foreseen, ...]]]:
    """How many people were looked at, and what is said to them: for each page, in its order.

    Each page is a transaction of its own, so that nobody waits for long, and holds no more memory
    than its people. Of each who cannot be worked out `fault` is told, perhaps twice, and the
    others go on. Raises `Refused` for what is past.
    """
    if is_past(when, now=now):
        raise Refused("That is past: carrel outbox --since DATE tells what was said then.")

    def read(
        uow: UnitOfWork, numbers: Sequence[int]
    ) -> tuple[int, Sequence[Situation], Collection[str]]:
        situations = readable(uow, program, numbers, now=now, fault=fault)
        known = in_the_books(uow, program, situations, now=when.at or now, fault=fault)
        return len(numbers), situations, known

    def said(situation: Situation, known: Collection[str]) -> tuple[Foreseen, ...]:
        return tuple(_of(program, situation, known, when, now=now))

    for count, situations, known in pages(transaction, read, people=people):
        found = (guarded(fault, one.person.id, said, one, known) for one in situations)
        yield count, tuple(each for one in found for each in one or ())


def is_past(when: When, *, now: datetime) -> bool:
    """Whether it is over wherever people live."""
    if when.at is not None:
        return when.at < now
    return when.day is not None and when.day < (now.astimezone(UTC) - _LATEST).date()


def person_of(uow: UnitOfWork, who: str) -> Person:
    """The person of that e-mail address on record, or #NUMBER; raises `NotFound`."""
    person = uow.people.find(who)
    if person is None:
        raise NotFound(
            f"Nobody is known by {who!r}: give the e-mail address on record, or #NUMBER."
        )
    return person


def _of(
    program: Program,
    situation: Situation,
    known: Collection[str],
    when: When,
    *,
    now: datetime,
) -> Iterator[Foreseen]:
    """A sweep at an instant finds all that is due by then; a day, what comes up on it."""
    begins, ends = when.span(situation.person)
    if when.at is not None:
        return foresee(program, situation, known, begins=max(begins, now), ends=ends)
    if begins <= now + _SOON:
        coming = foresee(program, situation, known, begins=now, ends=ends)
        return (one for one in coming if one.at >= begins)
    return foresee_later(program, situation, begins=begins, ends=ends)
