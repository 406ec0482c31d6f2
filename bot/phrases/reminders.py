"""Reminders as they are kept: receipts, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.messages import Bullets, Choice, Paragraph, Reply
from bot.domain.notices.reminder import Reminder
from bot.domain.people import Person
from bot.phrases.reminding import LIST, of_zone, set_words
from bot.phrases.times import moment_in_full

_EXAMPLE = "remind me next Friday to upload the log"


def was_set(reminder: Reminder, person: Person, *, new: bool, now: datetime) -> Reply:
    """The receipt."""
    lead = "Set" if new else "That is set already"
    at = moment_in_full(reminder.at, person.zone)
    text = f"{lead}: reminder {reminder.number} on {at}: {reminder.text}."
    cancel = Choice(
        label=f"Cancel reminder {reminder.number}", says=f"cancel reminder {reminder.number}"
    )
    return _reply((text, *of_zone(person, now)), (cancel, LIST))


def was_moved(old: int, reminder: Reminder, person: Person, *, new: bool) -> Reply:
    """The receipt of a move; a reminder that was moved has a new number."""
    at = moment_in_full(reminder.at, person.zone)
    if not new:
        return _reply((f"Reminder {old} is on {at} already.",), (LIST,))
    text = f"Moved: it is reminder {reminder.number} now, on {at}: {reminder.text}."
    return _reply((text,), (LIST,))


def cancelled(reminder: Reminder, zone: ZoneInfo, *, now: datetime) -> Reply:
    """It is gone, and how to have it back."""
    text = f"Cancelled: reminder {reminder.number} ({reminder.text})."
    if reminder.at <= now:
        return _reply((text,), (LIST,))
    words = set_words(reminder.at, reminder.text, zone)
    back = f"I can set it again: {words}"
    return _reply((text, back), (Choice(label="Set it again", says=words), LIST))


def listed(reminders: Sequence[Reminder], person: Person, *, now: datetime) -> Reply:
    """Every reminder that is open, and what can be done with them."""
    if not reminders:
        return _reply((f"You have set no reminders. Say, for example: {_EXAMPLE}.",), ())
    coming = [one for one in reminders if one.at > now]
    told = [one for one in reminders if one.at <= now]
    blocks: list[Paragraph | Bullets] = []
    for lead, some in (("To come:", coming), ("Told, and not marked as done:", told)):
        if some:
            blocks.append(Paragraph(text=lead))
            blocks.append(Bullets(items=tuple(_line(one, person.zone) for one in some)))
    first = (coming or told)[0].number
    how_to = f"Say: cancel reminder {first}, or move reminder {first} to Monday at 10."
    blocks += [Paragraph(text=line) for line in (how_to, *of_zone(person, now))]
    cancels = (_cancel(one.number) for one in coming[:5])
    dones = (
        Choice(label=f"Reminder {n} is done", says=f"done reminder-{n}")
        for n in (one.number for one in told[:5])
    )
    return Reply(blocks=tuple(blocks), choices=(*cancels, *dones))


def _cancel(number: int) -> Choice:
    return Choice(label=f"Cancel reminder {number}", says=f"cancel reminder {number}")


def _line(reminder: Reminder, zone: ZoneInfo) -> str:
    return f"{reminder.number}: {moment_in_full(reminder.at, zone)}: {reminder.text}"


def _reply(lines: Sequence[str], choices: tuple[Choice, ...]) -> Reply:
    return Reply(blocks=tuple(Paragraph(text=line) for line in lines), choices=choices)
