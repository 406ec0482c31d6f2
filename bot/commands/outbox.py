"""`carrel outbox`: what waits to be said, what was said, and what was not, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

import click

from bot.app import open_store
from bot.commands.broken import into
from bot.commands.lines import write_line
from bot.domain.filenames import printable
from bot.domain.notices.kinds import Kind, Moment
from bot.knowledge.pack import load_pack
from bot.phrases.ways import by_way
from bot.ports import Standing
from bot.settings import Settings
from bot.usecases.see_outbox import Asked, Seen, see_outbox

MOST = 100_000
_OTHERS = ("again", "digest", "reminder")  # beside the kinds of the program


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command was called with."""

    state: str | None
    to: str
    kind: str
    since: datetime | None

    @property
    def asked(self) -> Asked:
        """What is looked for."""
        return Asked(
            standing=Standing(self.state) if self.state else None,
            who=self.to,
            kind=self.kind,
            since=self.since.replace(tzinfo=UTC) if self.since else None,
        )


@click.command()
@click.option("--state", type=click.Choice([one.value for one in Standing]), help="Only those.")
@click.option("--to", default="", metavar="WHO", help="Only to a person, or a CHANNEL:PLACE.")
@click.option("--kind", default="", metavar="KIND", help="Only notices of that kind.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what is due, or ended, on that day (in UTC) or later.",
)
@click.option("--limit", type=click.IntRange(1, MOST), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each message.")
@click.pass_obj
def outbox(settings: Settings, /, *, limit: int, as_json: bool, **options: Any) -> None:
    """List what Carrel has to say: waiting, sent, failed, or not sent since it was no use any more.

    What waits comes with the longest due first where it alone is asked for; else the newest first.
    Of reminders that people set themselves the words are not shown. The last line counts all there
    are, by state. Nothing is changed. Exit code 1 when one cannot be read, which is named then.
    """
    wanted = Options(**options)
    if wanted.kind:
        _check_kind(wanted.kind, load_pack(settings.program).program.notices.kinds)
    broken: dict[int, str] = {}
    with open_store(settings).uow() as uow:
        counts, found = see_outbox(uow, wanted.asked, limit=limit, fault=into(broken))
    for one in found:
        if as_json:
            write_line(as_json_line(one))
        else:
            click.echo(_told(one))
    if not as_json:
        click.echo(_counted(counts, shown=len(found)))
    for number, why in broken.items():
        click.echo(f"carrel: message {number} cannot be read: {why}", err=True)
    if broken:
        raise SystemExit(1)


def _check_kind(kind: str, known: Mapping[str, Kind]) -> None:
    """Fails for what no message is of, with what there is."""
    if kind in known and known[kind].mandatory and known[kind].moment is Moment.HAPPENS:
        raise click.BadParameter(
            f"Messages about {known[kind].title} cannot be told from answers, since nobody may "
            "decline them. Look for those to somebody: --to WHO.",
            param_hint="--kind",
        )
    each = sorted({*known, *_OTHERS})
    if kind not in each:
        near = get_close_matches(kind, each, n=5) or each
        raise click.BadParameter(
            f"{kind!r} is no kind of notice: there are {', '.join(near)}.", param_hint="--kind"
        )


def as_json_line(seen: Seen) -> Mapping[str, object]:
    """One message for programs."""
    one, message = seen.listed, seen.listed.message
    return {
        "id": one.id,
        "state": one.standing.value,
        "due": one.due.isoformat(),
        "ended": one.ended_at.isoformat() if one.ended_at else None,
        "channel": message.to.channel,
        "to": message.to.value,
        "conversation": message.conversation,
        "person": seen.person.id if seen.person else None,
        "email": seen.person.email if seen.person else None,
        "kind": seen.kind,
        "notices": list(message.notices),
        "attempts": one.attempts,
        "why": one.reason,
        "begins": seen.begins,
    }


def _told(seen: Seen) -> str:
    one, message = seen.listed, seen.listed.message
    name, way = seen.person.name if seen.person else "", by_way(message.to)
    facts = [
        f"{one.id}: {one.standing.value}, {_when(one.ended_at, one.due)}",
        f"to {name} {way}" if name else f"to {message.to}",
        seen.kind,
        f"{one.attempts} attempts" if one.attempts > 1 else "",
    ]
    lines = [", ".join(fact for fact in facts if fact)]
    lines += [f"why: {one.reason}"] if one.reason else []
    lines += [seen.begins] if seen.begins else []
    return "\n   ".join(map(printable, lines))


def _when(ended: datetime | None, due: datetime) -> str:
    return f"{ended:%Y-%m-%d %H:%M} UTC" if ended else f"due {due:%Y-%m-%d %H:%M} UTC"


def _counted(counts: Mapping[Standing, int], *, shown: int) -> str:
    told = ", ".join(f"{count:,} {standing.value}" for standing, count in counts.items())
    return f"Shown: {shown:,}. In all: {told}."
