"""What a reviewer waits for: the queue and their own reviews, among few submissions and many."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import insert

from bench.carrel import house, knowledge, one_message
from bench.crowd import add_people
from bench.progress import tell
from bench.table import Line, against_target
from bot.domain.portfolio import Kind
from bot.domain.rights import Role
from bot.domain.rules import Route
from bot.domain.submission import Claim, Item, Stage
from storage.kept.submission_rows import Review, items_adapter, review_adapter
from storage.tables import claims, submissions
from tests.cast import REV
from tests.clock import NOON
from tests.desk import House

SIZES = (100, 1_000, 10_000)
COMMANDS = ("queue", "queue after 50", "my reviews")
TARGET = 100.0  # milliseconds
FILES = 12  # in a submission
AT_ONCE = 2_000


def run(*, quick: bool) -> list[Line]:
    """Each command in each size, in turns."""
    rounds, known = (5 if quick else 15), knowledge()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        halls = {}
        for size in SIZES:
            tell(f"queue: making {size:,} submissions")
            halls[size] = opened.enter_context(house(known, Path(folder) / str(size)))
            _fill(halls[size], size)
        return [line for command in COMMANDS for line in _lines(halls, command, rounds)]


def _lines(halls: dict[int, House], command: str, rounds: int) -> Iterator[Line]:
    took: dict[int, list[float]] = {size: [] for size in halls}
    for _ in range(rounds + 1):
        for size, hall in halls.items():
            started = time.perf_counter()
            asyncio.run(one_message(hall, REV[1], command))
            took[size].append((time.perf_counter() - started) * 1000)
    first = median(took[SIZES[0]][1:])
    for size in SIZES:
        figure = median(took[size][1:])
        what = f"{command}, {size:,} submissions"
        yield Line(what=what, figure=figure, unit="ms", ratio=figure / first, to=f"{SIZES[0]:,}")
    yield against_target(f"{command}, the largest", figure, "ms", target=TARGET)


def _fill(hall: House, size: int) -> None:
    """Every second one is in review; the reviewer who asks has taken three."""
    with hall.database.engine.begin() as connection:
        add_people(connection, size)
    reviewer = hall.appoint(*REV, Role.REVIEWER).id
    with hall.database.engine.begin() as connection:
        for start in range(1, size + 1, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, size + 1))
            rows = [
                _submission(number, reviewer if number in (2, 4, 6) else 1) for number in numbers
            ]
            connection.execute(insert(submissions), rows)
        taken = [{"submission_id": number, "reviewer": reviewer} for number in (2, 4, 6)]
        connection.execute(insert(claims), taken)


def _submission(number: int, reviewer: int) -> dict[str, Any]:
    claims = (Claim(reviewer=reviewer, name="Somebody", at=NOON),) if number % 2 == 0 else ()
    return {
        "id": number,
        "person_id": number,
        "set_id": "technology",
        "route": Route.PORTFOLIO.value,
        "round": 1,
        "follows": None,
        "asked": (),
        "items": items_adapter().dump_json(_items()).decode(),
        "submitted_at": NOON,
        "stage": (Stage.IN_REVIEW if claims else Stage.WAITING).value,
        "review": review_adapter().dump_json(Review(claims=claims)).decode(),
        "version": 0,
    }


def _items() -> tuple[Item, ...]:
    return tuple(
        Item(
            section=f"TECH-{place}",
            number=place,
            name=f"proof-{place}.pdf",
            media_type="application/pdf",
            size=20_000,
            sha256=f"{place:064}",
            kind=Kind.PRIMARY,
            stored_at=NOON,
        )
        for place in range(1, FILES + 1)
    )
