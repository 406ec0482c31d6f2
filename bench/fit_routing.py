"""Fits the constants of routing on labelled files and prints them with what they achieve.

Run: python -m bench.fit_routing PACK_FOLDER FILES.jsonl
A line holds name, title, text, caption, section, kind and sets (the candidate's set ids).
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from bot.domain.filing import Action, Decision
from bot.domain.program import Program
from bot.evidence.chances import SHARPNESS
from bot.evidence.look import Look, look
from bot.evidence.routing import FLOOR, decide
from bot.evidence.shelf import build_shelf
from bot.knowledge.encoder import shipped_encoder
from bot.knowledge.pack import load_pack

WANTED_PRECISION = 0.97


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A look at a labelled file."""

    look: Look
    section: str
    kind: str
    sets: frozenset[str]
    ms: float


def main(pack: Path, files: Path) -> None:
    """Prints the fit and the figures."""
    program = load_pack(pack).program
    samples = list(_samples(program, files))
    click.echo(f"files {len(samples)}, ms a file {np.mean([s.ms for s in samples]):.0f}")
    click.echo(f"SHARPNESS in use {SHARPNESS}, best fit {best_sharpness(samples):.1f}")
    for name, limited in (("candidate's sets", True), ("all sets", False)):
        decisions = [decide(s.look, open_sections=_open(program, s, limited)) for s in samples]
        click.echo(f"{name}: {figures(samples, decisions)}")
        click.echo(
            f"  lowest floor for {WANTED_PRECISION:.0%}: {lowest_floor(samples, decisions):.2f}"
        )


def figures(samples: Sequence[Sample], decisions: Sequence[Decision]) -> str:
    """What the decisions achieve."""
    pairs = list(zip(samples, decisions, strict=True))
    top = [[a.section for a in d.alternatives] for _, d in pairs]
    filed = [s.section == d.section for s, d in pairs if d.action is Action.FILE]
    kinds = [s.kind == d.kind for s, d in pairs]
    return (
        f"top-1 {_share(s.section == t[0] for s, t in zip(samples, top, strict=True))}, "
        f"top-3 {_share(s.section in t[:3] for s, t in zip(samples, top, strict=True))}, "
        f"filed {len(filed) / len(pairs):.3f} with precision {_share(filed)} at {FLOOR}, "
        f"kind {_share(kinds)}"
    )


def best_sharpness(samples: Sequence[Sample]) -> float:
    """The sharpness under which the right competencies are likeliest, among the open ones."""
    competencies = [s for s in samples if s.section in s.look.fit]
    tried = np.arange(0.5, 6.0, 0.1)
    return float(min(tried, key=lambda t: sum(_loss(s, float(t)) for s in competencies)))


def lowest_floor(samples: Sequence[Sample], decisions: Sequence[Decision]) -> float:
    """The lowest confidence above which filing is right as often as wanted."""
    pairs = zip(samples, decisions, strict=True)
    ranked = sorted(((d.confidence, s.section == d.section) for s, d in pairs), reverse=True)
    right, floor = 0, 1.0
    for count, (confidence, hit) in enumerate(ranked, 1):
        right += hit
        if right / count >= WANTED_PRECISION:
            floor = confidence
    return floor


def _loss(sample: Sample, sharpness: float) -> float:
    program, fit = sample.look.program, sample.look.fit
    own = {c.id for s in program.sets if s.id in sample.sets for c in s.competencies}
    odds = {id: sharpness * sample.look.substance * fit[id] for id in own}
    highest = max(odds.values())
    total = sum(math.exp(value - highest) for value in odds.values())
    return highest + math.log(total) - odds[sample.section]


def _samples(program: Program, files: Path) -> Iterator[Sample]:
    shelf = build_shelf(program, shipped_encoder())
    for line in files.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = {key: row[key] for key in ("name", "title", "text", "caption")}
        start = time.perf_counter()
        seen = look(shelf, **text)
        yield Sample(
            look=seen,
            section=row["section"],
            kind=row["kind"],
            sets=frozenset(row["sets"]),
            ms=(time.perf_counter() - start) * 1000,
        )


def _open(program: Program, sample: Sample, limited: bool) -> Collection[str]:
    allowed = sample.sets | {""}
    return [s.id for s in program.sections if not limited or s.set_id in allowed]


def _share(hits: Iterator[bool] | Sequence[bool]) -> str:
    return f"{np.mean(list(hits)):.3f}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
