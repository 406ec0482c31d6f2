"""Reminders that are set to another time, or put off before they are due."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from bot.domain.messages import Reply
from bot.domain.when.outcome import Either, Outcome, Unmet, When
from bot.domain.when.resolve import later_by
from bot.domain.when.stamp import STAMP
from bot.phrases import reminders
from bot.phrases import reminding as phrases
from bot.usecases import set_reminder
from handlers import reminder_answers as answers
from handlers.command import NUMBER
from handlers.request import Request

_ONE = rf"(?:my |the )?reminder[ -]?{NUMBER}"
MOVE = (
    rf"(?:move|change|reschedule|postpone|shift|push|delay|put off) {_ONE}(?: back| off| out)?"
    r"(?: (?P<by>(?:by|for)\b)?(?:(?:to|until|till)\b)?\s*(?P<text>.+))?"
)


_NAMED = re.compile(r"reminder-(?P<number>[0-9]{1,9})")
_UNTIL = re.compile(r"(?:until|till|to)\s+", re.IGNORECASE)
_FOR = re.compile(r"(?:for|by)\s+(?:another\s+)?", re.IGNORECASE)
_SOON = "1 hour"  # where nobody says for how long


def move(request: Request) -> tuple[Reply, ...]:
    """`move reminder 2 to Monday at 10`; at once where the time is said in figures."""
    person, now = request.actor(), request.now
    old = set_reminder.own_reminder(request.uow, person, request.number())
    words = request.args.get("text", "").strip()
    if not words:
        return (phrases.ask_move(old, person.zone),)
    if re.fullmatch(STAMP, words.rstrip(" ."), re.IGNORECASE):
        at = answers.instant(request, words.rstrip(" ."))
        kept = set_reminder.move_reminder(request.uow, person, old.number, at, now=now)
        return (reminders.was_moved(kept.reminder, person, new=kept.new),)
    local = old.at.astimezone(person.zone)
    found = _by(request, old.at, words) if request.args.get("by") else None
    found = found or answers.when_said(request, words)
    if isinstance(found, When) and found.clock_only and old.at > now:
        found = answers.when_said(request, f"{local:%Y-%m-%d} {words}") or found
    match found:
        case When():
            return (phrases.moved_back(old, found, person, now=now),)
        case Either():
            return (phrases.which_move(old.number, found, person.zone),)
        case Unmet():
            return (phrases.ask_move(old, person.zone, why=phrases.unmet(found)),)
    why = f"I do not understand {words!r} as a time."
    return (phrases.ask_move(old, person.zone, why=why),)


def put_off(request: Request, matter: str, words: str) -> Reply | None:
    """`snooze reminder-2 1 hour` before it is due: so much later than it is set for.

    None where nothing of that name is still to come.
    """
    found = _NAMED.fullmatch(matter)
    old = request.uow.reminders.numbered(request.actor(), int(found["number"])) if found else None
    if old is None or old.at <= request.now:
        return None
    lead = _UNTIL.match(words)
    by = "" if lead else "by"
    said = words[lead.end() :] if lead else _FOR.sub("", words, count=1)
    args = {"number": f"{old.number}", "text": said or _SOON, "by": by}
    return move(replace(request, args=args))[0]


def _by(request: Request, at: datetime, words: str) -> Outcome | None:
    """So much later than it is set for, or than now where it was told already."""
    start = max(at, request.now)
    return later_by(words, since=start, zone=request.actor().zone, now=request.now)
