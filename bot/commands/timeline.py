"""`carrel timeline`: a year of one person, as messages they would get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import click

from bot.app import open_store, utc_now
from bot.commands.broken import into, tell_broken
from bot.commands.foreseen import Serving, as_json_line, kinds_of, lines_of, serving, where_of
from bot.commands.lines import write_line
from bot.domain.filenames import printable
from bot.domain.limits import EARLIEST, LATEST
from bot.domain.notices.days import day_in
from bot.domain.notices.kinds import Audience
from bot.domain.notices.notice import Noted
from bot.domain.people import Person
from bot.domain.program import Program
from bot.knowledge.pack import load_pack
from bot.ports import UnitOfWork
from bot.settings import Settings
from bot.usecases.broken_people import guarded
from bot.usecases.foresee import Foreseen
from bot.usecases.see_due import person_of
from bot.usecases.see_timeline import ClockChange, Timeline, see_timeline

LONGEST_DAYS = 3_660
GAP = 30  # days without a message from which on it is told
_ASSUMED = (
    "This is what would be said if nothing happened from now on: nothing filed, submitted or "
    "decided, no day moved. News of what happens, broadcasts and the staff's digest are not in it."
)
_NOTHING_NOTED = (
    "Of the days that are past the books have nothing: nothing was said by the clock. For answers "
    "and what else was sent: carrel outbox --to PERSON."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line at a day and, unless it is about the whole day, a time; `more` stand below."""

    day: date
    time: str
    words: str
    more: tuple[str, ...] = ()
    says: bool = True  # whether it is a message


@click.command()
@click.argument("person")
@click.option(
    "--from", "begins", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Today if absent."
)
@click.option("--days", type=click.IntRange(1, LONGEST_DAYS), default=365, show_default=True)
@click.option("--full", is_flag=True, help="All that is said, not only how it begins.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each message.")
@click.pass_obj
def timeline(settings: Settings, /, person: str, *, full: bool, as_json: bool, **span: Any) -> None:
    """Tell what PERSON (an e-mail address on record, or #NUMBER) will be told, month by month.

    It follows from their state as it is now, at their own times, with quiet hours, digests and
    changes of the clock; days that are past are told as the books have them. Nothing is written.
    """
    program, begins = load_pack(settings.program).program, span["begins"]
    if begins and not EARLIEST <= begins.year <= LATEST:
        raise click.BadParameter(f"is not of {EARLIEST} to {LATEST}.", param_hint="--from")
    store, broken, reached = open_store(settings), dict[int, str](), serving(settings)

    def lines(uow: UnitOfWork, who: Person) -> Sequence[str | Mapping[str, object]]:
        first = begins.date() if begins else None
        days, now = span["days"], utc_now()
        found = see_timeline(uow, program, who, begins=first, days=days, now=now)
        if as_json:
            return tuple(_as_json(program, found, reached))
        return tuple(_told(program, found, reached, full=full))

    with store.uow() as uow:
        who = person_of(uow, person)
        found = guarded(into(broken), who.id, lines, uow, who)
    for line in found or ():
        if isinstance(line, str):
            click.echo(line)
        else:
            write_line(line)
    tell_broken(store, broken)


def _as_json(program: Program, found: Timeline, reached: Serving) -> Iterator[Mapping[str, object]]:
    zone = found.person.zone
    for noted in found.noted:
        yield {
            "past": _ended(found, noted),
            "at": noted.at.isoformat(),
            "local": noted.at.astimezone(zone).isoformat(),
            "zone": zone.key,
            "key": noted.key,
            "kind": noted.kind,
            "matter": noted.matter,
        }
    for one in found.foreseen:
        yield {"past": None, **as_json_line(program, one, zone, reached)}


def _told(program: Program, found: Timeline, reached: Serving, *, full: bool) -> Iterator[str]:
    who, zone = found.person, found.person.zone
    last = found.ends - timedelta(days=1)
    yield printable(f"{who.name} ({who.email}), {found.begins} to {last}, times of {zone.key}.")
    yield f"{_ASSUMED} {_wishes(found)}"
    if found.begins < day_in(utc_now(), zone) and not found.noted:
        yield _NOTHING_NOTED
    lines = sorted(_lines(program, found, reached, full=full), key=lambda one: (one.day, one.time))
    gaps = _gaps(found, [one.day for one in lines if one.says])
    lines = sorted((*lines, *gaps), key=lambda one: one.day)  # a gap is told where it begins
    for month, inside in groupby(lines, key=lambda one: f"{one.day:%B %Y}"):
        yield f"\n{month}"
        for one in inside:
            yield f"  {one.day:%a %d}  {one.time or '     '}  {one.words}"
            yield from (f"{'':17}{line}" for line in one.more)


def _wishes(found: Timeline) -> str:
    quiet = found.quiet
    hours = "No quiet hours"
    if quiet and quiet.begins != quiet.ends:
        hours = f"Quiet hours from {quiet.begins:%H:%M} to {quiet.ends:%H:%M}"
    others = (f", {kind} {often.value}" for kind, often in sorted(found.cadences.items()))
    return f"{hours}; what can wait comes {found.cadence.value}{''.join(others)}."


def _lines(program: Program, found: Timeline, reached: Serving, *, full: bool) -> Iterator[_Line]:
    yield from (_noted(program, found, one) for one in found.noted)
    yield from (_foreseen(program, found, one, reached, full=full) for one in found.foreseen)
    yield from (_changed(found, one) for one in found.changes)


def _noted(program: Program, found: Timeline, noted: Noted) -> _Line:
    local, kind = noted.at.astimezone(found.person.zone), program.notices.kinds.get(noted.kind)
    title = kind.title if kind else noted.kind
    staffs = kind is not None and kind.to is Audience.STAFF
    to = ", to the staff" if staffs else ""
    words = printable(f"{_ended(found, noted)}{to}: {title} ({noted.matter})")
    return _Line(day=local.date(), time=f"{local:%H:%M}", words=words, says=not staffs)


def _ended(found: Timeline, noted: Noted) -> str:
    return "waits" if noted.message in found.waiting else noted.ending.value


def _foreseen(
    program: Program, found: Timeline, one: Foreseen, reached: Serving, *, full: bool
) -> _Line:
    local = one.at.astimezone(found.person.zone)
    waited = "" if one.message is None else _waited(one, local)
    return _Line(
        day=local.date(),
        time=f"{local:%H:%M}",
        words=printable(f"{where_of(one, reached)}: {kinds_of(one)}{waited}"),
        more=tuple(lines_of(program, one, full=full)),
        says=one.message is not None,
    )


def _waited(one: Foreseen, local: datetime) -> str:
    """Since when what was not said at its own time was due."""
    due = min((notice.at for notice in one.notices), default=one.at)
    if due >= one.at:
        return ""
    return f" (due {due.astimezone(local.tzinfo):%a %Y-%m-%d %H:%M})"


def _changed(found: Timeline, change: ClockChange) -> _Line:
    way = "forward" if change.by > timedelta() else "back"
    minutes = abs(change.by) // timedelta(minutes=1)
    length = "1 hour" if minutes == 60 else f"{minutes} minutes"
    words = f"clocks go {way} by {length} ({found.person.zone.key})"
    return _Line(day=change.day, time="", words=words, says=False)


def _gaps(found: Timeline, days: list[date]) -> Iterator[_Line]:
    """Stretches in which nothing is said."""
    since = found.begins
    for day in (*days, found.ends):
        count = (day - since).days
        if count > GAP:
            yield _Line(day=since, time="", words=f"nothing for {count} days", says=False)
        since = day + timedelta(days=1)
