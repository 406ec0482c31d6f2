"""A message's cost among few people and many, after a short past and a long one."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.carrel import house, knowledge, one_message
from bench.crowd import SPEAKERS, add_past, add_people, email
from bench.progress import tell
from bench.table import Line
from tests.desk import House

COMMAND = "help"
# How many people there are, and how many messages were handled before.
SIZES = ((100, 0), (1_000, 0), (10_000, 0), (100_000, 0), (1_000, 200_000))
QUICK_SIZES = ((100, 0), (10_000, 0), (1_000, 20_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Town:
    """A Carrel of some size; `took` gathers milliseconds a message, one for each round."""

    name: str
    carrel: House
    took: list[float] = field(default_factory=list)


def run(*, quick: bool) -> list[Line]:
    """All sizes in turns, so that what else runs slows all."""
    count, rounds = (20, 3) if quick else (30, 11)
    known = knowledge()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        towns: list[_Town] = []
        for crowd, past in QUICK_SIZES if quick else SIZES:
            name = f"{crowd:,} people, {past:,} messages before"
            tell(f"people: making {name}")
            carrel = opened.enter_context(house(known, Path(folder) / str(len(towns))))
            _fill(carrel, crowd, past)
            towns.append(_Town(name=name, carrel=carrel))
        for turn in range(rounds + 1):
            tell(f"people: round {turn} of {rounds}")
            for town in (*towns[turn % len(towns) :], *towns[: turn % len(towns)]):
                town.took.append(asyncio.run(_milliseconds(town.carrel, count)))
    return _lines(towns)


def _fill(carrel: House, crowd: int, past: int) -> None:
    with carrel.database.engine.begin() as connection:
        add_people(connection, crowd)
        add_past(connection, past)


async def _milliseconds(carrel: House, count: int) -> float:
    started = time.perf_counter()
    for turn in range(count):
        await one_message(carrel, email(turn % SPEAKERS + 1), COMMAND)
    return (time.perf_counter() - started) / count * 1000


def _lines(towns: Sequence[_Town]) -> list[Line]:
    """Each against the first, round by round; the first round only warms up."""
    first = towns[0]
    lines = [
        Line(
            what=town.name,
            figure=median(town.took[1:]),
            unit="ms a message",
            ratio=_ratio(town.took[1:], first.took[1:]),
            to=first.name,
        )
        for town in towns
    ]
    ratios = [line.ratio for line in lines]
    spread = max(ratios) / min(ratios)
    flat = Line(what="slowest beside fastest", figure=spread, unit="x", ratio=spread, to="1, flat")
    return [*lines, flat]


def _ratio(ours: Sequence[float], others: Sequence[float]) -> float:
    return median(one / other for one, other in zip(ours, others, strict=True))
