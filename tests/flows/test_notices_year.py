"""A year of sweeps says, person by person and to the instant, what a slow and obvious account says.

`CARREL_TEST_CANDIDATES` is how many there are; CI has a hundred thousand.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import TypeAdapter
from sqlalchemy import delete, func, select

from bot.app import Knowledge
from bot.domain.messages import OutboundMessage
from bot.domain.notices.notice import Ending
from bot.domain.program import Program
from bot.usecases.sweep_notices import sweep_all
from storage.columns import Instant
from storage.database import Database, open_database
from storage.tables import looks, notices, outbox
from storage.unit_of_work import SqlUnitOfWork
from tests.lives import add_lives
from tests.notices_reference import year

CI = os.environ.get("CI") == "true"
CANDIDATES = int(os.environ.get("CARREL_TEST_CANDIDATES", "100000" if CI else "5000"))
BEGINS = datetime(2026, 6, 1, tzinfo=UTC)
DAYS = 365
PAGE = 1_000
OFTEN = 50  # after so many sweeps the outbox is emptied
MESSAGES = TypeAdapter(OutboundMessage)


class Year:
    """Candidates whose state stays as it is, and everything that they are told in a year."""

    def __init__(self, database: Database, program: Program) -> None:
        self._database = database
        self._program = program
        self.told = Counter[str]()

    def expected(self) -> Iterator[tuple[str, datetime]]:
        """What the slow account says, with the instant."""
        with SqlUnitOfWork(self._database.engine) as uow:
            for start in range(1, CANDIDATES + 1, PAGE):
                page = range(start, start + PAGE)
                for one in uow.situations.of(page, now=BEGINS, program=self._program):
                    for at, key in year(self._program, one, begins=BEGINS, days=DAYS):
                        yield key, at

    def sweep(self) -> None:
        """Looks at every instant at which somebody is to be looked at."""
        unit, now, sweeps = SqlUnitOfWork(self._database.engine), BEGINS, 0
        while now < BEGINS + timedelta(days=DAYS):
            at = now
            sweep_all(unit, self._program, clock=lambda at=at: at, ending=lambda: False)
            sweeps += 1
            if sweeps % OFTEN == 0:
                self._empty()
            now = self._next()
        self._empty()

    def said(self) -> Iterator[tuple[str, datetime]]:
        """What is in the books, with the instant."""
        with self._database.engine.connect() as connection:
            for row in connection.execute(select(notices)):
                assert row.ending == Ending.SAID
                yield row.key, row.at

    def cards(self) -> int:
        """How many of them are for the staff, who see them on cards."""
        own = notices.c.message.like("submission:%")
        with self._database.engine.connect() as connection:
            return connection.execute(select(func.count()).where(own)).scalar_one()

    def _next(self) -> datetime:
        with self._database.engine.connect() as connection:
            first: datetime = connection.execute(
                select(func.min(looks.c.due_at, type_=Instant()))
            ).scalar_one()
        return first

    def _empty(self) -> None:
        """Counts what was said and takes it away: a year of it is much to keep in memory."""
        with self._database.engine.begin() as connection:
            for row in connection.execute(select(outbox.c.message)):
                self.told.update(MESSAGES.validate_json(row.message).notices)
            connection.execute(delete(outbox))


@pytest.fixture
def lived(knowledge: Knowledge) -> Iterator[Year]:
    """They stand where they stand when the year begins."""
    program = knowledge.pack.program
    with open_database("sqlite://") as database:
        with database.engine.begin() as connection:
            add_lives(connection, program, CANDIDATES, begins=BEGINS)
        yield Year(database, program)


@pytest.mark.no_cover  # it would take half as long again, and everything it runs others run too
def test_a_year_of_sweeps_says_what_the_slow_account_says(lived: Year) -> None:
    expected = set(lived.expected())

    lived.sweep()

    said = set(lived.said())
    assert sorted(said - expected)[:5] == sorted(expected - said)[:5] == []
    assert set(lived.told.values()) == {1}
    assert lived.told.total() + lived.cards() == len(said)
