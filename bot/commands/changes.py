"""`carrel changes`: what changed in the documents since it was last told, and who should know."""

from __future__ import annotations

from difflib import SequenceMatcher

import click

from bot.app import open_knowledge, open_store, utc_now
from bot.commands.lines import write_line
from bot.commands.progress_bar import encoding_bar
from bot.settings import Settings
from bot.usecases.tell_changes import Change, changes, note_first, tell

AROUND = 3  # words that stay on either side of changed ones


@click.command(name="changes")
@click.option("--tell", "telling", is_flag=True, help="Tell everyone concerned, and start anew.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each heading.")
@click.pass_obj
def show_changes(settings: Settings, *, telling: bool, as_json: bool) -> None:
    """List changed, new and gone headings, and how many people were given answers from them.

    The first run only notes how the documents stand. With --tell each of those people is sent the
    old and the new words, and the documents are noted as they stand now.
    """
    with encoding_bar() as notify:
        knowledge = open_knowledge(settings, notify)
    program, passages = knowledge.pack.program, knowledge.index.passages
    sent, now = 0, utc_now()
    with open_store(settings).uow() as uow:
        first = note_first(uow, passages, now=now)
        found = changes(uow, passages)
        if telling:
            sent = tell(uow, program, found, passages, now=now)
        uow.commit()
    for change in found:
        _tell(change, as_json=as_json)
    if not as_json:
        click.echo(_summary(len(found), first=first, telling=telling, sent=sent))


def _tell(change: Change, *, as_json: bool) -> None:
    people = len(change.asked)
    words = _difference(" ".join(change.before), " ".join(change.after))
    if as_json:
        write_line(
            {
                "kind": change.kind.value,
                "passage": change.passage,
                "document": change.document,
                "heading": change.heading,
                "people": people,
                "before": " ".join(change.before),
                "after": " ".join(change.after),
            }
        )
        return
    told = f"{people} {'person was' if people == 1 else 'people were'} answered from it"
    click.echo(
        f"{change.kind}: {change.document}, \u201c{change.heading}\u201d ({told})\n  {words}"
    )


def _difference(before: str, after: str) -> str:
    """What changed, word by word, with the words around: `within [-30-] {+40+} days`."""
    old, new = before.split(), after.split()
    parts: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            same = old[a:b]
            parts += (
                same if len(same) <= 2 * AROUND else [*same[:AROUND], "\u2026", *same[-AROUND:]]
            )
            continue
        parts += [f"[-{' '.join(old[a:b])}-]"] if b > a else []
        parts += [f"{{+{' '.join(new[c:d])}+}}"] if d > c else []
    return " ".join(parts)


def _summary(count: int, *, first: bool, telling: bool, sent: int) -> str:
    if first:
        return "The documents are noted as they stand now; changes are told from now on."
    if not count:
        return "No heading has changed."
    if telling:
        return f"{sent} {'message is' if sent == 1 else 'messages are'} on the way."
    return "Say: carrel changes --tell, to tell the people concerned."
