"""`carrel dossier`: a submission as a folder."""

from __future__ import annotations

from pathlib import Path

import click

from bot.app import open_store, utc_now
from bot.errors import NotFound
from bot.knowledge.pack import load_pack
from bot.settings import Settings
from bot.usecases.build_dossier import build_dossier
from storage.papers.dossier import INDEX, HtmlDossiers, check_new


@click.command()
@click.argument("number", type=click.IntRange(1, 1_000_000_000))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def dossier(settings: Settings, number: int, folder: Path) -> None:
    """Write submission NUMBER to FOLDER: its files by section, their hashes, and a page on top.

    What is new since the round before comes first on the page. FOLDER must be new or empty.
    """
    check_new(folder)
    program = load_pack(settings.program).program
    store, now = open_store(settings), utc_now()
    with store.uow() as uow:
        submission = uow.submissions.get(number)
        if submission is None:
            raise NotFound(f"There is no submission {number}.")
        given = build_dossier(uow, program, submission)
        uow.trail.append(
            at=now,
            actor="operator",
            action="read-dossier",
            subject=f"person:{submission.person_id}",
            details={"submission": str(number)},
        )
        uow.commit()
    HtmlDossiers(store.files).write_folder(given, folder)
    click.echo(f"Wrote {len(given.files)} files of submission {number}; open {folder / INDEX}.")
