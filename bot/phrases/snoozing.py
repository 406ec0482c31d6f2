"""What is told about matters that were put off, or are done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.messages import Choice, Paragraph, Reply
from bot.domain.notices.reminder import Reminder
from bot.phrases.reminding import set_words
from bot.phrases.talk import plain
from bot.phrases.times import moment_in_full

_MOST = 6


def snoozed(
    name: str,
    until: datetime,
    zone: ZoneInfo,
    *,
    again: bool,
    due: datetime | None = None,
    anyway: datetime | None = None,
) -> str:
    """What has that name is put off; `due` is when it is due first, if after that.

    `anyway` is when it has to be told, if that is before.
    """
    lead = "That is snoozed already" if again else "Snoozed"
    at = moment_in_full(anyway or until, zone)
    if anyway:
        return f"{lead} until {at}, when I tell you of {name} again anyway: it is important."
    if due:
        first = moment_in_full(due, zone)
        return f"{lead} until {at}. There is nothing to tell about {name} before {first}."
    return f"{lead}: I tell you of {name} again on {at}, if it is still so then."


def done(matter: str, name: str, *, again: bool) -> Reply:
    """Nothing more is said of it, and how to take that back."""
    lead = "That was done already" if again else "Done"
    return with_wake(f"{lead}: I tell you no more of {name}.", matter)


def reminder_done(
    number: str, reminder: Reminder | None, zone: ZoneInfo, *, now: datetime
) -> Reply:
    """A reminder ended; one that was still to come can be set again. None: it had ended before."""
    if reminder is None:
        return plain(f"Reminder {number} was done already.")
    text = f"Done: reminder {number} ({reminder.text})."
    if reminder.at <= now:
        return plain(text)
    words = set_words(reminder.at, reminder.text, zone)
    again = Paragraph(text=f"I can set it again: {words}")
    choice = Choice(label="Set it again", says=words)
    return Reply(blocks=(Paragraph(text=text), again), choices=(choice,))


def woken(name: str, zone: ZoneInfo, *, due: datetime | None) -> Reply:
    """It is heard of as before; `due` is when next, where that is known."""
    at = f", on {moment_in_full(due, zone)}" if due else ""
    return plain(f"I tell you of {name} again when it is due{at}.")


def open_again(matter: str, name: str, at: datetime, zone: ZoneInfo) -> Reply:
    """An own reminder is woken whose time is over."""
    text = f"Taken back: {name} is open. It was for {moment_in_full(at, zone)}."
    soon = Choice(label="Snooze 1 hour", says=f"snooze {matter} 1 hour")
    again = f"To be told of it once more, say, for example: {soon.says}."
    return Reply(blocks=(Paragraph(text=text), Paragraph(text=again)), choices=(soon,))


def not_hushed(matter: str) -> Reply:
    """There is nothing to wake."""
    return plain(f"{matter} is neither snoozed nor done, so nothing was changed.")


def which(verb: str, matters: Sequence[str]) -> Reply:
    """Several matters could be meant; `verb` is what is to be done with one of them."""
    text = f"Which one? Say, for example: {verb} {matters[0]}."
    choices = tuple(
        Choice(label=f"{verb.capitalize()} {one}", says=f"{verb} {one}") for one in matters[:_MOST]
    )
    return Reply(blocks=(Paragraph(text=text),), choices=choices)


def nothing_above(verb: str) -> Reply:
    """The word alone, with nothing that it could be about."""
    return plain(
        f"What is it about? Say {verb} as a reply to what I told you, or with its name, such as: "
        f"{verb} reminder-3."
    )


def not_a_time(words: str, matter: str) -> str:
    """Words that say no time."""
    return (
        f"I do not understand {words!r} as a time. Nothing was changed. Say, for example: snooze "
        f"{matter} until Monday."
    )


def either(matter: str, days: Sequence[tuple[str, str]]) -> Reply:
    """The figures of a day mean two days: each with the words for it."""
    choices = tuple(
        Choice(label=label, says=f"snooze {matter} until {stamp}") for label, stamp in days
    )
    text = "Day and month can be read both ways there. Which day do you mean?"
    return Reply(blocks=(Paragraph(text=text),), choices=choices)


def with_wake(text: str, matter: str) -> Reply:
    """What was changed, and how to take that back."""
    undo = Choice(label="Take that back", says=f"wake {matter}")
    how = Paragraph(text=f"To take that back, say: wake {matter}.")
    return Reply(blocks=(Paragraph(text=text), how), choices=(undo,))
