"""`carrel erase`: forget a person, and name what is kept."""

from __future__ import annotations

import shutil

import click

from bot.app import Store, open_store, saved_for, utc_now
from bot.commands.lines import write_line
from bot.domain.program import Program
from bot.errors import Refused
from bot.knowledge.pack import load_pack
from bot.phrases import leaving
from bot.settings import Settings
from bot.usecases.erase_person import Erased, discard_bytes, erase_now, erase_person


@click.command()
@click.argument("candidate")
@click.option("--yes", is_flag=True, help="Erase without asking for the e-mail address.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line; needs --yes.")
@click.pass_obj
def erase(settings: Settings, candidate: str, *, yes: bool, as_json: bool) -> None:
    """Erase CANDIDATE, or anybody else (an e-mail address, #NUMBER or name): it cannot be undone.

    What would go is named first, and the e-mail address is asked for. What is kept is named after
    it. After a crash in between, erase #NUMBER again discards what was left.
    """
    if as_json and not yes:
        raise click.UsageError("--json needs --yes: nothing is asked then.")
    program, store = load_pack(settings.program).program, open_store(settings)
    if not yes:
        _confirm(store, program, candidate)
    done = erase_now(store.uow(), program, candidate, now=utc_now())
    discarded = discard_bytes(store.uow(), store.files, done.names)
    scrubbed = store.scrub()
    shutil.rmtree(saved_for(settings, done.person), ignore_errors=True)
    if as_json:
        write_line(_result(program, done, discarded=discarded, scrubbed=scrubbed))
    else:
        _tell(program, done, discarded=discarded, scrubbed=scrubbed)


def _confirm(store: Store, program: Program, who: str) -> None:
    """Tries it without keeping it, tells what would go, and has the address typed."""
    with store.uow() as uow:
        would = erase_person(uow, program, who, now=utc_now())
    if would.before:
        return
    for line in leaving.to_erase(would.person, would.went, len(would.names)):
        click.echo(line, err=True)
    typed = click.prompt("To erase it, type the e-mail address", err=True, default="")
    if typed.strip().lower() != would.person.email:
        raise Refused("That is not the e-mail address; nothing was erased.")


def _tell(program: Program, done: Erased, *, discarded: int, scrubbed: bool) -> None:
    number = done.person.id
    if done.before:
        click.echo(f"Person {number} was erased on {done.before:%Y-%m-%d at %H:%M} UTC.")
        click.echo(f"The bytes of {leaving.files(discarded)} were still to be discarded, if there.")
    else:
        click.echo(f"Erased {done.person.name}, person {number}:")
        for line in leaving.went_lines(done.went, discarded):
            click.echo(line)
        click.echo("Kept:")
        for line in leaving.kept(program):
            click.echo(f"- {line}")
    if not scrubbed:
        click.echo(
            "Deleted rows may still be read in the database's file, because another Carrel has it "
            f"open. Close it, then: carrel erase '#{number}'"
        )


def _result(program: Program, done: Erased, *, discarded: int, scrubbed: bool) -> dict[str, object]:
    return {
        "id": done.person.id,
        "before": done.before.isoformat() if done.before else None,
        "went": dict(done.went),
        "discarded": discarded,
        "shared": done.shared,
        "scrubbed": scrubbed,
        "kept": list(leaving.kept(program)),
    }
