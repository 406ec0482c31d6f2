"""`carrel import`: take on a record that another installation exported."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.app import Store, open_store, utc_now
from bot.commands.lines import write_line
from bot.commands.verify import public_key
from bot.domain.program import Program
from bot.errors import Refused
from bot.knowledge.pack import load_pack
from bot.phrases import leaving
from bot.settings import Settings
from bot.usecases.import_record import Imported, Origin, check_importable, import_record
from storage.archive.reading import Archive, keep_bytes, open_archive


@click.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    callback=public_key,
    metavar="PUBLICKEY",
    help="The other installation's public key, which its carrel doctor tells; an archive signed by "
    "any other is refused.",
)
@click.option("--trust", is_flag=True, help="Take the archive's word for whose key it is.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def import_archive(
    settings: Settings, file: Path, *, key: str | None, trust: bool, as_json: bool
) -> None:
    """Take on the record in FILE, a ZIP that carrel export made on another installation.

    The archive is checked first, and refused when anything in it was altered. The candidate is new
    here; what cannot be carried over is named.
    """
    program, store = load_pack(settings.program).program, open_store(settings)
    with open_archive(file, trusted_key=key) as archive:
        if key is None and not trust:
            raise Refused(
                f"{file} is whole and was signed by the key {archive.public_key}. Whose key is "
                "that? Give the one that carrel doctor tells on the other installation, with --key "
                "PUBLICKEY, or take the archive's own word for it, with --trust. Nothing was "
                "imported."
            )
        done, origin = _imported(store, program, archive)
        if as_json:
            write_line(_result(archive, done, origin))
        else:
            _tell(archive, done, origin)


def _imported(store: Store, program: Program, archive: Archive) -> tuple[Imported, Origin]:
    """The bytes first: a row never tells of bytes that are not there."""
    with store.uow() as uow:
        check_importable(uow, program, archive.record)
    bar = click.progressbar(
        length=sum(one.size for one in archive.record.files),
        label="Keeping the files",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    )
    with bar:
        name = keep_bytes(archive, store.files, advance=bar.update)
    origin = Origin(archive=name, public_key=archive.public_key)
    with store.uow() as uow:
        done = import_record(uow, program, archive.record, origin, now=utc_now())
        uow.commit()
    return done, origin


def _tell(archive: Archive, done: Imported, origin: Origin) -> None:
    person, record = done.candidate.person, archive.record
    who = f"{person.name} ({person.email})"
    known = ", who was known here already," if done.known else ""
    click.echo(f"Imported {who}{known} as person {person.id}: {leaving.imported(record)}.")
    if done.submissions:
        click.echo(leaving.renumbered(done.submissions))
    for old, new in done.tokens.items():
        click.echo(f"Request {old} has another code here, since somebody has that one: {new}.")
    for line in leaving.left_behind(record):
        click.echo(line)
    click.echo(f"The archive is kept under its SHA-256: {origin.archive}")


def _result(archive: Archive, done: Imported, origin: Origin) -> dict[str, object]:
    record = archive.record
    return {
        "id": done.candidate.person.id,
        "email": done.candidate.person.email,
        "known": done.known,
        "files": len(record.files),
        "statements": len(record.statements),
        "submissions": {str(old): new for old, new in done.submissions.items()},
        "requests": len(record.requests),
        "appeals": len(record.appeals),
        "tokens": dict(done.tokens),
        "left_behind": list(leaving.left_behind(record)),
        "archive": origin.archive,
        "public_key": origin.public_key,
    }
