"""Times written down before the grammar was made: how many of them it knows."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.when.outcome import Either, Note, Outcome, Unmet, When, Why
from bot.knowledge.dates import when
from tests.unit.when.saying import CHICAGO, USUAL, WEDNESDAY

FRESH = Path(__file__).parent / "fresh.jsonl"
LEAST = 0.95  # dateparser alone knows 22 of the 90


def test_times_that_nobody_tuned_for_are_known() -> None:
    zone = ZoneInfo(CHICAGO)
    now = datetime.fromisoformat(WEDNESDAY).replace(tzinfo=zone)
    rows = [json.loads(line) for line in FRESH.read_text(encoding="utf-8").splitlines()]

    met = [
        _short(when(row["said"], now=now, zone=zone, usual=USUAL), zone) == row["is"]
        for row in rows
    ]

    assert len(rows) >= 90
    assert sum(met) / len(rows) >= LEAST


def _short(found: Outcome | None, zone: ZoneInfo) -> str:
    match found:
        case When():
            repeated = Note.REPEATED in found.notes
            return "repeated" if repeated else f"{found.at.astimezone(zone):%Y-%m-%d %H:%M}"
        case Either():
            return "ask"
        case Unmet():
            return "past" if found.why is Why.NOW else found.why.value
    return "none"
