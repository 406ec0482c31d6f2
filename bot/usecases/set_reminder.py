"""Set a reminder of one's own, or move it to another time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.limits import LONGEST_REMINDER, MOST_REMINDERS, check_count
from bot.domain.notices.reminder import Reminder
from bot.domain.people import Person
from bot.domain.when.outcome import FARTHEST
from bot.errors import NotFound, Refused
from bot.ports import UnitOfWork

FORGOTTEN = timedelta(days=30)


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
    many = (
        f"You have {MOST_REMINDERS} reminders still to come, and that is as many as I keep. "
        "Nothing was set. Say reminders to see them, and cancel one."
    )
    check_count(sum(one.at > now for one in own), MOST_REMINDERS, many)
    for old in own:
        if now - old.at > FORGOTTEN:  # told long ago, and nobody said that it is done
            uow.reminders.end(old, at=now)
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
    """Ends that reminder and keeps the same with another time, in its own place in the list."""
    check_time(at, now=now)
    old = own_reminder(uow, person, number)
    if old.at == at:
        return WasSet(reminder=old, new=False)
    uow.reminders.end(old, at=now)
    wish = Wish(text=old.text, at=at, section=old.section)
    return set_reminder(uow, person, wish, now=now)


def own_reminder(uow: UnitOfWork, person: Person, number: int) -> Reminder:
    """The person's open reminder of that number; `NotFound` with what there is."""
    found = uow.reminders.numbered(person, number)
    if found is None:
        raise NotFound(
            f"You have no open reminder {number}: it is done or cancelled already, or there was "
            "none. Say: reminders, to see those you have."
        )
    return found


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
