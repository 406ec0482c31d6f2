"""Whoever counts on for a person on one database keeps nobody from keeping other things of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.notices.wishes import Hush
from bot.domain.people import Person
from bot.ports import UnitOfWork
from storage.database import open_database
from storage.unit_of_work import SqlUnitOfWork
from tests.contract.examples import NOW, person
from tests.contract.test_noticing_own import reminder

PATIENCE = 20  # seconds after which whoever waits would wait for ever


def _reads(uow: UnitOfWork, who: Person) -> object:
    return uow.feeds.entries(who)


def _adds(uow: UnitOfWork, who: Person) -> object:
    return uow.reminders.add(reminder(who))


def _hushes(uow: UnitOfWork, who: Person) -> None:
    uow.wishes.hush(who, Hush(matter="expiry", at=NOW, until=None))
    uow.commit()


@pytest.mark.parametrize("counts", [_reads, _adds], ids=["calendar", "reminder"])
def test_other_things_of_the_person_are_kept_meanwhile(
    server_url: str, counts: Callable[[UnitOfWork, Person], object]
) -> None:
    with open_database(server_url) as opened, ThreadPoolExecutor(1) as pool:
        one, other = SqlUnitOfWork(opened.engine), SqlUnitOfWork(opened.engine)
        with one as uow:
            ada = person(uow, "Ada")
            uow.commit()

        def keeps() -> None:
            with other as uow:
                _hushes(uow, ada)

        with one as uow:
            counts(uow, ada)
            pool.submit(keeps).result(PATIENCE)
