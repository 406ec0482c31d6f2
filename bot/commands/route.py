"""`carrel route`: where a file would go and why; stores nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot.app import open_shelf
from bot.commands.lines import Line, each_line, list_of, text_of, write_line
from bot.commands.progress_bar import encoding_bar
from bot.domain.filing import Action, Decision
from bot.domain.program import Program
from bot.errors import NotFound, Unreadable
from bot.evidence.look import look
from bot.evidence.routing import decide
from bot.evidence.shelf import Shelf
from bot.phrases.sections import full_name
from bot.settings import Settings
from storage.reading.reader import LocalTextReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """A shelf and a reader: files in, decisions out."""

    shelf: Shelf
    reader: LocalTextReader

    def line(self, given: Line) -> dict[str, object]:
        """The decision for a JSON line."""
        caption = text_of(given, "caption") if given.get("caption") else ""
        path = Path(text_of(given, "path"))
        return self.result(given.get("id"), path, caption, list_of(given, "sets"))

    def result(
        self, id: object, path: Path, caption: str, sets: Sequence[str]
    ) -> dict[str, object]:
        """The decision as JSON."""
        started = time.perf_counter()
        try:
            result = _as_json(self.decide(path, caption, sets))
        except Unreadable as refused:
            result = _refused(refused)
        ms = round((time.perf_counter() - started) * 1000, 2)
        return {"id": id, **result, "ms": ms}

    def decide(self, path: Path, caption: str, sets: Sequence[str]) -> Decision:
        """Where a file would go; raises `Unreadable` when it would be refused."""
        _check_there(path)
        open_ids = _open(self.shelf.program, sets)
        text = title = ""
        try:
            reading = self.reader.read(path, name=path.name)
            text, title = reading.text, reading.title
        except Unreadable as refused:
            if not refused.keep:
                raise
        seen = look(self.shelf, name=path.name, title=title, text=text, caption=caption)
        return decide(seen, open_sections=open_ids)


@click.command()
@click.argument("file", required=False)
@click.option("--caption", default="", help="What the sender wrote with the file.")
@click.option("--set", "sets", multiple=True, help="A set the candidate works on; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each file.")
@click.pass_obj
def route(
    settings: Settings, file: str | None, *, caption: str, sets: tuple[str, ...], as_json: bool
) -> None:
    """Tell where FILE would be filed, and why. A dry run: nothing is stored or run.

    With - (and --json) files are read from standard input, one JSON object a line:
    {"id": 1, "path": "...", "caption": "...", "sets": ["technology"]}.
    """
    if not file:
        raise click.UsageError("Give a file, or - to read JSON lines.")
    with encoding_bar() as notify:
        routing = Routing(shelf=open_shelf(settings, notify), reader=LocalTextReader())
    if file == "-":
        each_line(sys.stdin, routing.line)
    elif as_json:
        write_line(routing.result(None, Path(file), caption, sets))
    else:
        decision = routing.decide(Path(file), caption, sets)
        for text in _told(routing.shelf.program, decision):
            click.echo(text)


def _check_there(path: Path) -> None:
    """`NotFound` unless it is a file; a path that the system itself refuses is none either."""
    try:
        there = path.is_file()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or str(error)
        raise NotFound(
            f"The path {str(path)[:60]!r} cannot be used ({why}): check it, or copy the file to a "
            "shorter path."
        ) from error
    if not there:
        raise NotFound(f"There is no file {path}: check the path.")


def _open(program: Program, sets: Sequence[str]) -> frozenset[str]:
    """The sections of those sets, by id or code, and of the record; of all sets when none."""
    known = {name: s.id for s in program.sets for name in (s.id, s.code.lower())}
    unknown = [name for name in sets if name.lower() not in known]
    if unknown:
        ids = ", ".join(s.id for s in program.sets)
        raise NotFound(f"No set is called {', '.join(unknown)}: use {ids}.")
    wanted = {known[name.lower()] for name in sets} or {s.id for s in program.sets}
    return frozenset(s.id for s in program.sections if not s.set_id or s.set_id in wanted)


def _as_json(decision: Decision) -> dict[str, object]:
    return {
        "decision": decision.action.value,
        "section": decision.section,
        "kind": decision.kind.value,
        "confidence": round(decision.confidence, 4),
        "alternatives": [
            {"section": a.section, "confidence": round(a.confidence, 4)}
            for a in decision.alternatives
        ],
        "reasons": list(decision.reasons),
    }


def _refused(refused: Unreadable) -> dict[str, object]:
    return {
        "decision": Action.REFUSE.value,
        "section": "",
        "kind": "",
        "confidence": 1.0,
        "alternatives": [],
        "reasons": [refused.advice],
    }


def _told(program: Program, decision: Decision) -> list[str]:
    verb = "Would file it in" if decision.action is Action.FILE else "Would ask; the best guess is"
    lines = [
        f"{verb} {full_name(program, decision.section)} "
        f"({decision.confidence:.0%} sure, {decision.kind.value} documentation).",
        *(f"Why: {reason}" for reason in decision.reasons),
    ]
    others = [a for a in decision.alternatives if a.section != decision.section]
    lines += [f"Next: {full_name(program, a.section)} ({a.confidence:.0%})" for a in others[:2]]
    return lines
