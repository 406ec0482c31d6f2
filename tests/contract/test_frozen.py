"""The database itself keeps snapshots and decisions, whatever program writes into it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.domain.submission import Stage
from bot.ports import UnitOfWork
from storage.database import Database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import person
from tests.contract.reviewing import decided, saved, submitted

_FROZEN = {
    "id": "id + 100",
    "person_id": "2",
    "set_id": "'Z'",
    "route": "'course'",
    "round": "2",
    "follows": "id",
    "asked": "'[\"A-1\"]'",
    "items": "'[]'",
    "submitted_at": "'2020-01-01 00:00:00'",
}


def _write(database: Database, statement: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.fixture
def kept(database: Database) -> UnitOfWork:
    """Number 1 is decided, 2 withdrawn, 3 waiting; two people."""
    unit = SqlUnitOfWork(database.engine)
    with unit:
        ada = person(unit)
        person(unit, "Bea Example")
        saved(unit, decided(submitted(unit, ada, "A")))
        saved(unit, replace(submitted(unit, ada, "B"), stage=Stage.WITHDRAWN))
        submitted(unit, ada, "C")
        unit.commit()
    return unit


@pytest.mark.parametrize("column", _FROZEN)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_database_itself_keeps_a_snapshot(
    database: Database, kept: UnitOfWork, column: str, number: int
) -> None:
    statement = f"UPDATE submissions SET {column} = {_FROZEN[column]} WHERE id = {number}"  # noqa: S608 - our own words
    with kept:
        before = kept.submissions.get(number)
    with pytest.raises(DBAPIError, match="stays as it was"):
        _write(database, statement)

    with kept:
        assert kept.submissions.get(number) == before


@pytest.mark.parametrize("change", ["review = '{}'", "stage = 'waiting'", "decided_at = NULL"])
def test_the_database_itself_keeps_a_decision(
    database: Database, kept: UnitOfWork, change: str
) -> None:
    with pytest.raises(DBAPIError, match="stays as it was"):
        _write(database, f"UPDATE submissions SET {change} WHERE id = 1")  # noqa: S608 - our own words


@pytest.mark.parametrize("change", ["review = '{}'", "stage = 'waiting'"])
def test_the_database_itself_keeps_what_was_withdrawn(
    database: Database, kept: UnitOfWork, change: str
) -> None:
    with pytest.raises(DBAPIError, match="stays as it was"):
        _write(database, f"UPDATE submissions SET {change} WHERE id = 2")  # noqa: S608 - our own words


def test_the_database_itself_keeps_what_was_decided(database: Database, kept: UnitOfWork) -> None:
    with pytest.raises(DBAPIError, match="never deleted"):
        _write(database, "DELETE FROM submissions")
    _write(database, "DELETE FROM submissions WHERE id = 3")

    with kept:
        assert kept.submissions.get(1) is not None
        assert kept.submissions.get(3) is None


def test_no_submission_is_put_in_another_one_s_place(database: Database, kept: UnitOfWork) -> None:
    names = "person_id, set_id, route, round, asked, items, submitted_at, stage, review, version"
    replacing = "INSERT OR REPLACE" if database.engine.dialect.name == "sqlite" else "INSERT"
    with pytest.raises(DBAPIError):
        _write(
            database,
            f"{replacing} INTO submissions (id, {names}) SELECT 1, {names} FROM submissions"  # noqa: S608 - our own words
            " WHERE id = 3",
        )
