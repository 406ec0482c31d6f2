"""`carrel import-people`: enrol everyone in a CSV file or move their dates, line by line."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import click

from bot.app import open_store, utc_now
from bot.commands.lines import write_line
from bot.domain.program import Program
from bot.errors import CarrelError, Refused
from bot.knowledge.pack import load_pack
from bot.ports import UnitOfWork
from bot.settings import Settings
from bot.usecases.change_enrolment import Move, change_enrolment
from bot.usecases.enrol import Enrolment, enrol, known_by
from bot.vendors.email import begins

NEEDED = ("name", "email")
COLUMNS = (*NEEDED, "time_zone", "enrolled_on", "subscription_ends", "electives")
DELIMITERS = ",;\t"
LONGEST_CELL = 1_000  # characters
_TOO_MANY = "cells beyond the last column"


class Done(StrEnum):
    """What became of a line, in the order in which they are told."""

    ENROLLED = "enrolled"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    WRONG = "wrong"


@click.command(name="import-people")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each line.")
@click.pass_obj
def import_people(settings: Settings, file: Path, *, as_json: bool) -> None:
    """Enrol everyone listed in FILE, a CSV with a line of column names, or change enrolments.

    Commas, semicolons or tabs stand between the cells. Columns: name, email, and if wanted
    time_zone, enrolled_on and subscription_ends (as 2027-01-31), electives (set ids with spaces
    between). Who is a candidate already, by that name and address, gets the dates and electives
    that are given; what is left out stays, and so does their time zone. Each line is taken whole or
    not at all; a wrong line is named with what to do and does not stop the others. Exit code 1 when
    any is wrong.
    """
    rows = _rows(file)
    program = load_pack(settings.program).program
    uow, now = open_store(settings).uow(), utc_now()
    wrong: list[str] = []
    counts = Counter[Done]()
    with click.progressbar(rows, label="Enrolling", file=sys.stderr) as bar:
        for number, row in bar:
            done, problem = _take(uow, program, row, now=now)
            counts[done] += 1
            if problem:
                wrong.append(f"{file.name}:{number}: {problem}")
            if as_json:
                email = row.get("email", "")[:LONGEST_CELL]
                told = {"line": number, "email": email, "done": str(done)}
                write_line({**told, "error": problem or None})
    for fault in wrong:
        click.echo(fault, err=True)
    click.echo(", ".join(f"{counts[done]} {done}" for done in Done) + ".", err=as_json)
    by_mail = begins(settings, "the address you gave for each")
    if by_mail and counts[Done.ENROLLED]:
        click.echo(by_mail, err=as_json)
    if wrong:
        raise SystemExit(1)


def _rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Line numbers and their columns; `Refused` when the file as a whole is no such list."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(f"{file.name} is not UTF-8: save it as CSV with UTF-8 encoding.") from error
    limit = csv.field_size_limit(max(len(text), 1))  # a long cell is the fault of its line alone
    try:
        return _lines(file, text)
    finally:
        csv.field_size_limit(limit)


def _lines(file: Path, text: str) -> list[tuple[int, dict[str, str]]]:
    first, _, _ = text.partition("\n")
    reader = csv.DictReader(
        io.StringIO(text, newline=""),
        restkey=_TOO_MANY,
        restval="",
        delimiter=max(DELIMITERS, key=first.count),
    )
    names = [_column(name or "") for name in reader.fieldnames or ()]
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or not set(NEEDED) <= set(names) or len(set(names)) < len(names):
        raise Refused(
            f"{file.name}: the first line must name the columns {', '.join(COLUMNS)}, each once; "
            f"name and email are needed, others may be left out. Found: {', '.join(names)}."
        )
    reader.fieldnames = names
    try:
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        line = reader.line_num + 1  # the reader counts lines it has read whole
        raise Refused(f"{file.name}:{line}: not CSV ({error}).") from error


def _column(name: str) -> str:
    """The column that a name means, however it is written; else the name itself."""
    meant = {column.replace("_", ""): column for column in COLUMNS}
    plain = name.strip().lower()
    return meant.get("".join(plain.replace("-", "").replace("_", "").split()), plain)


def _take(
    uow: UnitOfWork, program: Program, row: Mapping[str, str], *, now: datetime
) -> tuple[Done, str]:
    """What one line, in its own transaction, came to, and what is wrong with it."""
    try:
        if _TOO_MANY in row:
            raise Refused(
                "it has more cells than the first line has columns; nobody was enrolled. Put "
                "several electives in one cell, separated by spaces, and a value that holds "
                "a comma or a semicolon in quotation marks."
            )
        _check_cells(row)
        move = Move(
            name=row["name"],
            email=row["email"],
            enrolled_on=_day(row, "enrolled_on"),
            subscription_ends=_day(row, "subscription_ends"),
            electives=tuple(row.get("electives", "").replace(";", " ").split()),
        )
        with uow:
            zone = row.get("time_zone", "").strip() or None
            done = _enrolled_or_changed(uow, program, move, zone, now=now)
            uow.commit()
    except CarrelError as error:
        return Done.WRONG, str(error)
    return done, ""


def _check_cells(row: Mapping[str, str]) -> None:
    """`Refused` for a cell that nobody meant."""
    column = next((name for name, cell in row.items() if len(cell) > LONGEST_CELL), None)
    if column:
        raise Refused(
            f"its cell for {column} has more than {LONGEST_CELL:,} characters; nobody was "
            "enrolled. Look for a quotation mark that is not closed."
        )


def _enrolled_or_changed(
    uow: UnitOfWork, program: Program, move: Move, time_zone: str | None, *, now: datetime
) -> Done:
    known = known_by(uow, move.email)
    if known and uow.people.candidate(known):
        changed = change_enrolment(uow, program, move, now=now)
        return Done.CHANGED if changed.anything else Done.UNCHANGED
    who = Enrolment(
        name=move.name,
        email=move.email,
        time_zone=time_zone,
        enrolled_on=move.enrolled_on or now.date(),
        subscription_ends=move.subscription_ends,
        electives=move.electives,
    )
    enrol(uow, program, who, now=now)
    return Done.ENROLLED


def _day(row: Mapping[str, str], column: str) -> date | None:
    text = row.get(column, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(f"{column} {text!r} is no date: write it as 2027-01-31.") from error
