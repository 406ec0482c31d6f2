"""`carrel curated`: answers that people gave for good, and whether they are still given."""

from __future__ import annotations

from collections.abc import Iterable

import click

from bot.app import open_desk, open_knowledge, open_store
from bot.commands.lines import write_line
from bot.commands.progress_bar import encoding_bar
from bot.domain.handover import Curated
from bot.settings import Settings
from bot.usecases.curate_answer import Checked, check, probes


@click.command()
@click.option("--check", "checking", is_flag=True, help="Ask each question; exit code 1 if wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each.")
@click.pass_obj
def curated(settings: Settings, *, checking: bool, as_json: bool) -> None:
    """List the curated answers in force, or check that each still answers its questions."""
    store = open_store(settings)
    with store.uow() as uow:
        kept = uow.curated.all()
        wanted = probes(uow)
    if not checking:
        _list(kept, as_json=as_json)
        return
    with encoding_bar() as notify:
        desk = open_desk(store, open_knowledge(settings, notify))
    checked = check(desk, kept, wanted)
    for one in checked:
        _tell(one, as_json=as_json)
    if not all(one.ok for one in checked):
        raise SystemExit(1)
    if not as_json:
        click.echo(f"{_count(len(checked), 'question')} of {_count(len(kept), 'curated answer')}.")


def _list(kept: Iterable[Curated], *, as_json: bool) -> None:
    for one in kept:
        if as_json:
            write_line(
                {
                    "id": one.id,
                    "question": one.question,
                    "answer": one.answer,
                    "owner": one.owner,
                    "date": one.at.date().isoformat(),
                    "handover": one.handover,
                }
            )
        else:
            click.echo(f"{one.id}. {one.question}\n   {one.owner}, {one.at:%Y-%m-%d}: {one.answer}")


def _tell(one: Checked, *, as_json: bool) -> None:
    probe = one.probe
    if as_json:
        write_line(
            {
                "id": probe.curated.id,
                "question": probe.question,
                "ok": one.ok,
                "answered_by": one.answered_by,
            }
        )
        return
    instead = f"curated answer {one.answered_by}" if one.answered_by else "no curated answer"
    told = "ok     " if one.ok else "PROBLEM"
    end = "" if one.ok else f" (answered by {instead}; curate it in other words, or retire it)"
    click.echo(f"{told}  {probe.curated.id}: {probe.question}{end}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
