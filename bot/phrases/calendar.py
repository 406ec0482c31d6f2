"""Deadlines and calendars in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.filenames import printable
from bot.domain.messages import Choice, Download, Paragraph, Reply
from bot.domain.notices.calendar import Entry
from bot.domain.notices.deadlines import Deadline
from bot.domain.notices.kinds import Moment
from bot.domain.program import Program
from bot.phrases.talk import plain
from bot.phrases.times import day_of
from bot.ports import Feed

ICS = "text/calendar"
NEW, NONE = "new calendar address", "no calendar address"
_FILE = "calendar.ics"
_LONGEST = 120  # characters of a title
_ANOTHER = Choice(label="A new address", says=NEW)
_REVOKE = Choice(label="No address", says=NONE)


@dataclass(frozen=True, slots=True)
class _Words:
    """What an entry is called, and what to do."""

    title: str
    text: str


def name(program: Program) -> str:
    """What the calendar is called where it is shown."""
    return f"Carrel: {program.short_name}"


def entry(program: Program, deadline: Deadline, *, uid: str) -> Entry:
    """The deadline in words, the same whenever it is said."""
    words = _WORDS[deadline.moment](program, deadline.about)
    return Entry(
        uid=uid,
        title=_line(words.title),
        text=_own_text(program, deadline.moment) or words.text,
        day=deadline.day,
        begins=deadline.begins,
        ends=deadline.ends,
    )


def _own_text(program: Program, moment: Moment) -> str:
    """What the pack says of such a day; empty where it says nothing."""
    kinds = (kind for kind in program.notices.kinds.values() if kind.moment is moment)
    return next((kind.calendar for kind in kinds if kind.calendar), "")


def _line(title: str) -> str:
    line = printable(title)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}\u2026"


_About = Mapping[str, str | int | date]


def _subscription(program: Program, _: _About) -> _Words:
    return _Words(
        f"{program.short_name}: subscription ends",
        f"This is the last day of your subscription. To see how far you are, say to Carrel: pace. "
        f"What is possible after it, {_whom(program)} can tell you.",
    )


def _time_limit(program: Program, _: _About) -> _Words:
    return _Words(
        f"{program.short_name}: time limit",
        "This is the last day that the program gives for all sets. To see whether your pace will "
        "do, say to Carrel: pace.",
    )


def _appeal(program: Program, about: _About) -> _Words:
    title = program.set(str(about["set_id"])).title
    return _Words(
        f"Last day: {about['step']} ({title})",
        f"Until this day you can take this step of an appeal against the decision on submission "
        f"{about['number']}. To take it, say to Carrel: {about['says']}. If you do not want to "
        "appeal, there is nothing to do.",
    )


def _opens(program: Program, _: _About) -> _Words:
    return _Words(
        f"{program.short_name}: renewal opens",
        f"From this day on your {program.words.certificate} can be renewed. Ask "
        f"{_whom(program)} how, or ask Carrel what the documents tell about renewal.",
    )


def _closes(program: Program, _: _About) -> _Words:
    return _Words(
        f"{program.short_name}: {program.words.certificate} ends",
        f"This is the last day of your {program.words.certificate}, unless it was renewed.",
    )


def _grace(program: Program, _: _About) -> _Words:
    return _Words(
        f"{program.short_name}: last day to renew",
        f"Your {program.words.certificate} has ended, and this is the last day on which it can "
        "still be renewed.",
    )


def _event(program: Program, about: _About) -> _Words:
    where = f" Join it at {about['url']}" if about["url"] else ""
    return _Words(str(about["title"]), f"An event of the {program.short_name} program.{where}")


def _own(_: Program, about: _About) -> _Words:
    return _Words(
        f"Reminder: {about['text']}",
        f"{about['text']}\n\nYou set this reminder. Once it is done, say to Carrel: done "
        f"{about['matter']}.",
    )


_WORDS: Mapping[Moment, Callable[[Program, _About], _Words]] = MappingProxyType(
    {
        Moment.SUBSCRIPTION_ENDS: _subscription,
        Moment.TIME_LIMIT: _time_limit,
        Moment.APPEAL_DUE: _appeal,
        Moment.RENEWAL_OPENS: _opens,
        Moment.RENEWAL_CLOSES: _closes,
        Moment.GRACE_ENDS: _grace,
        Moment.EVENT: _event,
        Moment.OWN: _own,
    }
)


def _whom(program: Program) -> str:
    return program.support.contact if program.support else "the staff"


def given(
    kept: Download,
    *,
    count: int,
    about: Iterable[str],
    choices: tuple[Choice, ...],
    once: bool = False,
) -> Reply:
    """The file, and what there is to say about subscribing; `once` where the address is in it."""
    if count:
        dates = "1 date" if count == 1 else f"{count} dates"
        lead = (
            f"Your deadlines and reminders as a calendar, with {dates}. Open the file to take them "
            "over into yours as they are now."
        )
    else:
        lead = "You have no deadlines or reminders now, so the calendar is empty."
    told = (Paragraph(text=text) for text in (lead, *about))
    return Reply(blocks=(*told, kept), choices=choices, once=once)


def file(sha256: str, size: int) -> Download:
    """The calendar as a file."""
    return Download(name=_FILE, media_type=ICS, size=size, sha256=sha256)


def first_address(url: str) -> tuple[str, ...]:
    """Shown once, below the file."""
    return (
        "To have them follow by themselves when something changes, subscribe to this address: in "
        "Google Calendar under Other calendars, From URL; in Outlook under Add calendar, From "
        "internet; on an iPhone under Calendars, Add Subscription Calendar.",
        url,
        "Whoever has the address, or this message, can read your deadlines, so show it to nobody. "
        f"I show it this once. For another one, say: {NEW}. To close it, say: {NONE}.",
    )


def known_address(feed: Feed, zone: ZoneInfo) -> tuple[str, ...]:
    """To somebody who has an address already."""
    return (
        f"You have a private address to subscribe to since {day_of(feed.made_at, zone)}, which I "
        f"showed you then. If you lost it, say: {NEW}; the old one is closed then.",
    )


def closed_address() -> tuple[str, ...]:
    """To somebody who closed their address and asks for the file."""
    return (
        "You closed your calendar address, so nobody can read your deadlines by one. To subscribe "
        f"by another one, say: {NEW}.",
    )


def no_web() -> tuple[str, ...]:
    """Where nothing of Carrel is on the web."""
    return (
        "There is no address to subscribe to here, since this Carrel is not on the web. Ask for "
        "the file again, by saying calendar, when something has changed; your calendar then "
        "corrects the dates that it has.",
    )


def of_closed() -> tuple[Choice, ...]:
    """What somebody may want who closed theirs."""
    return (_ANOTHER,)


def of_address() -> tuple[Choice, ...]:
    """What somebody with an address may want."""
    return (_ANOTHER, _REVOKE)


def new_address(url: str) -> Reply:
    """Another one, just made."""
    texts = ("The old calendar address is closed. This is the new one:", *first_address(url)[1:])
    blocks = tuple(Paragraph(text=text) for text in texts)
    return Reply(blocks=blocks, choices=(_REVOKE,), once=True)


def revoked(*, was_there: bool) -> Reply:
    """Nobody can read the calendar any more."""
    if not was_there:
        return plain("You have no calendar address, so nobody can read your deadlines by one.")
    text = (
        "Your calendar address is closed. Calendars that subscribed to it keep what they have: "
        f"take it out there too. For another one, say: {NEW}."
    )
    return Reply(blocks=(Paragraph(text=text),), choices=(_ANOTHER,))


def nowhere() -> str:
    """To somebody who wants an address where there can be none."""
    return (
        "There is no calendar address here, since this Carrel is not on the web. Say: calendar, "
        "for the dates as a file."
    )
