"""Reminders as they are kept: receipts, and the list of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.messages import Bullets, Choice, Paragraph, Reply
from bot.domain.notices.days import instant_of
from bot.domain.notices.reminder import Reminder
from bot.domain.people import Person
from bot.phrases.reminding import KEEP_ALL, LIST, YES, move_words, of_zone, set_words
from bot.phrases.times import moment_in_full

LISTED = 20  # reminders that were told
_MOST_SHOWN = 5
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


def was_moved(reminder: Reminder, person: Person, *, new: bool) -> Reply:
    """The receipt of a move."""
    at = moment_in_full(reminder.at, person.zone)
    if not new:
        return _reply((f"Reminder {reminder.number} is on {at} already.",), (LIST,))
    return _reply((f"Moved: reminder {reminder.number} is now on {at}: {reminder.text}.",), (LIST,))


def cancelled(reminder: Reminder, zone: ZoneInfo, *, now: datetime) -> Reply:
    """It is gone, and how to have it back."""
    text = f"Cancelled: reminder {reminder.number} ({reminder.text})."
    if reminder.at <= now:
        return _reply((text,), (LIST,))
    words = set_words(reminder.at, reminder.text, zone)
    back = f"I can set it again: {words}"
    return _reply((text, back), (Choice(label="Set it again", says=words), LIST))


def ask_all(reminders: Sequence[Reminder], person: Person, *, now: datetime) -> Reply:
    """Before all of them are cancelled."""
    if not reminders:
        return listed(reminders, person, now=now)
    lines = tuple(_line(one, person.zone) for one in reminders)
    ask = f"Shall I cancel {_count(len(reminders))}?"
    return Reply(
        blocks=(Paragraph(text=ask), Bullets(items=lines)),
        choices=(
            Choice(label=YES, says="cancel all reminders now"),
            Choice(label="No, keep them", says=KEEP_ALL),
        ),
    )


def all_cancelled(reminders: Sequence[Reminder]) -> Reply:
    """All of them are gone."""
    if not reminders:
        return _reply(("You have set no reminders, so nothing was cancelled.",), ())
    return _reply((f"Cancelled: {_count(len(reminders))}.",), ())


def several_cancelled(reminders: Sequence[Reminder]) -> Reply:
    """Some of them are gone."""
    named = "; ".join(f"reminder {one.number} ({one.text})" for one in reminders)
    return _reply((f"Cancelled: {named}.",), (LIST,))


def all_kept() -> Reply:
    """None of them is cancelled."""
    return _reply(("All your reminders stay as they are.",), (LIST,))


def which(reminders: Sequence[Reminder], person: Person, *, now: datetime, some: bool) -> Reply:
    """Which of them is to be cancelled: `some` have the words that were said, or none has."""
    if not reminders:
        return listed(reminders, person, now=now)
    lead = "Several have those words." if some else "None of your reminders has those words."
    lines = tuple(_line(one, person.zone) for one in reminders)
    blocks = (Paragraph(text=f"{lead} Nothing was cancelled. Which one?"), Bullets(items=lines))
    return Reply(blocks=blocks, choices=tuple(_cancel(one.number) for one in reminders[:5]))


def _count(many: int) -> str:
    return "your one reminder" if many == 1 else f"all your {many} reminders"


def in_new_zone(
    said: Reply, own: Sequence[Reminder], before: ZoneInfo, zone: ZoneInfo, *, now: datetime
) -> Reply:
    """The reply to a choice of a zone, with what it makes of the reminders still to come."""
    coming = [one for one in own if one.at > now]
    moved = [one for one in coming if _wall(one.at, before) != _wall(one.at, zone)]
    if not moved:
        return said
    some = "1 reminder comes" if len(moved) == 1 else f"{len(moved)} reminders come"
    lead = f"Your {some} at the same instant as before, so at another hour of your clock:"
    lines = tuple(_line(one, zone) for one in moved[:_MOST_SHOWN])
    if more := len(moved) - _MOST_SHOWN if len(moved) > _MOST_SHOWN else 0:
        lines = (*lines, f"and {more} more. To see all of them, say: reminders.")
    keeps = tuple(move_words(one.number, _kept(one, before, zone), zone) for one in moved)
    how = Paragraph(text=f"To keep the local hour, say, for example: {keeps[0]}.")
    blocks = (*said.blocks, Paragraph(text=lead), Bullets(items=lines), how)
    choices = tuple(
        Choice(label=f"Keep the hour of reminder {one.number}", says=words)
        for one, words in zip(moved[:_MOST_SHOWN], keeps, strict=False)
        if _kept(one, before, zone) > now
    )
    return replace(said, blocks=blocks, choices=(*choices, *said.choices))


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _kept(one: Reminder, before: ZoneInfo, zone: ZoneInfo) -> datetime:
    """The instant at which the other zone's clocks show what the clock before was to show."""
    local = _wall(one.at, before)
    return instant_of(local.date(), local.time(), zone)


def listed(
    reminders: Sequence[Reminder], person: Person, *, now: datetime, untold: Collection[int] = ()
) -> Reply:
    """Every reminder to come and the newest that were told, and what can be done with them.

    `untold` are the numbers of those that were not told when they were due.
    """
    if not reminders:
        return _reply((f"You have set no reminders. Say, for example: {_EXAMPLE}.",), ())
    coming = [one for one in reminders if one.at > now]
    unsaid = [one for one in reminders if one.at <= now and one.number in untold]
    told = [one for one in reminders if one.at <= now and one.number not in untold]
    blocks: list[Paragraph | Bullets] = []
    newest, lost = told[-LISTED:], unsaid[-LISTED:]
    for lead, some in (
        ("To come:", coming),
        (f"Not told in time{_of_them(unsaid)}:", lost),
        (f"Told, and not marked as done{_of_them(told)}:", newest),
    ):
        if some:
            blocks.append(Paragraph(text=lead))
            blocks.append(Bullets(items=tuple(_line(one, person.zone) for one in some)))
    over = (*lost, *newest)
    first = (*coming, *over)[0].number
    how_to = f"Say: cancel reminder {first}, or move reminder {first} to Monday at 10."
    blocks += [Paragraph(text=line) for line in (how_to, *of_zone(person, now))]
    cancels = (_cancel(one.number) for one in coming[:5])
    dones = (
        Choice(label=f"Reminder {n} is done", says=f"done reminder-{n}")
        for n in (one.number for one in over[:5])
    )
    return Reply(blocks=tuple(blocks), choices=(*cancels, *dones))


def _of_them(some: Sequence[Reminder]) -> str:
    """How many there are, where not all are listed."""
    return f" (the newest {LISTED} of {len(some)})" if len(some) > LISTED else ""


def as_snoozed(reminder: Reminder, until: Mapping[str, datetime]) -> Reminder:
    """The reminder as it is listed where its matter, such as `reminder-3`, is snoozed `until`."""
    at = until.get(f"reminder-{reminder.number}")
    return replace(reminder, at=at, text=f"{reminder.text} (snoozed)") if at else reminder


def _cancel(number: int) -> Choice:
    return Choice(label=f"Cancel reminder {number}", says=f"cancel reminder {number}")


def _line(reminder: Reminder, zone: ZoneInfo) -> str:
    return f"{reminder.number}: {moment_in_full(reminder.at, zone)}: {reminder.text}"


def _reply(lines: Sequence[str], choices: tuple[Choice, ...]) -> Reply:
    return Reply(blocks=tuple(Paragraph(text=line) for line in lines), choices=choices)
