"""Questions: how fast answers come, how soon the first one, and in how much memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench.carrel import settings
from bench.progress import tell
from bench.table import Line, against_target, p99
from bot.app import open_asking, utc_now

QUESTIONS = Path(__file__).with_name("questions.txt")
ASK = (sys.executable, "-m", "bot", "ask", "--json", "-")
MEBIBYTE = 1024 * 1024


def run(*, quick: bool) -> list[Line]:
    """Asks in this process, then starts processes of their own."""
    questions = QUESTIONS.read_text(encoding="utf-8").splitlines()
    took = _asked(questions, rounds=2 if quick else 10)
    tell("answers: starting processes")
    start = median(_start({}) for _ in range(1 if quick else 5))
    lines = [
        against_target("milliseconds a question, p50", median(took), "ms", target=10),
        against_target("milliseconds a question, p99", p99(took), "ms", target=30),
        Line(
            what="questions a second",
            figure=1000 * len(took) / sum(took),
            unit="/s",
            ratio=1000 * len(took) / sum(took) / 100,
            to="target 100, more is better",
        ),
        against_target("start to first answer", start, "s", target=2),
        *_memory(questions),
    ]
    tell("answers: first start with an empty cache, which encodes the program")
    with tempfile.TemporaryDirectory() as folder:
        cold = _start({"CARREL_CACHE": folder})
    cold_line = Line(
        what="the same, cache empty", figure=cold, unit="s", ratio=cold / start, to="cache filled"
    )
    return [*lines, cold_line]


def _asked(questions: list[str], *, rounds: int) -> list[float]:
    """Milliseconds of every question, after one round that does not count."""
    asking = open_asking(settings(), None, None)
    took: list[float] = []
    for turn in range(rounds + 1):
        tell(f"answers: round {turn} of {rounds}")
        for question in questions:
            started = time.perf_counter()
            asking(question, [], now=utc_now())
            took.append((time.perf_counter() - started) * 1000)
    return took[len(questions) :]


def _start(environment: dict[str, str]) -> float:
    """Seconds from starting a process to its first answer."""
    started = time.perf_counter()
    with _process(environment) as process:
        _answer(process, "How do I renew?")
        return time.perf_counter() - started


def _memory(questions: list[str]) -> Iterator[Line]:
    """The most memory a process held in 100 questions, where the system tells."""
    with _process({}) as process:
        for turn in range(100):
            _answer(process, questions[turn % len(questions)])
        status = Path(f"/proc/{process.pid}/status")
        if not status.exists():
            return
        facts = dict(line.split(":", 1) for line in status.read_text().splitlines())
        for what, key in (("memory, most ever", "VmHWM"), ("memory after 100 questions", "VmRSS")):
            size = int(facts[key].split()[0]) * 1024 / MEBIBYTE
            yield against_target(what, size, "MB", target=350)


@contextmanager
def _process(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    own = {key: value for key, value in os.environ.items() if not key.startswith("CARREL_")}
    with subprocess.Popen(  # noqa: S603 - our own words, no shell
        ASK,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=own | environment,
    ) as process:
        yield process
        process.communicate()


def _answer(process: subprocess.Popen[str], question: str) -> None:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the process was started without pipes")
    process.stdin.write(json.dumps({"id": 1, "question": question}) + "\n")
    process.stdin.flush()
    if "status" not in json.loads(process.stdout.readline() or "{}"):
        raise RuntimeError("the process gave no answer: run `carrel ask` to see why")
