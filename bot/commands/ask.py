"""`carrel ask`: an answer with its citations."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from bot.app import open_asking, utc_now
from bot.commands.lines import Line, each_line, list_of, text_of, write_line
from bot.commands.progress_bar import encoding_bar
from bot.domain.knowledge import Citation, Passage
from bot.domain.messages import Bullets, Reply
from bot.knowledge.search import Found
from bot.phrases import answers
from bot.settings import Settings
from bot.usecases.ask_documents import Asking
from channels.markup import plain_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what is needed to answer it."""

    asking: Asking
    top: int

    def line(self, given: Line) -> dict[str, object]:
        """The answer to a JSON line."""
        return self.result(given.get("id"), text_of(given, "question"), list_of(given, "history"))

    def result(self, id: object, question: str, history: Sequence[str]) -> dict[str, object]:
        """The answer as JSON."""
        started = time.perf_counter()
        given, found = self.asking.with_found(question, history, now=utc_now())
        result: dict[str, object] = {
            "id": id,
            "status": given.status.value,
            "text": given.text,
            "citations": [_citation(cited) for cited in given.citations],
            "confidence": given.confidence,
        }
        if self.top:
            result["passages"] = [_passage(*one) for one in self._best(found)]
        return {**result, "ms": round((time.perf_counter() - started) * 1000, 2)}

    def told(self, question: str) -> Reply:
        """The answer in words, and after it the best passages when they were asked for."""
        given, found = self.asking.with_found(question, (), now=utc_now())
        reply = answers.answer(self.asking.program, question, given)
        best = tuple(_passage_line(*one) for one in self._best(found))
        return replace(reply, blocks=(*reply.blocks, Bullets(items=best))) if best else reply

    def _best(self, found: Found) -> Iterator[tuple[Passage, float]]:
        for place, score in zip(found.order[: self.top], found.scores, strict=False):
            yield self.asking.index.passages[place], score


@click.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each question.")
@click.option(
    "--documents",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Answer from this folder of Markdown or text instead of the program pack.",
)
@click.option("--top", type=click.IntRange(min=0), default=0, help="Also list the best N passages.")
@click.pass_obj
def ask(
    settings: Settings, question: str | None, *, as_json: bool, documents: Path | None, top: int
) -> None:
    """Answer QUESTION from the program's documents.

    With - (and --json) questions are read from standard input, one JSON object a line:
    {"id": 1, "question": "...", "history": ["earlier question"]}.
    """
    if not question:
        raise click.UsageError("Give a question, or - to read JSON lines.")
    with encoding_bar() as notify:
        asking = open_asking(settings, documents, notify)
    asked = Asked(asking=asking, top=top)
    if question == "-":
        each_line(sys.stdin, asked.line)
    elif as_json:
        write_line(asked.result(None, question, []))
    else:
        click.echo(plain_text(asked.told(question), width=96))


def _passage_line(passage: Passage, score: float) -> str:
    first = next(iter(passage.units), passage.lead)
    return f"{score:.2f} {passage.document}, \u201c{passage.heading}\u201d: {first}"


def _passage(passage: Passage, score: float) -> dict[str, object]:
    return {
        "document": passage.document,
        "heading": passage.heading,
        "file": passage.file,
        "text": " ".join((passage.lead, *passage.units)).strip(),
        "score": round(score, 4),
    }


def _citation(cited: Citation) -> dict[str, str]:
    return {
        "document": cited.document,
        "heading": cited.heading,
        "quote": cited.quote,
        "file": cited.file,
        "dated": cited.dated,
    }
