"""`carrel unanswered`: what was asked and not answered, grouped."""

from __future__ import annotations

from datetime import UTC

import click

from bot.app import open_desk, open_knowledge, open_store, utc_now
from bot.commands.lines import write_line
from bot.commands.progress_bar import encoding_bar
from bot.settings import Settings
from bot.usecases.report_unanswered import USUAL_DAYS, declined, grouped, told

MOST = 5000  # questions; encoding them takes up to half a minute


@click.command()
@click.option(
    "--days",
    type=click.IntRange(min=1, max=36_500),
    default=USUAL_DAYS,
    show_default=True,
    help="How far back to look.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each group.")
@click.pass_obj
def unanswered(settings: Settings, *, days: int, as_json: bool) -> None:
    """List what was asked and not answered from documents, grouped, most often asked first."""
    store = open_store(settings)
    with store.uow() as uow:
        found = declined(uow, days=days, most=MOST, now=utc_now())
    with encoding_bar() as notify:
        desk = open_desk(store, open_knowledge(settings, notify))
    groups = grouped(desk, found)
    for group in groups:
        if not as_json:
            click.echo(told(group, UTC))
            continue
        write_line(
            {
                "count": group.count,
                "example": group.example,
                "newest": group.newest.isoformat(),
                "handover": group.handover,
                "curated": group.curated,
                "declined_again": group.again,
            }
        )
    if not groups and not as_json:
        click.echo(f"In the last {days} days nothing was asked that was not answered.")
