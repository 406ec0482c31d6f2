"""`carrel intent`: what a message wants."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.app import open_intents
from bot.commands.lines import Line, each_line, text_of, write_line
from bot.commands.progress_bar import encoding_bar
from bot.knowledge.intents import Intents
from bot.settings import Settings


@click.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each text.")
@click.option(
    "--train",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='Learn from this file of {"text", "intent"} lines instead of Carrel\'s own intents.',
)
@click.pass_obj
def intent(settings: Settings, text: str | None, *, as_json: bool, train: Path | None) -> None:
    """Tell the intent of TEXT.

    With - (and --json) texts are read from standard input, one JSON object a line:
    {"id": 1, "text": "..."}.
    """
    if not text:
        raise click.UsageError("Give a text, or - to read JSON lines.")
    with encoding_bar() as notify:
        intents = open_intents(settings, train, notify)
    if text == "-":
        each_line(sys.stdin, lambda given: _result(intents, given))
    elif as_json:
        write_line(_result(intents, {"id": None, "text": text}))
    else:
        guess = intents.classify(text)
        click.echo(f"{guess.intent} ({guess.confidence:.0%} sure)")


def _result(intents: Intents, given: Line) -> dict[str, object]:
    guess = intents.classify(text_of(given, "text"))
    return {
        "id": given.get("id"),
        "intent": guess.intent,
        "confidence": round(guess.confidence, 4),
    }
