"""Runs a child on one file and brings back its report, whatever the file does to the child."""

from __future__ import annotations

import logging
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from bot.errors import Unreadable
from storage.reading import names, refusals
from storage.reading.limits import Limits
from storage.reading.report import Order, Report, order_text

# The root comes as an argument: an isolated interpreter (-I) knows neither the current folder nor
# PYTHONPATH, and this package may run from a checkout as well as installed.
_START = (
    "import sys; root, order = sys.argv[1:];"
    " root in sys.path or sys.path.insert(0, root);"
    " from storage.reading.child import main; main(order)"
)
_ROOT = str(Path(__file__).resolve().parents[2])
_KEPT_SETTINGS = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")
# On a machine of many cores, a thread for each and its share of memory would exceed the bound.
_FRUGAL = {
    "OMP_THREAD_LIMIT": "1",
    "RAYON_NUM_THREADS": "2",
    "TOKIO_WORKER_THREADS": "2",
    "MALLOC_ARENA_MAX": "2",
}
_LOG_BYTES = 400
_NO_MEMORY = "memory allocation of"  # how libraries written in Rust give up
_OUT_OF_TIME = (signal.SIGXCPU, signal.SIGALRM, signal.SIGKILL)

log = logging.getLogger(__name__)


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Lets nothing but `Unreadable` out, its advice beginning with the file's name."""
    try:
        yield
    except Unreadable as error:
        raise refusals.about(names.safe(name), error) from error
    except (OSError, ValueError, RuntimeError) as error:
        # No such file, a NUL in its path, no room for a process or a thread.
        log.warning("A file could not be handed to its reader: %s", type(error).__name__)
        raise refusals.about(names.safe(name), refusals.no_place()) from error


def run(order: Order, path: Path, *, folder: Path) -> Report:
    """The child's report on the file; the child's current folder is `folder`.

    Raises `Unreadable` when the file is refused and when the child crashes, takes too long or
    answers nonsense; other errors when no child could be started.
    """
    report = _parsed(_answer(order, path, folder), order.limits)
    if report.refused:
        raise report.refused.error()
    return report


def _answer(order: Order, path: Path, folder: Path) -> bytes:
    with (
        os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as given,
        tempfile.TemporaryFile() as answers,
        tempfile.TemporaryFile() as complaints,
    ):
        _check(os.fstat(given.fileno()), order.limits)
        command = [sys.executable, "-I", "-c", _START, _ROOT, order_text(order)]
        process = subprocess.Popen(  # noqa: S603 - our own words, no shell
            command,
            stdin=given,
            stdout=answers,
            stderr=complaints,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        code = _ended(process, order.limits.seconds)
        _judge(code, complaints)
        answers.seek(0)
        return answers.read(order.limits.report_bytes + 1)


def _check(status: os.stat_result, limits: Limits) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise refusals.no_place()
    if status.st_size == 0:
        raise refusals.empty()
    if status.st_size > limits.file_bytes:
        raise refusals.too_large(limits.file_bytes)


def _environment(folder: Path) -> dict[str, str]:
    """No secret of ours: only where programs and libraries are, and a place for passing files."""
    kept = {name: os.environ[name] for name in _KEPT_SETTINGS if name in os.environ}
    return kept | _FRUGAL | {"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}


def _ended(process: subprocess.Popen[bytes], seconds: float) -> int:
    """Waits for the child's end and returns its code; leaves no process of its group behind.

    A timer and not `wait(timeout=...)`, which looks every 50 ms only: longer than most files take.
    """
    timer = threading.Timer(seconds, _kill, (process,))
    try:
        timer.start()
        return process.wait()
    finally:
        timer.cancel()
        _kill(process)
        process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _judge(code: int, complaints: IO[bytes]) -> None:
    """Raises unless the child ended well; keeps the last words of its libraries for our log."""
    length = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, length - _LOG_BYTES))
    words = complaints.read(_LOG_BYTES).decode("utf-8", "replace")
    if length or code:
        facts = {"action": "file_reader", "code": code, "words": words}
        log.info("The reader of a file complained", extra=facts)
    if -code in _OUT_OF_TIME:
        raise refusals.too_slow()
    if _NO_MEMORY in words:
        raise refusals.too_big_to_read()
    if code:
        raise refusals.damaged()


def _parsed(answer: bytes, limits: Limits) -> Report:
    try:
        return TypeAdapter(Report).validate_json(answer[: limits.report_bytes])
    except ValidationError as error:
        raise refusals.damaged() from error
