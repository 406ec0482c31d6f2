"""The command line: one table of commands, settings read once, errors as sentences."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click

from bot import log
from bot.commands.appoint import appoint
from bot.commands.ask import ask
from bot.commands.changes import show_changes
from bot.commands.chat import chat
from bot.commands.check_program import check_program
from bot.commands.curated import curated
from bot.commands.doctor import doctor
from bot.commands.dossier import dossier
from bot.commands.due import due
from bot.commands.enrol import enrol
from bot.commands.erase import erase
from bot.commands.export import export
from bot.commands.import_people import import_people
from bot.commands.import_record import import_archive
from bot.commands.intent import intent
from bot.commands.link import link
from bot.commands.mail_import import mail
from bot.commands.outbox import outbox
from bot.commands.read_mail import read_mail
from bot.commands.route import route
from bot.commands.serve import serve
from bot.commands.timeline import timeline
from bot.commands.unanswered import unanswered
from bot.commands.verify import verify
from bot.commands.worker import worker
from bot.errors import CarrelError, ConfigurationError, ProgramError
from bot.settings import read_settings

COMMANDS = (
    chat,
    serve,
    worker,
    ask,
    route,
    intent,
    read_mail,
    mail,
    check_program,
    enrol,
    appoint,
    import_people,
    link,
    dossier,
    export,
    verify,
    import_archive,
    erase,
    doctor,
    curated,
    unanswered,
    show_changes,
    outbox,
    due,
    timeline,
)


class Cli(click.Group):
    """Says what went wrong in a sentence on standard error; never a stack trace for bad input."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs a command: exit code 2 when settings or the pack are wrong, 1 for other errors."""
        try:
            return super().invoke(ctx)
        except (ConfigurationError, ProgramError) as error:
            click.echo(f"carrel: {error}", err=True)
            ctx.exit(2)
        except CarrelError as error:
            click.echo(f"carrel: {error}", err=True)
            ctx.exit(1)


@click.group(cls=Cli, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="carrel")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Carrel answers a certification candidate's questions, files evidence and tells progress.

    Settings come from the environment and from a file .env, for example CARREL_DATA.
    """
    for stream in (sys.stdin, sys.stdout):  # bytes that are no text become a mark, not a crash
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    settings = read_settings()
    log.configure(settings.log)
    ctx.obj = settings


def _use_program(ctx: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        ctx.obj = ctx.obj.model_copy(update={"program": folder})


for command in COMMANDS:
    command.params.append(
        click.Option(
            ["--program"],
            type=click.Path(file_okay=False, path_type=Path),
            metavar="DIR",
            help="Program pack to use instead of CARREL_PROGRAM.",
            expose_value=False,
            callback=_use_program,
        )
    )
    cli.add_command(command)
