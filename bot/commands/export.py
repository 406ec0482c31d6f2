"""`carrel export`: a candidate's whole record as one archive."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.app import Store, open_store, utc_now
from bot.commands.lines import write_line
from bot.errors import NotFound, Refused
from bot.knowledge.pack import load_pack
from bot.phrases.filing import size
from bot.settings import Settings
from bot.usecases.export_record import Export, export_record, note_export
from storage.archive.writing import write_archive


@click.command()
@click.argument("candidate")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE when it is there already.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def export(settings: Settings, candidate: str, file: Path, *, force: bool, as_json: bool) -> None:
    """Write the whole record of CANDIDATE (an e-mail address, number or name) to FILE, a ZIP.

    The archive opens in any browser, without Carrel. `carrel verify FILE` checks it anywhere.
    """
    if file.exists() and not force:
        raise Refused(f"{file} is there already: name another file, or replace it with --force.")
    store = open_store(settings)
    record = _gathered(settings, store, candidate)
    written = _written(store, record, file)
    if record.trail_broken_at is not None:
        line = record.trail_broken_at
        click.echo(
            f"carrel: the audit trail is broken at line {line}: see README.txt. This export is not "
            "on it.",
            err=True,
        )
    if as_json:
        write_line(_result(record, store, file=file, size=written))
        return
    who = record.candidate.person.name
    click.echo(f"Wrote {file}: {len(record.files)} files of {who}, {size(written)}.")
    click.echo(f"Check it anywhere: carrel verify {file} --key {store.signer.public_key}")


def _gathered(settings: Settings, store: Store, candidate: str) -> Export:
    program = load_pack(settings.program).program
    with store.uow() as uow:
        person = uow.people.find(candidate)
        if person is None:
            raise NotFound(f"Nobody is called {candidate!r}: give the e-mail address on record.")
        record = export_record(uow, person, program=program, signer=store.signer)
        if record.trail_broken_at is None:  # else nothing is put onto what may not be believed
            note_export(uow, person, now=utc_now())
        uow.commit()
    return record


def _written(store: Store, record: Export, file: Path) -> int:
    """Outside of the transaction: others may go on filing while this reads large files."""
    bar = click.progressbar(
        length=sum(one.evidence.size for one in record.files),
        label="Writing the archive",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    )
    with bar:
        return write_archive(
            file, record, files=store.files, signer=store.signer, advance=bar.update
        )


def _result(record: Export, store: Store, *, file: Path, size: int) -> dict[str, object]:
    return {
        "path": str(file),
        "candidate": record.candidate.person.id,
        "files": len(record.files),
        "bytes": size,
        "as_of": record.as_of.isoformat(),
        "public_key": store.signer.public_key,
        "trail_broken_at": record.trail_broken_at,
    }
