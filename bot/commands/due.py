"""`carrel due`: what would be said on a day, to whom, and by which rule."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import click

from bot.app import open_store, utc_now
from bot.commands.broken import into, tell_broken
from bot.commands.foreseen import Serving, as_json_line, kinds_of, lines_of, serving, where_of
from bot.commands.lines import write_line
from bot.commands.zones import ZONE
from bot.domain.filenames import printable
from bot.domain.limits import EARLIEST, LATEST
from bot.domain.program import Program
from bot.knowledge.pack import load_pack
from bot.settings import Settings
from bot.usecases.foresee import Foreseen
from bot.usecases.see_due import When, person_of, see_due

_BESIDE = "News of what happens, broadcasts and the staff's digest are not among them."
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@click.command()
@click.option("--at", required=True, metavar="WHEN", help="2026-12-02, or 2026-12-02T09:00.")
@click.option("--zone", type=ZONE, metavar="ZONE", help="Where WHEN is; else each person's own.")
@click.option("--person", default="", metavar="WHO", help="E-mail address on record, or #NUMBER.")
@click.option("--full", is_flag=True, help="All that is said, not only how it begins.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each message.")
@click.pass_obj
def due(
    settings: Settings,
    at: str,
    zone: ZoneInfo | None,
    person: str,
    *,
    full: bool,
    as_json: bool,
) -> None:
    """Tell what would be said on a day, as everything stands now: when, to whom, why.

    A day is that day where each person lives, with what is said before it out of the way. With a
    time of day it is what one sweep would say then that found nobody had swept since now; such a
    time is UTC unless it has an offset or --zone says otherwise. Nothing is written or sent.
    Exit code 1 when somebody could not be worked out, who is named then.
    """
    when, now = _when(at, zone), utc_now()
    program, store = load_pack(settings.program).program, open_store(settings)
    tell = partial(_tell, program, reached=serving(settings), full=full, as_json=as_json)
    with store.uow() as uow:
        chosen = (person_of(uow, person).id,) if person else None
        total = len(chosen) if chosen else uow.situations.count()
    said, people, broken = 0, 0, dict[int, str]()
    label, hidden = "Looking at people", not sys.stderr.isatty()
    with click.progressbar(length=total, label=label, file=sys.stderr, hidden=hidden) as bar:
        looking = see_due(store.uow, program, when, people=chosen, now=now, fault=into(broken))
        for count, found in looking:
            bar.update(count)
            if found and sys.stderr.isatty():
                click.echo("\r\x1b[K", nl=False, err=True)  # lines do not begin behind the bar
            for one in found:
                tell(one, zone or one.person.zone)
            said += len(found)
            people += len({one.person.id for one in found})
    if not as_json:
        click.echo(f"{at}: {_counted(said, people, total)}. {_BESIDE}")
    tell_broken(store, broken)


def _tell(
    program: Program, one: Foreseen, where: ZoneInfo, *, reached: Serving, full: bool, as_json: bool
) -> None:
    if as_json:
        write_line(as_json_line(program, one, where, reached))
    else:
        click.echo(_told(program, one, where, reached, full=full))


def _counted(said: int, people: int, total: int) -> str:
    messages = "1 message" if said == 1 else f"{said:,} messages"
    everybody = "1 person" if total == 1 else f"{total:,} people"
    return f"{messages} to {people:,} of {everybody}"


def _told(program: Program, one: Foreseen, where: ZoneInfo, reached: Serving, *, full: bool) -> str:
    local, there = one.at.astimezone(where), one.at.astimezone(one.person.zone)
    own = "" if where == one.person.zone else f"; {there:%a %H:%M} {one.person.time_zone}"
    head = (
        f"{one.person.name} ({one.person.email}): {local:%a %Y-%m-%d %H:%M} ({where.key}{own}), "
        f"{where_of(one, reached)}, {kinds_of(one)}"
    )
    return "\n   ".join((printable(head), *lines_of(program, one, full=full)))


def _when(at: str, zone: ZoneInfo | None) -> When:
    try:
        if not EARLIEST <= int(at[:4]) <= LATEST:
            raise click.BadParameter(f"is not of {EARLIEST} to {LATEST}.", param_hint="--at")
        if _DAY.fullmatch(at):
            return When(day=date.fromisoformat(at), zone=zone)
        instant = datetime.fromisoformat(at)
    except ValueError:
        raise click.BadParameter(
            f"{at!r} is no day like 2026-12-02, and no time like 2026-12-02T09:00.",
            param_hint="--at",
        ) from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone or UTC)
    return When(at=instant.astimezone(UTC), zone=zone)
