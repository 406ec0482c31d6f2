"""What a sweep of notices costs: by how many candidates there are, and how many are told.

Beside it the obvious sweep, which reads everybody each minute. PostgreSQL is measured where its
programs are installed.
"""

from __future__ import annotations

import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import create_engine, make_url, text

from bench.carrel import settings
from bench.progress import tell
from bench.table import Line, against_target
from bot.domain.program import Program
from bot.knowledge.pack import load_pack
from bot.usecases.compose_notices import plans
from bot.usecases.sweep_notices import sweep_all
from storage.database import Database, open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract import postgres
from tests.crowds import add_crowd, looked_at, speaking

TARGETS = {100_000: 3.0, 1_000_000: 30.0}  # seconds for a sweep of so many
TOLD = 1_000  # in the sweeps of different sizes
DAY = date(2027, 3, 10)  # on which they are due
NOW = datetime(2027, 3, 11, tzinfo=UTC)  # past nine on that day in every time zone
LATER = datetime(2031, 1, 1, tzinfo=UTC)  # for all others
MINUTE = timedelta(minutes=1)
PAGE = 1_000
Make = Callable[[], AbstractContextManager[Database]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """A kind of database, and the program that is served on it."""

    name: str
    make: Make
    program: Program

    @contextmanager
    def town(self, size: int, told: int) -> Iterator[_Town]:
        """So many candidates, of whom the first ones are due and all were looked at before."""
        tell(f"sweep: making {size:,} candidates on {self.name}")
        with self.make() as database:
            town = _Town(database=database, program=self.program, size=size)
            town.sweep(NOW - MINUTE)  # of nobody: whoever comes later was looked at by these rules
            far = LATER.date()
            with database.engine.begin() as connection:
                add_crowd(connection, size, lambda n: DAY + 30 * _DAY if n <= told else far)
                looked_at(connection, size, lambda n: NOW if n <= told else LATER)
            yield town


_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Town:
    database: Database
    program: Program
    size: int

    def sweep(self, at: datetime = NOW) -> float:
        """The seconds of one sweep."""
        unit = SqlUnitOfWork(self.database.engine)
        started = time.perf_counter()
        sweep_all(unit, self.program, clock=lambda: at, ending=lambda: False)
        return time.perf_counter() - started

    def idle(self) -> float:
        """The seconds of one that has nothing to say, after one that had."""
        return median(self.sweep(NOW + minute * MINUTE) for minute in range(1, 8))

    def obvious(self) -> float:
        """The seconds of reading everybody and working out what is due."""
        started = time.perf_counter()
        with SqlUnitOfWork(self.database.engine) as uow:
            for start in range(1, self.size + 1, PAGE):
                page = range(start, start + PAGE)
                for one in uow.situations.of(page, now=NOW, program=self.program):
                    plans(self.program, one)
        return time.perf_counter() - started


def run(*, quick: bool) -> list[Line]:
    """The curves on each kind of database."""
    program = speaking(load_pack(settings().program).program)
    sizes = (1_000, 10_000) if quick else (10_000, 100_000, 1_000_000)
    dues = (0, 100, 1_000) if quick else (0, 100, 1_000, 10_000)
    with ExitStack() as opened:
        grounds = [_Ground(name=name, make=make, program=program) for name, make in _kinds(opened)]
        return [line for ground in grounds for line in _lines(ground, sizes, dues)]


def _lines(ground: _Ground, sizes: Sequence[int], dues: Sequence[int]) -> Iterator[Line]:
    yield from _by_size(ground, sizes)
    yield from _by_due(ground, sizes[-2], dues)
    yield _first_look(ground, sizes[-2])


def _by_size(ground: _Ground, sizes: Sequence[int]) -> Iterator[Line]:
    """The same number of notices among more and more candidates."""
    told, first = min(TOLD, sizes[0]), 0.0
    with ground.town(PAGE, PAGE) as town:
        town.sweep()  # warms up
    for size in sizes:
        with ground.town(size, told) as town:
            took, idle = town.sweep(), town.idle()
            obvious = town.obvious() if size < 1_000_000 else 0.0
        first = first or took
        among = f"{ground.name}: {told:,} notices among {size:,}"
        yield Line(what=among, figure=took, unit="s", ratio=took / first, to=f"{sizes[0]:,}")
        if target := TARGETS.get(size):
            yield against_target(among, took, "s", target=target)
        nothing = f"{ground.name}: nothing among {size:,}"
        yield Line(what=nothing, figure=idle * 1000, unit="ms", ratio=idle / took, to="the notices")
        if obvious:
            what = f"{ground.name}: all {size:,} read, the obvious sweep"
            yield Line(what=what, figure=obvious, unit="s", ratio=obvious / idle, to="nothing due")


def _by_due(ground: _Ground, size: int, dues: Sequence[int]) -> Iterator[Line]:
    """More and more notices among the same candidates; the ratio is of what one costs."""
    single = 0.0
    for due in dues:
        with ground.town(size, due) as town:
            took = town.sweep()
        each = took / (due or 1)
        single = single or (each if due else 0.0)
        what = f"{ground.name}: {due:,} notices among {size:,}"
        ratio, to = (each / single, "one of the fewest") if due else (1.0, "the constant")
        yield Line(what=what, figure=took, unit="s", ratio=ratio, to=to)


def _first_look(ground: _Ground, size: int) -> Line:
    """Everybody is stirred, as after a change of the rules."""
    with ground.town(size, 0) as town:
        with SqlUnitOfWork(town.database.engine) as uow:
            uow.looks.stir()
            uow.commit()
        took, obvious = town.sweep(), town.obvious()
    what = f"{ground.name}: a look at all {size:,}, after the rules changed"
    return Line(what=what, figure=took, unit="s", ratio=took / obvious, to="only reading all")


def _kinds(opened: ExitStack) -> Iterator[tuple[str, Make]]:
    yield "SQLite", _file
    if programs := postgres.programs():
        server = opened.enter_context(postgres.server(programs))
        yield "PostgreSQL", lambda: _schema(server)


@contextmanager
def _file() -> Iterator[Database]:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_database(f"sqlite:///{Path(folder) / 'carrel.db'}") as database,
    ):
        yield database


@contextmanager
def _schema(server: str) -> Iterator[Database]:
    """One of its own, gone afterwards."""
    engine, name = create_engine(server), f"carrel_{uuid.uuid4().hex}"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    own = make_url(server).update_query_dict({"options": f"-csearch_path={name}"})
    with open_database(own.render_as_string(hide_password=False)) as database:
        yield database
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()
