"""`carrel check-program`: is a pack whole, and if not, where and what to do."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.lines import write_line
from bot.errors import ProgramError
from bot.knowledge.pack import load_pack
from bot.settings import Settings


@click.command(name="check-program")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def check_program(settings: Settings, folder: Path | None, *, as_json: bool) -> None:
    """Check the program pack in FOLDER (default: the one in use).

    Prints FILE:LINE: what is wrong and what to do, for every fault. Exit code 1 when there is any.
    """
    place = folder or settings.program
    try:
        pack = load_pack(place)
    except ProgramError as error:
        if as_json:
            write_line({"folder": str(place), "ok": False, "faults": list(error.faults)})
        for fault in error.faults:
            click.echo(fault, err=True)
        raise SystemExit(1) from error
    program = pack.program
    counts = {
        "sets": len(program.sets),
        "competencies": sum(len(s.competencies) for s in program.sets),
        "passages": len(pack.passages),
    }
    if as_json:
        write_line({"folder": str(place), "ok": True, "faults": [], **counts})
    else:
        told = ", ".join(f"{count} {what}" for what, count in counts.items())
        click.echo(f"{program.name}: {told}. No faults.")
