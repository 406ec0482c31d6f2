"""Files of candidates never seen while building: where Carrel would put them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app import Knowledge
from bot.domain.filing import Action, Decision
from bot.domain.program import Program
from bot.evidence.look import look
from bot.evidence.routing import decide
from bot.evidence.shelf import Shelf
from storage.reading import ocr
from storage.reading.reader import LocalTextReader
from tests.samples_evidence import EVIDENCE

ITEMS = Path(__file__).with_name("evidence.jsonl")
PICTURE = "png" if ocr.is_installed() else "txt"  # without a text engine no picture can be read
FLOORS = {"top-1": 0.80, "top-3": 0.93, "precision": 0.95, "coverage": 0.60}


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """A file, the section it belongs to, and what was decided."""

    id: str
    section: str
    decision: Decision

    @property
    def offered(self) -> list[str]:
        """The sections thought likeliest, the best first."""
        return [a.section for a in self.decision.alternatives]

    @property
    def filed(self) -> bool:
        """Whether nobody would have been asked."""
        return self.decision.action is Action.FILE

    @property
    def right(self) -> bool:
        """Whether the best guess is the section it belongs to."""
        return self.decision.section == self.section


@pytest.mark.parametrize("form", ["pdf", "docx", PICTURE])
def test_files_reach_their_sections(form: str, knowledge: Knowledge, tmp_path: Path) -> None:
    """One test for each form, since reading its files is what takes the time."""
    routed = list(_routed(knowledge.shelf, form, tmp_path))
    figures = _figures(routed)

    short = [name for name, floor in FLOORS.items() if figures[name] < floor]
    assert not short, _told(form, figures, routed)


def _routed(shelf: Shelf, form: str, folder: Path) -> Iterator[Routed]:
    items = _items(form)
    reader = LocalTextReader()

    def read(item: dict[str, Any]) -> tuple[str, str]:
        path = folder / f"{item['id']}.{form}"
        path.write_bytes(EVIDENCE[form](item["title"], item["text"]))
        reading = reader.read(path, name=path.name)
        return reading.title, reading.text

    with ThreadPoolExecutor(2) as readers:
        for item, (title, text) in zip(items, readers.map(read, items), strict=True):
            name = f"{Path(item['name']).stem}.{form}"
            seen = look(shelf, name=name, title=title, text=text, caption=item["caption"])
            decision = decide(seen, open_sections=_open(shelf.program, item["sets"]))
            yield Routed(id=item["id"], section=item["section"], decision=decision)


def _items(form: str) -> list[dict[str, Any]]:
    """All of them; of pictures, which take seconds each, a third unless this is the full run."""
    items = [json.loads(line) for line in ITEMS.read_text(encoding="utf-8").splitlines()]
    return items[::3] if form == "png" and "CI" not in os.environ else items


def _open(program: Program, sets: Sequence[str]) -> list[str]:
    return [s.id for s in program.sections if s.set_id in {"", *sets}]


def _figures(routed: Sequence[Routed]) -> dict[str, float]:
    filed = [r for r in routed if r.filed]
    return {
        "top-1": sum(r.right for r in routed) / len(routed),
        "top-3": sum(r.section in r.offered[:3] for r in routed) / len(routed),
        "precision": sum(r.right for r in filed) / max(len(filed), 1),
        "coverage": len(filed) / len(routed),
    }


def _told(form: str, figures: dict[str, float], routed: Sequence[Routed]) -> str:
    """The figures, and each miss with where the file belongs and what was thought of it."""
    lines = [f"{form}, {len(routed)} files:"]
    lines += [f"{name} {figures[name]:.3f}, wanted {floor:.2f}" for name, floor in FLOORS.items()]
    for r in routed:
        if not r.right:
            how = "filed in" if r.filed else "asked, best guess"
            lines.append(f"{r.id} of {r.section}: {how} {', '.join(r.offered[:3])}")
    return "\n".join(lines)
