"""The audit trail only grows, and whoever meddles with it is found out."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from datetime import timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.ports import UnitOfWork
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, later


def write(unit: UnitOfWork, lines: int = 3) -> None:
    with unit:
        for n in range(lines):
            unit.trail.append(
                at=later(n),
                actor="staff:7",
                action="approved",
                subject=f"candidate:{n % 2}",
                details={"set": f"S{n}", "note": "ünï"},
            )
        unit.commit()


def meddle(database: Database, statement: str) -> None:
    """Changes the table as its owner could, with the triggers out of the way."""
    with database.engine.begin() as connection:
        if database.engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE trail DISABLE TRIGGER USER"))
        else:
            for name in ("update", "delete", "replace"):
                connection.execute(text(f"DROP TRIGGER trail_no_{name}"))
        connection.execute(text(statement))


def test_lines_come_back_in_order_and_each_carries_the_hash_before(unit: UnitOfWork) -> None:
    write(unit)
    with unit:
        first, second, third = unit.trail.entries()

    assert (first.actor, first.action, first.subject) == ("staff:7", "approved", "candidate:0")
    assert (first.at, first.details) == (NOW, {"set": "S0", "note": "ünï"})
    assert (first.previous, second.previous, third.previous) == ("", first.hash, second.hash)


def test_lines_about_one_subject_can_be_had_alone(unit: UnitOfWork) -> None:
    write(unit)
    with unit:
        found = [entry.details["set"] for entry in unit.trail.entries(subject="candidate:0")]
        assert list(unit.trail.entries(subject="candidate")) == []

    assert found == ["S0", "S2"]


def test_anyone_can_work_out_a_line_s_hash(unit: UnitOfWork) -> None:
    local = NOW.astimezone(timezone(timedelta(hours=2)))
    with unit:
        unit.trail.append(
            at=local, actor="a", action="b", subject="c", details={"z": "1", "y": "é"}
        )
        (entry,) = unit.trail.entries()
        line = ["", "2026-03-02T09:00:00+00:00", "a", "b", "c", {"y": "é", "z": "1"}]
        canonical = json.dumps(line, separators=(",", ":"))

    assert entry.hash == hashlib.sha256(canonical.encode()).hexdigest()


def test_an_untouched_trail_is_whole(unit: UnitOfWork) -> None:
    with unit:
        assert unit.trail.broken_at() is None
    write(unit, 1200)
    with unit:
        assert unit.trail.broken_at() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail SET details = '{}'",
        "DELETE FROM trail",
        "INSERT INTO trail (at, actor, action, subject, details, previous, hash) "
        "SELECT at, actor, action, subject, details, previous, 'other' FROM trail WHERE id = 2",
    ],
)
def test_the_database_itself_refuses_to_rewrite_the_past(
    database: Database, statement: str
) -> None:
    unit = SqlUnitOfWork(database.engine)
    write(unit)
    with database.engine.begin() as connection, pytest.raises(DBAPIError):
        connection.execute(text(statement))

    with unit:
        assert unit.trail.broken_at() is None
        assert len(list(unit.trail.entries())) == 3


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE trail SET actor = 'staff:8' WHERE id = 2", 2),
        ("UPDATE trail SET at = '2026-03-02T09:00:09+00:00' WHERE id = 1", 1),
        ('UPDATE trail SET details = \'{"set":"S9"}\' WHERE id = 3', 3),
        ("UPDATE trail SET details = 'not JSON' WHERE id = 2", 2),
        ("UPDATE trail SET hash = 'made up' WHERE id = 2", 2),
        ("DELETE FROM trail WHERE id = 2", 3),
        ("DELETE FROM trail WHERE id = 1", 2),
    ],
)
def test_meddling_is_found_at_the_line_it_shows(
    database: Database, statement: str, number: int
) -> None:
    unit = SqlUnitOfWork(database.engine)
    write(unit)
    meddle(database, statement)

    with unit:
        assert unit.trail.broken_at() == number


def test_lines_of_some_actions_or_about_some_subjects_can_be_had_alone(unit: UnitOfWork) -> None:
    write(unit)
    with unit:
        unit.trail.append(at=NOW, actor="a", action="erased", subject="person:1", details={})

        assert [line.subject for line in unit.trail.done(["erased", "made"])] == ["person:1"]
        found = unit.trail.about(["candidate:1", "person:1", "person:2"])
        assert [line.action for line in found] == ["approved", "erased"]
        assert list(unit.trail.about([])) == []


def test_two_writers_make_one_chain(shared: Callable[[], UnitOfWork]) -> None:
    write(shared(), 1)

    def append() -> None:
        unit = shared()
        for _ in range(10):
            write(unit, 1)

    threads = [threading.Thread(target=append) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with shared() as unit:
        assert unit.trail.broken_at() is None
        assert len(list(unit.trail.entries())) == 31


def test_an_instant_without_a_time_zone_is_refused(unit: UnitOfWork) -> None:
    with unit, pytest.raises(ValueError, match="no time zone"):
        unit.trail.append(
            at=NOW.replace(tzinfo=None), actor="a", action="b", subject="c", details={}
        )


def test_lines_of_one_action_about_a_subject_come_the_newest_first(unit: UnitOfWork) -> None:
    write(unit, lines=5)
    with unit:
        unit.trail.append(at=NOW, actor="a", action="other", subject="candidate:0", details={})
        found = unit.trail.newest(subject="candidate:0", action="approved")

        assert [line.id for line in found] == [5, 3, 1]
        assert list(unit.trail.newest(subject="candidate:9", action="approved")) == []
