"""What the staff are told together on a working day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.handover import HandedOver
from bot.domain.messages import Block, Bullets, Choice, Paragraph, Reply
from bot.domain.program import Program
from bot.domain.staff_digest import Late, StaffDigest, Unreached
from bot.phrases import missed_notices
from bot.phrases.answering import age, short
from bot.phrases.broadcast_reports import counts
from bot.phrases.groups import told
from bot.phrases.linking import name_of
from bot.phrases.talk import plain
from bot.phrases.times import moment, told_in_full

MOST = 8  # lines of one part: all of it stays one message
MOST_OVERDUE = 50  # where there is no room nothing else may tell of them
_BROKEN = (
    "People whom I tell nothing by the clock, because something that is kept of them is broken "
    "(whoever runs me can say carrel doctor, which tells what):"
)
_QUEUE = Choice(label="The queue", says="queue")
_QUESTIONS = Choice(label="Questions", says="questions")
_UNANSWERED = Choice(label="What was not answered", says="unanswered last 7 days")
_BROADCASTS = Choice(label="Broadcasts", says="broadcasts")


def overview(program: Program, found: StaffDigest, *, zone: ZoneInfo, now: datetime) -> Reply:
    """Everything that waits for the staff, part by part."""
    if found.empty:
        return plain("Nothing waits for the staff.")
    day = told_in_full(now.astimezone(zone).date())
    parts = [Paragraph(text=f"For the staff, {day}:"), *_parts(program, found, zone, now)]
    return Reply(blocks=tuple(parts), choices=_choices(found))


def _parts(program: Program, found: StaffDigest, zone: ZoneInfo, now: datetime) -> Iterator[Block]:
    if found.waiting:
        yield Paragraph(text=_waiting(found))
    overdue = [_overdue(program, one) for one in found.overdue]
    yield from _part("Overdue:", overdue, most=MOST_OVERDUE)
    yield from _part("Taken on, and resting:", [_idle(program, one) for one in found.idle])
    asked = [_question(one, now) for one in found.questions]
    yield from _part("Questions without a reply:", asked)
    lost = [_lost(one) for one in found.unreached]
    yield from _part("People whom nothing reaches:", lost)
    yield from _part(_BROKEN, list(found.broken))
    lead = "Asked in the last week, and not answered from documents:"
    yield from _part(lead, list(found.topics))
    missed = [missed_notices.line(program, one, zone) for one in found.missed]
    yield from _part(missed_notices.LEAD, missed)
    if any(one.who for one in found.missed):
        yield Paragraph(text=missed_notices.TO_DO)
    running = [
        f"Broadcast {one.broadcast.id} to {told(program, one.broadcast)}: {counts(one)}"
        for one in found.running
    ]
    yield from _part("Being sent:", running)
    troubled = [
        f"{name_of(one.channel)}: {one.state} since {moment(one.since, zone)}. {one.told}".strip()
        for one in found.troubled
    ]
    yield from _part("Channels in trouble:", troubled)


def _part(lead: str, lines: list[str], *, most: int = MOST) -> Iterator[Block]:
    if lines:
        more = len(lines) - most
        rest = [f"and {more} more"] if more > 0 else []
        yield Paragraph(text=lead)
        yield Bullets(items=tuple(lines[:most] + rest))


def _waiting(found: StaffDigest) -> str:
    verb = "submission waits" if found.waiting == 1 else "submissions wait"
    since = f"the longest for {_days(found.longest)}" if found.longest else "all since today"
    return f"{found.waiting:,} {verb} for a decision, {since}."


def _overdue(program: Program, one: Late) -> str:
    title = program.set(one.set_id).title
    return f"Submission {one.number}, {one.who}, {title}: waits for {_days(one.days)}"


def _idle(program: Program, one: Late) -> str:
    title = program.set(one.set_id).title
    return f"Submission {one.number}, {title}: {one.who} did nothing for {_days(one.days)}"


def _question(one: HandedOver, now: datetime) -> str:
    on_it = f"{one.taken_name} has it" if one.taken_by else "nobody has taken it"
    return f"{one.number}: {short(one.question)} ({age(one.at, now)} ago; {on_it})"


def _lost(one: Unreached) -> str:
    were = " and ".join(map(name_of, one.lost))
    gone = f"; they were on {were}" if were else ""
    return f"{one.name}: mail to {one.email} comes back{gone}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _choices(found: StaffDigest) -> tuple[Choice, ...]:
    offered = (
        (found.waiting, _QUEUE),
        (found.questions, _QUESTIONS),
        (found.topics, _UNANSWERED),
        (found.running, _BROADCASTS),
    )
    return tuple(choice for there, choice in offered if there)
