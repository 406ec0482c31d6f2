"""Files: how many a minute are read, looked at and decided on, by type and number of workers."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.carrel import settings
from bench.progress import tell
from bench.table import Line
from bot.app import open_shelf
from bot.domain.files import Member
from bot.evidence.look import look
from bot.evidence.routing import decide
from bot.evidence.shelf import Shelf
from storage.reading import ocr
from storage.reading.reader import LocalTextReader
from storage.reading.unpacker import LocalUnpacker
from tests import samples, samples_archives, samples_pictures

SAMPLES: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("txt", samples.plain),
    ("pdf", samples.pdf),
    ("docx", samples.docx),
    ("pptx", samples.pptx),
    ("xlsx", samples.xlsx),
    ("odt", samples.odt),
    ("rtf", samples.rtf),
    ("html", samples.html),
    ("eml", samples.eml),
    ("png", samples_pictures.photo),
    ("zip", samples_archives.zip_archive),
)
WORKERS = 2


def run(*, quick: bool) -> list[Line]:
    """Takes in the same file again and again, by one worker and by two."""
    desk = _Desk(open_shelf(settings(), None))
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as name:
        for suffix, make in SAMPLES:
            if suffix == "png" and not ocr.is_installed():
                continue
            path = Path(name) / f"sample.{suffix}"
            path.write_bytes(make())
            tell(f"files: {suffix}")
            lines += _measured(desk, path, rounds=1 if quick else 3, first=lines[:1])
    return lines


def _measured(desk: _Desk, path: Path, *, rounds: int, first: list[Line]) -> list[Line]:
    """Both numbers of workers in turn, so that what else runs slows both."""
    alone = together = 0.0
    for _ in range(rounds):
        alone += _seconds(desk, path, workers=1)
        together += _seconds(desk, path, workers=WORKERS)
    files = rounds * WORKERS
    one, two = (60 * files / took for took in (alone, together))
    plain = first[0].figure if first else one
    kind = path.suffix[1:]
    return [
        Line(what=f"{kind}, one worker", figure=one, unit="/min", ratio=one / plain, to="txt"),
        Line(what=f"{kind}, two", figure=two, unit="/min", ratio=two / one, to="one worker"),
    ]


def _seconds(desk: _Desk, path: Path, *, workers: int) -> float:
    started = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(desk.take, [path] * WORKERS))
    return time.perf_counter() - started


class _Desk:
    """Everything between a file's bytes and the decision where it goes."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._reader = LocalTextReader()
        self._unpacker = LocalUnpacker()
        self._open = frozenset(s.id for s in shelf.program.sections)

    def take(self, path: Path) -> None:
        """Reads a file, or each file inside of it, and decides."""
        with tempfile.TemporaryDirectory() as folder:
            inside = self._unpacker.unpack(path, name=path.name, into=Path(folder))
            for member in inside or (Member(name=path.name, path=path),):
                if member.path:
                    self._decide(member.path, member.name)

    def _decide(self, path: Path, name: str) -> None:
        reading = self._reader.read(path, name=name)
        seen = look(self._shelf, name=name, title=reading.title, text=reading.text, caption="")
        decide(seen, open_sections=self._open)
