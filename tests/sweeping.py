"""A database of candidates who hear of nothing but notices: sweeps, outages, and what is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Executable, delete, event, select, true

from bot.domain.messages import OutboundMessage
from bot.domain.notices.notice import Ending
from bot.domain.program import Program
from bot.ports import UnitOfWork
from bot.usecases.say_again import asking
from bot.usecases.sweep_notices import sweep_notices
from scheduler.asking import as_it_is
from storage.database import Database, open_database
from storage.tables import gathered, notices, outbox
from storage.tables.parts import metadata
from storage.unit_of_work import SqlUnitOfWork
from tests.clock import SetClock
from tests.crowds import add_crowd
from tests.notices_reference import owed

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
BATCH = 2  # people: so that a sweep takes several transactions
PEOPLE = 3
KEPT = frozenset({"trail", "alembic_version"})  # nothing of notices is there
_messages = TypeAdapter(OutboundMessage)


def ends(number: int) -> date:
    """When the subscription of one of them ends at first."""
    return (BEGIN + timedelta(days=100 + 40 * number)).date()


class PulledPlug(BaseException):
    """The machine went down at this statement: nothing catches that."""


class Sweepers:
    """Processes that sweep one database, each with connections of its own, and one clock."""

    def __init__(self, url: str, program: Program, *, count: int = 1) -> None:
        self.program = program
        self.clock = SetClock(BEGIN)
        self._url = url
        self._databases = [open_database(url) for _ in range(count)]

    def transaction(self) -> UnitOfWork:
        """A new unit of work of the first process."""
        return SqlUnitOfWork(self._databases[0].engine)

    def begin(self) -> None:
        """Three candidates whose subscriptions end in some months, and nothing else."""
        self.clock = SetClock(BEGIN)
        with self._databases[0].engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                if table.name not in KEPT:
                    connection.execute(delete(table))
            add_crowd(connection, PEOPLE, ends)

    def sweep(self) -> None:
        """Every process sweeps until nothing is left, all at the same time."""
        with ThreadPoolExecutor(len(self._databases)) as threads:
            list(threads.map(self._sweep, self._databases))

    def crash(self, statements: int) -> None:
        """The first process sweeps, goes down after so many statements, and is started again."""
        with suppress(PulledPlug), _failing(self._databases[0], statements):
            self._sweep(self._databases[0])
        self._restart(0)

    def restart(self) -> None:
        """All begin anew with what is on the disk."""
        for place in range(len(self._databases)):
            self._restart(place)

    def change_rules(self, mark: str) -> None:
        """Another version of the pack is served from now on."""
        self.program = replace(self.program, notices=replace(self.program.notices, mark=mark))

    def write(self, statement: Executable) -> None:
        """Changes a row, as an import from elsewhere does."""
        with self._databases[0].engine.begin() as connection:
            connection.execute(statement)

    def close(self) -> None:
        """Ends them."""
        for database in self._databases:
            database.close()

    def told(self) -> Counter[str]:
        """How often each key stands in a message of the outbox that was not put aside unsent."""
        aside = (outbox.c.state == "sent") & (outbox.c.receipt == "")
        return Counter(key for message in self._messages(~aside) for key in message.notices)

    def messages(self) -> list[OutboundMessage]:
        """Everything that was ever put into the outbox, in order."""
        return self._messages(true())

    def send(self) -> None:
        """Sends what is due and still true, and puts the rest aside."""
        asked, unit = asking(lambda: self.program), self.transaction()
        with unit as uow:
            while claimed := uow.outbox.claim(
                now=self.clock(), lease_seconds=60, channels=["memory", "email"]
            ):
                if (sent := as_it_is(asked, uow, claimed, now=self.clock())) is not None:
                    uow.outbox.sent(sent, at=self.clock(), receipt="r")
            uow.commit()

    def books(self) -> Mapping[str, Ending]:
        """What became of each key."""
        return {row.key: Ending(row.ending) for row in self._rows(select(notices))}

    def news(self) -> Mapping[str, str]:
        """By which message each piece of news was told; empty for those that wait."""
        return {row.key: row.message for row in self._rows(select(gathered))}

    def left(self) -> list[str]:
        """Keys of what is to be told by now, has a place to go to, and was not told.

        The slow account says what that is, which shares no code with the sweep.
        """
        now, found = self.clock(), list[str]()
        with self.transaction() as uow:
            everybody = range(1, PEOPLE + 1)
            for one in uow.situations.of(everybody, now=now, program=self.program):
                keys = owed(self.program, one, now) if one.places else set[str]()
                found += keys - uow.notices.known(keys)
        return sorted(found)

    def _messages(self, which: ColumnElement[bool]) -> list[OutboundMessage]:
        rows = self._rows(select(outbox.c.message).where(which).order_by(outbox.c.id))
        return [_messages.validate_json(row.message) for row in rows]

    def _sweep(self, database: Database) -> None:
        more, unit = True, SqlUnitOfWork(database.engine)
        while more:
            more = sweep_notices(unit, self.program, now=self.clock(), limit=BATCH).more

    def _restart(self, place: int) -> None:
        """What it had not committed goes with its connections."""
        self._databases[place].close()
        self._databases[place] = open_database(self._url)

    def _rows(self, query: Any) -> Sequence[Any]:
        with self._databases[0].engine.connect() as connection:
            return connection.execute(query).all()


@contextmanager
def _failing(database: Database, statements: int) -> Iterator[None]:
    """No statement is done after so many; what was not committed by then is gone."""
    left = iter(range(statements))

    def count(*_: object) -> None:
        if next(left, None) is None:
            raise PulledPlug

    event.listen(database.engine, "before_cursor_execute", count)
    event.listen(database.engine, "commit", count)
    try:
        yield
    finally:
        event.remove(database.engine, "before_cursor_execute", count)
        event.remove(database.engine, "commit", count)
