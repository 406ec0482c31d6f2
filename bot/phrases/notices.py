"""What a notice says: the pack's words with today's figures, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import zip_longest
from string import ascii_uppercase

from bot.domain.messages import Block, Choice, Paragraph, Reply
from bot.domain.notices.days import day_in
from bot.domain.notices.kinds import DEADLINES, Audience, Kind, Moment
from bot.domain.notices.late import is_late
from bot.domain.notices.notice import Notice
from bot.domain.overdue import office_zone
from bot.domain.people import Person
from bot.domain.program import Program
from bot.phrases.counted import counted
from bot.phrases.notice_values import days_from, values
from bot.phrases.notice_ways import ways
from bot.phrases.times import moment_in_full

MOST_CHOICES = 6  # in one digest
SNOOZE_DAYS = 3
_PUTS_OFF = (f"{SNOOZE_DAYS} days",)
_PUTS_OFF_OWN = ("1 hour", "until tomorrow")  # it was wanted at an hour, not in a season
_LATER = ("snooze ", "done ")
_SHOWS = "notices "  # how a kind is told, and what else there is to choose
_NO_DIGEST = Choice(label="Stop or change digests", says="notices")


def said(program: Program, notice: Notice, person: Person, *, now: datetime) -> Reply:
    """One notice as it stands now, where its reader is; `person` is whom it is about."""
    kind = program.notices.kinds[notice.kind]
    paragraphs = (part.strip() for part in words(program, notice, person, now=now).split("\n\n"))
    blocks = tuple(
        Paragraph(text=part) for part in (*paragraphs, _late(kind, notice, person, now)) if part
    )
    left = days_from(notice, _today(program, notice, person, now))
    on = ways(program, notice, moment=kind.moment, left=left)
    return Reply(blocks=blocks, choices=(*on, *_later(kind, notice, left), *stop(kind)))


def words(program: Program, notice: Notice, person: Person, *, now: datetime) -> str:
    """The pack's own, filled; staff count days as the office does."""
    kind, today = program.notices.kinds[notice.kind], _today(program, notice, person, now)
    text = kind.leads[notice.lead].text
    return text.format_map(values(program, notice, person, moment=kind.moment, today=today))


def _late(kind: Kind, notice: Notice, person: Person, now: datetime) -> str:
    """When it was for, where that is long over; else empty."""
    if not is_late(kind, notice, now=now):
        return ""
    return f"It was for {moment_in_full(notice.at, person.zone)}: I could not say it then."


def _today(program: Program, notice: Notice, person: Person, now: datetime) -> date:
    return day_in(now, office_zone(program) if notice.to is Audience.STAFF else person.zone)


def digest(
    program: Program,
    parts: Sequence[Reply],
    person: Person,
    *,
    now: datetime,
    more: Sequence[str] = (),
) -> Reply:
    """Several in one message: counted, each with its letter (choices have numbers), a way out.

    `more` are the kinds of what is only counted, one for each.
    """
    if len(parts) == 1 and not more:
        return parts[0]
    day = now.astimezone(person.zone)
    head = f"{program.short_name}, {day:%A}: {len(parts)} things in one message."
    blocks: list[Block] = [Paragraph(text=head)]
    for number, part in enumerate(parts, start=1):
        blocks += _numbered(number, part.blocks)
    if more:
        lead, lines = counted(program, more)
        blocks += [Paragraph(text=lead), lines]
    if how := _how(parts):
        blocks.append(Paragraph(text=how))
    return Reply(blocks=tuple(blocks), choices=(*_picked(parts), _NO_DIGEST))


def stop(kind: Kind) -> tuple[Choice, ...]:
    """Where nobody has to be told: how to hear less of that kind, in a digest, or none of it."""
    if kind.mandatory or kind.to is Audience.STAFF:
        return ()
    return (Choice(label="Stop or change these", says=f"{_SHOWS}{kind.id}"),)


def _later(kind: Kind, notice: Notice, left: int) -> Iterator[Choice]:
    """To put it off, unless it would be too late then; to be done with it, unless it must be."""
    if notice.to is Audience.STAFF:
        return
    if kind.moment not in DEADLINES or not 0 <= left <= SNOOZE_DAYS:
        for time in _PUTS_OFF_OWN if kind.moment is Moment.OWN else _PUTS_OFF:
            yield Choice(label=f"Snooze {time}", says=f"snooze {notice.matter} {time}")
    if not kind.mandatory or kind.moment is Moment.OWN:
        yield Choice(label="Done", says=f"done {notice.matter}")


def _numbered(number: int, blocks: Sequence[Block]) -> list[Block]:
    """A part below its letter, which stands before its first words."""
    first, *others = blocks
    if isinstance(first, Paragraph):
        return [replace(first, text=f"{_letter(number)}. {first.text}"), *others]
    return [Paragraph(text=f"{_letter(number)}."), *blocks]


def _letter(number: int) -> str:
    """A, B, C, so that a number is always a choice's; after Z numbers all the same."""
    return ascii_uppercase[number - 1] if number <= len(ascii_uppercase) else f"{number}"


def _how(parts: Sequence[Reply]) -> str:
    """How one of several is put off or done with: no button tells which one it is for."""
    puts_off = _matters(parts, _LATER[0])
    ends = _matters(parts, _LATER[1])
    names = {**puts_off, **ends}
    one = "one" if len(names) > 1 else _letter(next(iter(names), 1))
    told = []
    if puts_off:
        first = next(iter(puts_off.values()))
        told.append(f"To put {one} off, say, for example: snooze {first} {SNOOZE_DAYS} days.")
    if ends:
        told.append(f"To be done with {one}, say: done {next(iter(ends.values()))}.")
    if len(names) > 1:
        listed = ", ".join(
            f"{_letter(number)} is {matter}" for number, matter in sorted(names.items())
        )
        told.append(f"By name, {listed}.")
    return " ".join(told)


def _matters(parts: Sequence[Reply], verb: str) -> dict[int, str]:
    """The matter that such a choice names, by the number of its part."""
    return {
        number: choice.says.removeprefix(verb).split()[0]
        for number, part in enumerate(parts, start=1)
        for choice in part.choices
        if choice.says.startswith(verb)
    }


def _picked(parts: Sequence[Reply]) -> tuple[Choice, ...]:
    """The first choice of each part, then the second ones, up to what is easy to overlook."""
    others = (*_LATER, _SHOWS)
    ways = [[c for c in part.choices if not c.says.startswith(others)] for part in parts]
    turns = (choice for turn in zip_longest(*ways) for choice in turn if choice is not None)
    return tuple(dict.fromkeys(turns))[: MOST_CHOICES - 1]
