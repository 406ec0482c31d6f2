"""A sweep that fails comes to its end, whosever fault it is, and puts off few for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.app import Knowledge
from bot.domain.program import Program
from bot.usecases.sweep_fewer import MOST_FAILURES
from bot.usecases.sweep_marks import NAME, mark_of
from bot.usecases.sweep_notices import Swept, sweep_all, sweep_notices
from storage.database import Database, open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.crowds import add_crowd, speaking
from tests.sweeping import BEGIN, ends

PEOPLE = 40
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def database() -> Iterator[Database]:
    """A crowd of candidates, at whom nobody has looked yet."""
    with open_database("sqlite://") as opened:
        with opened.engine.begin() as connection:
            add_crowd(connection, PEOPLE, lambda _: ends(0))
        yield opened


@pytest.fixture
def program(knowledge: Knowledge) -> Program:
    """The shipped one, which tells of little."""
    return speaking(knowledge.pack.program)


def full(database: Database, table: str, *, ended: bool = False) -> None:
    """Nothing can be written to that table, until it has `ended`."""
    stop = f"BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END"
    with database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER no" if ended else f"CREATE TRIGGER no {stop}"))


def patience() -> Callable[[], bool]:
    """Whether it was asked so often that it would be asked for ever."""
    asked = count()
    return lambda: next(asked) > 5 * MOST_FAILURES


@pytest.mark.parametrize("mark", ["5", "[1, 2]", '{"a": 1}', "null", '["a", "b", 3]', "no json"])
def test_a_mark_that_is_none_is_no_mark(database: Database, program: Program, mark: str) -> None:
    unit = SqlUnitOfWork(database.engine)
    with unit as uow:
        uow.looks.note_swept(NAME, at=BEGIN, mark=mark)
        uow.commit()

    assert mark_of(mark) is None
    assert sweep_notices(unit, program, now=BEGIN + MINUTE) == Swept(looked=PEOPLE)


def test_a_fault_that_is_nobodys_ends_the_sweep(database: Database, program: Program) -> None:
    unit = SqlUnitOfWork(database.engine)
    sweep_notices(unit, program, now=BEGIN)
    full(database, "sweeps")

    with pytest.raises(IntegrityError):
        sweep_all(unit, program, clock=lambda: BEGIN + MINUTE, ending=patience())


def test_a_fault_that_is_everybodys_puts_off_few_and_ends_the_sweep(
    database: Database, program: Program
) -> None:
    unit, now = SqlUnitOfWork(database.engine), BEGIN + 11 * DAY
    sweep_notices(unit, program, now=BEGIN)
    full(database, "notices")

    with pytest.raises(IntegrityError):
        sweep_all(unit, program, clock=lambda: now, ending=patience())

    full(database, "notices", ended=True)
    soon = sweep_all(unit, program, clock=lambda: now + MINUTE, ending=patience())
    later = sweep_all(unit, program, clock=lambda: now + DAY, ending=patience())
    assert soon.said > PEOPLE - MOST_FAILURES
    assert soon.said + later.said == PEOPLE
