"""Put off a matter that somebody was told of by the clock, be done with it, or take that back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.notices.hushing import silent_until
from bot.domain.notices.notice import Notice
from bot.domain.notices.plan import plan
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.wishes import Hush
from bot.domain.people import Person
from bot.domain.program import Program
from bot.errors import NotFound, Refused
from bot.ports import UnitOfWork
from bot.usecases.end_reminder import end_reminder
from bot.usecases.set_reminder import check_room, check_time, matter_of, own_reminder

_REMINDER = "reminder-"
_SEVERAL = ("idle-", "statement-", "review-", "requests-", "appeal-", "event-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hushed:
    """What became of a matter: when it is told again (None: not any more).

    `again` is true when that was so already; `reminder` is the own reminder that ended with it.
    `due` is when it is told first, where that is after `until` anyway; `anyway` is when it has to
    be told although that is sooner.
    """

    matter: str
    until: datetime | None = None
    again: bool = False
    reminder: Reminder | None = None
    due: datetime | None = None
    anyway: datetime | None = None


def snooze(
    uow: UnitOfWork,
    program: Program,
    person: Person,
    matter: str,
    *,
    until: datetime,
    now: datetime,
) -> Hushed:
    """Says nothing of it until then; of what is mandatory until its next lead at the latest."""
    check_time(until, now=now)
    notices = _known(uow, program, person, matter, now=now)
    before = _hush(uow, person, matter)
    uow.wishes.hush(person, Hush(matter=matter, at=now, until=until))
    first = min((one.at for one in notices), default=until)
    kinds = program.notices.kinds
    anyway = silent_until(((kinds[one.kind], one) for one in notices), said=now, until=until)
    return Hushed(
        matter=matter,
        until=until,
        again=before is not None and before.until == until,
        due=first if first > until else None,
        anyway=anyway if anyway < until else None,
    )


def done(
    uow: UnitOfWork, program: Program, person: Person, matter: str, *, now: datetime
) -> Hushed:
    """Says nothing of it any more, and ends an own reminder; `Refused` where it has to be said."""
    if matter.startswith(_REMINDER):
        return _reminder_done(uow, person, matter, now=now)
    before = _hush(uow, person, matter)
    if before and before.until is None:
        return Hushed(matter=matter, again=True)
    notices = _known(uow, program, person, matter, now=now)
    kinds = {
        program.notices.kinds[one.kind] for one in notices if one.kind in program.notices.kinds
    }
    must = next((kind for kind in kinds if kind.mandatory), None)
    if must:
        raise Refused(
            f"I have to tell you of that ({must.title}), so it cannot be silenced for good: what "
            "you could lose by it is too much. You can put it off. Say, for example: "
            f"snooze {matter} until Monday."
        )
    uow.wishes.hush(person, Hush(matter=matter, at=now, until=None))
    return Hushed(matter=matter)


def wake(uow: UnitOfWork, person: Person, matter: str, *, now: datetime) -> bool:
    """Takes back what was snoozed or done; False when it was neither."""
    woken = uow.wishes.unhush(person, matter)
    if not matter.startswith(_REMINDER):
        return woken
    opened = uow.reminders.reopen(person, _number(matter))
    if opened is None:
        return woken
    if opened.at > now:
        check_room(uow, person, now=now, but=opened.number)
    elif not uow.notices.told(person, matter):
        uow.reminders.end(opened, at=now)
        raise Refused("That time is over: it was ", opened.at, ". Set a new reminder instead.")
    return True


def next_of(
    uow: UnitOfWork, program: Program, person: Person, matter: str, *, now: datetime
) -> datetime | None:
    """When the matter is told next, if that is known; of an own reminder when it is or was due."""
    if matter.startswith(_REMINDER):
        found = uow.reminders.numbered(person, _number(matter))
        return found.at if found else None
    notices = matters(uow, program, person, now=now).get(matter, ())
    return min((one.at for one in notices if one.at > now), default=None)


def called(uow: UnitOfWork, program: Program, person: Person, matter: str, *, now: datetime) -> str:
    """The matter in words: its kind's title, with its name where there may be several of those."""
    if matter.startswith(_REMINDER):
        found = uow.reminders.numbered(person, _number(matter))
        return f"the reminder \u201c{found.text}\u201d" if found else matter
    notices = matters(uow, program, person, now=now).get(matter, ())
    kind = next((program.notices.kinds.get(one.kind) for one in notices), None)
    if kind is None:
        return matter
    return f"{kind.title} ({matter})" if matter.startswith(_SEVERAL) else kind.title


def matters(
    uow: UnitOfWork, program: Program, person: Person, *, now: datetime
) -> Mapping[str, tuple[Notice, ...]]:
    """What the person is told of by the clock now or later, snoozed or not, by matter."""
    found: dict[str, tuple[Notice, ...]] = {}
    for situation in uow.situations.of((person.id,), now=now, program=program):
        awake = replace(situation, wishes=replace(situation.wishes, hushed=()))
        for notice in plan(program, awake):
            found[notice.matter] = (*found.get(notice.matter, ()), notice)
    return found


def _known(
    uow: UnitOfWork, program: Program, person: Person, matter: str, *, now: datetime
) -> tuple[Notice, ...]:
    """The notices of the matter; `NotFound` when the person hears of none such."""
    if matter.startswith(_REMINDER):
        _check_told(own_reminder(uow, person, _number(matter)), now=now)
        return ()
    own = matters(uow, program, person, now=now)
    if matter in own:
        return own[matter]
    open_ones = [name for name, notices in own.items() if any(one.at <= now for one in notices)]
    some = f" You hear of: {', '.join(sorted(open_ones)[:10])}." if open_ones else ""
    raise NotFound(
        f"There is nothing called {matter} that I tell you about: it is not begun, or it is over. "
        f"Nothing was changed.{some}"
    )


def _check_told(reminder: Reminder, *, now: datetime) -> None:
    """`Refused` when it is still to come: then it is moved."""
    if reminder.at > now:
        number = reminder.number
        raise Refused(
            f"Reminder {number} is still to come, on ",
            reminder.at,
            f". To have it at another time, say: move reminder {number} to Monday at 10.",
        )


def _reminder_done(uow: UnitOfWork, person: Person, matter: str, *, now: datetime) -> Hushed:
    number = _number(matter)
    if uow.reminders.numbered(person, number) is None and uow.notices.told(person, matter):
        return Hushed(matter=matter, again=True)
    ended = end_reminder(uow, person, number, now=now)
    return Hushed(matter=matter_of(ended), reminder=ended)


def _number(matter: str) -> int:
    figures = matter.removeprefix(_REMINDER)
    if not (figures.isascii() and figures.isdigit() and len(figures) < 10):
        raise NotFound(f"There is no reminder {figures!r}. Say: reminders, to see those you have.")
    return int(figures)


def _hush(uow: UnitOfWork, person: Person, matter: str) -> Hush | None:
    hushed = uow.wishes.of(person).hushed
    return next((one for one in hushed if one.matter == matter), None)
