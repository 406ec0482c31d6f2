"""A question's round trip over a vendor's wire, beside the least its library can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from bench.answers import QUESTIONS
from bench.carrel import settings
from bench.progress import tell
from bench.table import Line, against_target, p99
from bot.app import open_asking, utc_now

WARMING = 3  # questions that do not count
Ask = Callable[[str], float]  # milliseconds until the answer is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Trips:
    """Who is asked the same: Carrel, a bare program that answers, and one that says it back.

    `channel` and `library` name the wire and what the bare ones are made with.
    """

    channel: str
    library: str
    carrel: Ask
    answers: Ask
    echoes: Ask


def measured(trips: Trips, *, rounds: int) -> Iterator[Line]:
    """All in turns, so that the machine's moods hit all."""
    took: tuple[list[float], ...] = ([], [], [])
    for turn in range(rounds + 1):
        tell(f"{trips.channel}: round {turn} of {rounds}")
        questions = QUESTIONS.read_text(encoding="utf-8").splitlines()
        for question in questions if turn else questions[:WARMING]:
            for times, ask in zip(took, (trips.carrel, trips.answers, trips.echoes), strict=True):
                milliseconds = ask(question)
                if turn:
                    times.append(milliseconds)
    ours, answered, echoed = map(median, took)
    slow, fast = p99(took[0]), p99(took[1])
    bare = f"bare {trips.library} that answers"
    yield _line("a question, until the answer is posted, p50", ours, ours / answered, to=bare)
    yield _line(f"{bare}, p50", answered, answered / echoed, to="bare echo")
    yield _line(f"bare {trips.library} echo, p50", echoed, 1.0, to="itself")
    yield against_target("time beside the bare echo", ours / echoed, "x", target=2)
    yield against_target(f"time beside the {bare}", ours / answered, "x", target=2)
    yield _line("a question, p99", slow, slow / fast, to=bare)


def answering() -> Callable[[str], str]:
    """Answers as `carrel ask` does."""
    asking = open_asking(settings(), None, None)
    return lambda question: str(asking(question, [], now=utc_now()))


def _line(what: str, milliseconds: float, ratio: float, *, to: str) -> Line:
    return Line(what=what, figure=milliseconds, unit="ms", ratio=ratio, to=to)
