"""`carrel worker`: handles and sends, beside a process that listens."""

from __future__ import annotations

import click

from bot.commands.serve import run
from bot.settings import Settings


@click.command()
@click.pass_obj
def worker(settings: Settings) -> None:
    """Handle and answer what another process received, until stopped. Any number may run.

    It takes the same settings as carrel serve. Several machines need PostgreSQL
    (CARREL_DATABASE_URL) and one place for the files (CARREL_FILES_URL).
    """
    run(settings, listening=False)
