"""Set a reminder of one's own, or move it to another time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.limits import LONGEST_REMINDER, MOST_REMINDERS, MOST_TOLD_REMINDERS, check_count
from bot.domain.notices.reminder import Reminder
from bot.domain.people import Person
from bot.domain.when.outcome import FARTHEST
from bot.errors import NotFound, Refused
from bot.ports import UnitOfWork

FORGOTTEN = timedelta(days=30)
LOST = timedelta(days=90)  # what was never told for so long is worth nothing any more
SOONER = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to say again, and when (aware UTC); `section` is what it is about, or empty."""

    text: str
    at: datetime
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WasSet:
    """The reminder as it is kept; `new` is false when the very same one was there already."""

    reminder: Reminder
    new: bool


def set_reminder(uow: UnitOfWork, person: Person, wish: Wish, *, now: datetime) -> WasSet:
    """Keeps it; `Refused` when its time is over or too far, or it is too long, or one too many."""
    check_text(wish.text)
    check_time(wish.at, now=now)
    own = uow.reminders.of(person)
    same = next((one for one in own if (one.text, one.at) == (wish.text, wish.at)), None)
    if same:
        return WasSet(reminder=same, new=False)
    check_room(uow, person, now=now)
    _forget(uow, person, [one for one in own if one.at <= now], now=now)
    new = Reminder(
        id=0,
        person_id=person.id,
        number=0,
        text=wish.text,
        at=wish.at,
        zone=person.time_zone,
        made_at=now,
        section=wish.section,
    )
    return WasSet(reminder=uow.reminders.add(new), new=True)


def move_reminder(
    uow: UnitOfWork, person: Person, number: int, at: datetime, *, now: datetime
) -> WasSet:
    """Keeps that reminder with another time, under its number; it is snoozed no more."""
    check_time(at, now=now)
    old = own_reminder(uow, person, number)
    if old.at == at:
        return WasSet(reminder=old, new=False)
    if old.at <= now:
        check_room(uow, person, now=now)
    moved = uow.reminders.move(old, to=at)
    if moved is None:
        raise NotFound(_none_such(number))
    uow.wishes.unhush(person, matter_of(moved))
    return WasSet(reminder=moved, new=True)


def check_room(uow: UnitOfWork, person: Person, *, now: datetime, but: int = 0) -> None:
    """`Refused` when as many are still to come as are kept; the one of number `but` not counted."""
    many = (
        f"You have {MOST_REMINDERS} reminders still to come, and that is as many as I keep. "
        "Nothing was set. Say reminders to see them, and cancel one."
    )
    coming = sum(one.at > now and one.number != but for one in uow.reminders.of(person))
    check_count(coming, MOST_REMINDERS, many)


def _forget(uow: UnitOfWork, person: Person, told: Sequence[Reminder], *, now: datetime) -> None:
    """Ends what was told long ago, and sooner where much was; nobody said that it is done.

    What could not be told yet stays: that is still to be said.
    """
    lasts = FORGOTTEN if len(told) < MOST_TOLD_REMINDERS else SOONER
    for old in told:
        age = now - old.at
        if age > LOST or (age > lasts and uow.notices.told(person, matter_of(old))):
            uow.reminders.end(old, at=now)
    many = (
        f"You have {MOST_TOLD_REMINDERS} reminders that I told you of within a day and that are "
        "not marked as done. Nothing was set. Say reminders to see them, and done reminder-1 for "
        "the one of that number."
    )
    check_count(sum(now - one.at <= lasts for one in told), MOST_TOLD_REMINDERS, many)


def matter_of(reminder: Reminder) -> str:
    """What its notices are about, as people type it: `reminder-3`."""
    return f"reminder-{reminder.number}"


def own_reminder(uow: UnitOfWork, person: Person, number: int) -> Reminder:
    """The person's open reminder of that number; `NotFound` with what there is."""
    found = uow.reminders.numbered(person, number)
    if found is None:
        raise NotFound(_none_such(number))
    return found


def _none_such(number: int) -> str:
    return (
        f"You have no open reminder {number}: it is done or cancelled already, or there was "
        "none. Say: reminders, to see those you have."
    )


def check_text(text: str) -> None:
    """`Refused` when it is too long."""
    if len(text) > LONGEST_REMINDER:
        raise Refused(
            f"A reminder may have at most {LONGEST_REMINDER:,} characters, and this has "
            f"{len(text):,}. Nothing was set: say it more briefly."
        )


def check_time(at: datetime, *, now: datetime) -> None:
    """`Refused` when it is over, or farther ahead than anything is set."""
    if at <= now:
        raise Refused("That time is over: it was ", at, ". Nothing was set. Name a later one.")
    if at - now > FARTHEST:
        raise Refused(
            f"That is more than {FARTHEST.days // 366} years ahead, which is as far as I keep "
            "reminders. Nothing was set."
        )
