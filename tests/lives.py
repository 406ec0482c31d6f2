"""A crowd of candidates at all stages, each with their own wishes, many rows at a time."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from bot.domain.notices.wishes import Cadence
from bot.domain.program import Program
from bot.domain.rules import Outcome, Route
from bot.domain.submission import ReviewDecision, Stage
from storage import tables
from storage.kept.submission_rows import Review, review_adapter
from tests.crowds import add_crowd, email

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
YEARS = 4  # of a subscription
MATTERS = ("expiry", "time-limit", "idle-tech", "statement-tech", "reminder-1")
KINDS = ("idle", "time-limit", "review-overdue", "reminder")


def add_lives(connection: Connection, program: Program, count: int, *, begins: datetime) -> None:
    """So many, as they stand at that instant; the same ones for the same count always."""
    chance = random.Random(count)  # noqa: S311 - lives to be made again, no secret
    ends = [begins.date() + chance.randrange(-60, YEARS * 365) * DAY for _ in range(count)]
    add_crowd(connection, count, lambda number: ends[number - 1], years=YEARS)
    rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for number in range(1, count + 1):
        for table, row in _life(program, number, chance, begins):
            rows[table].append(row)
    for table, several in rows.items():
        connection.execute(insert(tables.metadata.tables[table]), several)


def _life(
    program: Program, number: int, chance: random.Random, begins: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from _chosen(number, chance, begins)
    happened = chance.random()
    lately = begins - chance.randrange(1, 90) * DAY - chance.randrange(86_400) * SECOND
    if happened < 0.15:
        yield "statements", _statement(number, chance.choice(program.sets).id, lately)
    elif happened < 0.21:
        yield "submissions", _submission(number, 0, "technology", lately)
    elif happened < 0.25:
        yield "submissions", _submission(number, 0, "technology", lately, Outcome.MORE)
        for place in range(chance.randrange(1, 3)):
            yield "evidence_requests", _request(number, place, lately)
    elif happened < 0.28:
        yield "submissions", _submission(number, 0, "technology", lately, Outcome.COURSE)
    elif happened < 0.29:
        long_ago = begins - chance.randrange(3 * 365, 4 * 365) * DAY
        sets = (*program.required_sets, *program.elective_sets[: program.electives_needed])
        for place, each in enumerate(sets):
            yield "submissions", _submission(number, place, each.id, long_ago, Outcome.APPROVED)


def _chosen(
    number: int, chance: random.Random, begins: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What they want of notices, each of a few."""
    if chance.random() < 0.2:
        yield "wishes", _wishes(number, chance)
    if chance.random() < 0.05:
        yield "declined_kinds", _declined(number, chance)
    if chance.random() < 0.05:
        yield "hushes", _hush(number, chance, begins)
    if chance.random() < 0.05:
        yield "reminders", _reminder(number, begins + chance.randrange(365) * DAY, begins)


def _wishes(number: int, chance: random.Random) -> dict[str, Any]:
    quiet = chance.choice((None, (time(20), time(10, 30)), (time(22), time(6))))
    cadences = {kind: chance.choice(tuple(Cadence)).value for kind in chance.sample(KINDS, 1)}
    return {
        "person_id": number,
        "quiet_begins": quiet[0].isoformat() if quiet else None,
        "quiet_ends": quiet[1].isoformat() if quiet else None,
        "cadence": chance.choice(tuple(Cadence)).value,
        "cadences": json.dumps(cadences),
        "channel": chance.choice(("", "email", "memory")),
    }


def _declined(number: int, chance: random.Random) -> dict[str, Any]:
    """At the proved address, and so on that channel alone."""
    return {"channel": "memory", "value": email(number), "kind": chance.choice(KINDS)}


def _hush(number: int, chance: random.Random, begins: datetime) -> dict[str, Any]:
    at = begins - chance.randrange(1, 20) * DAY
    until = begins + chance.randrange(120) * DAY if chance.random() < 0.7 else None
    return {"person_id": number, "matter": chance.choice(MATTERS), "at": at, "until": until}


def _reminder(number: int, at: datetime, made_at: datetime) -> dict[str, Any]:
    return {
        "person_id": number,
        "number": 1,
        "text": "look at my notes",
        "at": at,
        "zone": "UTC",
        "made_at": made_at,
        "section": "",
    }


def _statement(number: int, set_id: str, at: datetime) -> dict[str, Any]:
    return {
        "person_id": number,
        "set_id": set_id,
        "number": 1,
        "paragraphs": ("Some words.",),
        "at": at,
    }


def _submission(
    number: int, place: int, set_id: str, at: datetime, outcome: Outcome | None = None
) -> dict[str, Any]:
    """One that waits, or one on which it was decided a day later."""
    review = Review()
    if outcome:
        decision = ReviewDecision(
            outcome=outcome, by=1, name="Sal", at=at + DAY, reason="It is so.", sections=()
        )
        review = Review(decision=decision)
    return {
        "id": _submission_id(number, place),
        "person_id": number,
        "set_id": set_id,
        "route": Route.PORTFOLIO.value,
        "round": 1,
        "follows": None,
        "asked": (),
        "items": "[]",
        "submitted_at": at,
        "stage": (Stage.DECIDED if outcome else Stage.WAITING).value,
        "decided_at": at + DAY if outcome else None,
        "review": review_adapter().dump_json(review).decode(),
        "version": 0,
    }


def _request(number: int, place: int, at: datetime) -> dict[str, Any]:
    return {
        "submission_id": _submission_id(number, 0),
        "person_id": number,
        "section": f"TECH-{place + 1}",
        "token": f"R-{number}-{place}",
        "opened_at": at + DAY,
    }


def _submission_id(number: int, place: int) -> int:
    return number * 10 + place
