"""How reminders that people set themselves are asked about, read back and listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.limits import LONGEST_REMINDER
from bot.domain.messages import Choice, Paragraph, Reply
from bot.domain.notices.reminder import Reminder
from bot.domain.people import Person
from bot.domain.when.outcome import FARTHEST, Either, Note, Unmet, When, Why
from bot.domain.when.stamp import stamp_of
from bot.phrases.talk import plain
from bot.phrases.times import moment_in_full, told_in_full

NAMELESS = "what you wanted to be reminded of"
_EXAMPLES = "tomorrow at 9, next Friday, in two weeks, or 3 December at 14:00"
YES = "Yes"  # the label of what does what was read back
NO, KEEP_ALL = "no reminder", "keep my reminders"  # what is said by a no
SOON = "remind me in 1 hour"  # the first choice where anything may be said
_CANCEL = Choice(label="No, cancel", says=NO)
ANOTHER = "Another time"
LIST = Choice(label="My reminders", says="reminders")
_MOST_OTHERS = 2
_UNMET: Mapping[Why, str] = MappingProxyType(
    {
        Why.PAST: "That time is over{day}. Name a later one.",
        Why.NOW: "That is now: there is nothing to wait for. Name a later time.",
        Why.TOO_FAR: (
            "That is more than {years} years ahead, which is as far as I keep reminders."
        ),
        Why.NO_DAY: "There is no such day in the calendar. Name another one.",
        Why.NO_TIME: "There is no such time of day. Say it like 9, 9:30, 14:00 or 3 pm.",
        Why.WHOLE_DAY: "That is a whole day. Say its time of day too, or count in days.",
        Why.OTHER_ZONE: "I know times on your own clock only. Say what time it is there.",
        Why.OTHER_WEEKDAY: (
            "That day is another day of the week{day}. Say which of the two you mean."
        ),
    }
)


def read_back(topic: str, found: When, person: Person, *, now: datetime) -> Reply:
    """What will be said and when, before it is kept."""
    zone = person.zone
    text = f"{moment_in_full(found.at, zone)}: {topic}. Shall I remind you then?"
    others = tuple(_instead(at, topic, zone) for at in found.others[:_MOST_OTHERS])
    again = Choice(label=ANOTHER, says=f"another time than {stamp_of(found.at, zone)}: {topic}")
    lines = (*_notes(found, zone), text, *of_zone(person, now))
    yes = Choice(label=YES, says=set_words(found.at, topic, zone))
    return _reply(lines, (yes, *others, again, _CANCEL))


def moved_back(old: Reminder, found: When, person: Person, *, now: datetime) -> Reply:
    """Where a reminder will be moved to, before it is."""
    zone = person.zone
    text = (
        f"Reminder {old.number}, {old.text}: from {moment_in_full(old.at, zone)} to "
        f"{moment_in_full(found.at, zone)}. Shall I move it?"
    )
    others = tuple(
        Choice(label=_label(at, zone), says=move_words(old.number, at, zone))
        for at in found.others[:_MOST_OTHERS]
    )
    yes = Choice(label=YES, says=move_words(old.number, found.at, zone))
    return _reply(
        (*_notes(found, zone), text, *of_zone(person, now)), (yes, *others, LIST, _CANCEL)
    )


def which(topic: str, found: Either, zone: ZoneInfo) -> Reply:
    """The figures of a day mean two days: which is meant."""
    text = "Day and month can be read both ways there. Which day do you mean?"
    days = tuple(
        Choice(label=_label(at, zone), says=f"remind me {stamp_of(at, zone)}: {topic or NAMELESS}")
        for at in (found.first, found.second)
    )
    return _reply((text,), (*days, _CANCEL))


def which_move(number: int, found: Either, zone: ZoneInfo) -> Reply:
    """The same of a reminder that is to be moved."""
    text = "Day and month can be read both ways there. Which day do you mean?"
    days = tuple(
        Choice(label=_label(at, zone), says=move_words(number, at, zone))
        for at in (found.first, found.second)
    )
    return _reply((text,), (*days, _CANCEL))


def unmet(found: Unmet) -> str:
    """Why a time cannot be used, and what to do."""
    day = f" ({told_in_full(found.day)})" if found.day else ""
    return _UNMET[found.why].format(day=day, years=FARTHEST.days // 366)


def ask_time(topic: str, *, why: str = "") -> Reply:
    """When is it to be said? Words that say a time are behind it, on every channel."""
    of = f" of \u201c{topic}\u201d" if topic else ""
    text = f"When shall I remind you{of}? Say, for example: {_EXAMPLES}."
    soon = (("In 1 hour", "in 1 hour"), ("Tomorrow", "tomorrow"), ("In 1 week", "in 1 week"))
    choices = tuple(
        Choice(label=label, says=f"remind me {at}: {topic or NAMELESS}") for label, at in soon
    )
    return Reply(
        blocks=tuple(Paragraph(text=line) for line in (why, text) if line),
        choices=(*choices, _CANCEL),
        heads=f"remind me about {topic}: " if topic else "remind me ",
        awaits=True,
    )


def ask_instead(topic: str, stamp: str) -> Reply:
    """When else? The day of the stamp stays where only a time of day is answered."""
    head = f"instead of {stamp} remind me about {topic}: "
    text = f"When shall I remind you of \u201c{topic}\u201d? Say, for example: at 10, {_EXAMPLES}."
    soon = (("In 1 hour", "in 1 hour"), ("Tomorrow", "tomorrow"), ("In 1 week", "in 1 week"))
    choices = tuple(Choice(label=label, says=f"{head}{at}") for label, at in soon)
    return Reply(
        blocks=(Paragraph(text=text),), choices=(*choices, _CANCEL), heads=head, awaits=True
    )


def ask_move(old: Reminder, zone: ZoneInfo, *, why: str = "") -> Reply:
    """To when is a reminder to be moved?"""
    text = (
        f"Reminder {old.number}, {old.text}, is on {moment_in_full(old.at, zone)}. Say, for "
        f"example: move reminder {old.number} to tomorrow at 10."
    )
    soon = (("In 1 hour", "in 1 hour"), ("Tomorrow", "tomorrow"), ("In 1 week", "in 1 week"))
    moves = tuple(
        Choice(label=label, says=f"move reminder {old.number} to {at}") for label, at in soon
    )
    return Reply(
        blocks=tuple(Paragraph(text=line) for line in (why, text) if line),
        choices=(*moves, _CANCEL),
        heads=f"move reminder {old.number} to ",
        awaits=True,
    )


def ask_topic(found: When, zone: ZoneInfo) -> Reply:
    """Of what, at that time? The next words say it, on every channel."""
    at, stamp = found.at, stamp_of(found.at, zone)
    text = f"What shall I remind you of on {moment_in_full(at, zone)}? Just say it."
    others = tuple(
        Choice(label=f"{_label(one, zone)} instead", says=f"remind me {stamp_of(one, zone)}")
        for one in found.others[:_MOST_OTHERS]
    )
    nothing = Choice(label="Of nothing special", says=set_words(at, NAMELESS, zone))
    return Reply(
        blocks=tuple(Paragraph(text=line) for line in (*_notes(found, zone), text)),
        choices=(nothing, *others, _CANCEL),
        heads=f"remind me {stamp} of: ",
        awaits=True,
    )


def how() -> Reply:
    """How to set one."""
    text = f"Say when and of what: remind me next Friday about the log. A time may be {_EXAMPLES}."
    return Reply(
        blocks=(Paragraph(text=text),),
        choices=(Choice(label="In 1 hour", says=SOON), LIST),
        heads="remind me ",
        awaits=True,
    )


def another_of_which() -> Reply:
    """Somebody wants another time, and nothing was read back just now."""
    text = (
        "Of what? Say it with its time, for example: remind me next Friday about the log. One that "
        "is set is moved: move reminder 1 to Monday at 10."
    )
    return _reply((text,), (LIST,))


def too_long() -> str:
    """A reminder that nobody would read."""
    return (
        f"A reminder may have at most {LONGEST_REMINDER:,} characters. Nothing was set: say it "
        "more briefly."
    )


def none_set() -> Reply:
    """Somebody does not want the reminder that was asked about."""
    return plain("Then I set no reminder, and nothing was changed.")


def set_words(at: datetime, topic: str, zone: ZoneInfo) -> str:
    """The words that set it at once: `set reminder 2026-11-27 09:00: TECH-8`."""
    return f"set reminder {stamp_of(at, zone)}: {topic}"


def move_words(number: int, at: datetime, zone: ZoneInfo) -> str:
    """The words that move it at once."""
    return f"move reminder {number} to {stamp_of(at, zone)}"


def _instead(at: datetime, topic: str, zone: ZoneInfo) -> Choice:
    return Choice(
        label=f"{_label(at, zone)} instead", says=f"remind me {stamp_of(at, zone)}: {topic}"
    )


def _label(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{told_in_full(local.date())} at {local:%H:%M}"


def _notes(found: When, zone: ZoneInfo) -> Iterator[str]:
    local = found.at.astimezone(zone)
    if Note.REPEATED in found.notes:
        yield "I keep single reminders only, none that come again and again. The first would be:"
    if Note.SEVERAL in found.notes:
        yield "You name several times, and a reminder has one. The first would be:"
    if Note.LATER_MONTH in found.notes:
        yield _passed_over(local.date())
    if Note.SKIPPED in found.notes:
        yield f"The clock goes forward over that time, so it would be {local:%H:%M}:"
    if Note.TWICE in found.notes:
        yield "The clock goes back that night and that time comes twice; I mean the first:"
    if local.fold:
        yield "The clock goes back that night and that time comes twice; I mean the second:"


def _passed_over(day: date) -> str:
    """The month before is the one that has no such day: no two in a row have none."""
    without = day.replace(day=1) - timedelta(days=1)
    ending = {1: "st", 2: "nd", 3: "rd", 31: "st", 22: "nd", 23: "rd", 21: "st"}.get(day.day, "th")
    return f"{without:%B} has no {day.day}{ending}, so I took {day.day} {day:%B}:"


def of_zone(person: Person, now: datetime) -> Iterator[str]:
    """What is to be said to somebody whose time zone is not known."""
    if not person.gave_zone:
        local = now.astimezone(person.zone)
        yield (
            f"I do not know your time zone, so times are in UTC, where it is {local:%H:%M} now. To "
            "set yours, say, for example: time zone Europe/Berlin."
        )


def _reply(lines: Sequence[str], choices: tuple[Choice, ...]) -> Reply:
    return Reply(blocks=tuple(Paragraph(text=line) for line in lines), choices=choices)
