"""Somebody is erased while others write to many, or are in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
from sqlalchemy import func, select

from bot.app import Knowledge
from bot.errors import Interlocked
from bot.ports import UnitOfWork
from bot.usecases.erase_person import TRIES, Erased, erase_now
from storage.tables import looks, notices, outbox
from tests.cast import ADA
from tests.contract.examples import later, outbound
from tests.contract.test_noticing_own import noted
from tests.desk import House

A_WHILE = 0.5  # seconds in which an erasure that waits for nobody is over


@pytest.fixture
def home(knowledge: Knowledge, shared_url: str, tmp_path: Path) -> Iterator[House]:
    """Ada is enrolled."""
    house = House(knowledge, tmp_path, url=shared_url)
    house.enrol(ADA)
    yield house
    house.database.close()


def erased_by(uow: Any, house: House) -> Erased:
    """Ada is erased with that unit of work."""
    return erase_now(uow, house.desk.program, ADA.email, now=house.clock())


def left(house: House) -> list[int]:
    """How many looks, notices and messages there are."""
    with house.database.engine.connect() as connection:
        tables = (looks, notices, outbox)
        return [connection.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


def _sweeps(uow: UnitOfWork) -> bool:
    return uow.looks.alone()


def _sends(uow: UnitOfWork) -> bool:
    return uow.broadcasts.alone()


@pytest.mark.parametrize("begins", [_sweeps, _sends], ids=["sweep", "broadcast"])
def test_what_was_being_written_for_somebody_goes_with_them(
    home: House, begins: Callable[[UnitOfWork], bool]
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with home.transaction() as writing:
            assert begins(writing)
            ada = writing.people.find(ADA.email)
            assert ada is not None
            going = pool.submit(erased_by, home.transaction(), home)
            wait([going], timeout=A_WHILE)
            writing.notices.note([noted(f"expiry:{ada.id}", ada.id)])
            writing.looks.put({ada.id: later(9)})
            said = replace(outbound(), to=home.address(ADA.email))
            writing.outbox.add(said, due=home.clock())
            writing.commit()
        going.result()

    assert left(home) == [0, 0, 0]


class InTheWay:
    """A unit of work that meets another one so many times."""

    def __init__(self, house: House, times: int) -> None:
        self._uow: Any = house.transaction()
        self._times = times

    def __enter__(self) -> Self:
        self._uow.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._uow.__exit__(kind, error, trace)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._uow, name)

    def commit(self) -> None:
        """Is given up for another one at first."""
        self._times -= 1
        if self._times >= 0:
            raise Interlocked("Do it once more.")
        self._uow.commit()


def test_an_erasure_that_met_another_writer_is_done_once_more(home: House) -> None:
    with pytest.raises(Interlocked):
        erased_by(InTheWay(home, TRIES), home)
    with home.transaction() as before:
        assert before.people.find(ADA.email)
    erased_by(InTheWay(home, TRIES - 1), home)
    with home.transaction() as after:
        assert after.people.find(ADA.email) is None
