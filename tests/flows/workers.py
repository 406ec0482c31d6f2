"""Workers that meet trouble: one that is overtaken, one whose reading fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.domain.files import Page, Reading
from handlers.pipeline import Pipeline
from tests.desk import LEASE, House


class Interrupted:
    """A reader of texts during whose work something else happens first."""

    def __init__(self, interrupt: Callable[[], None]) -> None:
        self._interrupt = interrupt

    def read(self, path: Path, *, name: str) -> Reading:
        """The text, after what came between."""
        self._interrupt()
        text = path.read_text(encoding="utf-8")
        return Reading(media_type="text/plain", pages=(Page(number=1, text=text),), title=name)


def worker(house: House, interrupt: Callable[[], None]) -> Pipeline:
    """A second worker of the house, whose reading of files is interrupted."""
    desk = replace(house.desk, reader=Interrupted(interrupt))
    return Pipeline(desk, house.transaction, lease_seconds=LEASE)
