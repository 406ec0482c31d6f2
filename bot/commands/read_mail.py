"""`carrel read-mail`: what Carrel would make of a mail; sends and stores nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.lines import Line, each_line, text_of, write_line
from bot.errors import NotFound
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.commands.mail_account import MailReader

_STEP = 50  # mails between two looks at how far it is


@click.command("read-mail")
@click.argument("file", required=False)
@click.option("--address", default="", help="Carrel's own address instead of CARREL_MAIL_ADDRESS.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each mail.")
@click.pass_obj
def read_mail(settings: Settings, file: str | None, *, address: str, as_json: bool) -> None:
    """Tell what is in FILE, a mail as it was saved. A dry run: nothing is sent or stored.

    With - (and --json) files are read from standard input, one JSON object a line:
    {"id": 1, "path": "mail.eml"}. The network is asked only when CARREL_DNS names whom.
    """
    from bot.commands.mail_account import mail_reader, told

    if not file:
        raise click.UsageError("Give a file, or - to read JSON lines.")
    reader = mail_reader(settings, address)
    if file == "-":
        each_line(sys.stdin, _counted(lambda line: _line(reader, line)))
    elif as_json:
        write_line({"id": None, **reader.account(_bytes(Path(file)))})
    else:
        for text in told(reader.account(_bytes(Path(file)))):
            click.echo(text)


def _line(reader: MailReader, given: Line) -> dict[str, object]:
    path = Path(text_of(given, "path"))
    return {"id": given.get("id"), **reader.account(_bytes(path))}


def _bytes(path: Path) -> bytes:
    """The file, or one byte more than a mail may have."""
    from channels.email.reading.allowance import LARGEST_MAIL

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_MAIL + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or str(error)
        raise NotFound(f"The mail {str(path)[:200]!r} cannot be read ({why}): check it.") from error


def _counted(work: Callable[[Line], dict[str, object]]) -> Callable[[Line], dict[str, object]]:
    """Tells on the terminal how many are done, where the lines themselves go elsewhere."""
    if sys.stdout.isatty() or not sys.stderr.isatty():
        return work
    done = 0

    def counting(line: Line) -> dict[str, object]:
        nonlocal done
        done += 1
        if not done % _STEP:
            sys.stderr.write(f"\rMails read: {done:,} ")
        return work(line)

    return counting
