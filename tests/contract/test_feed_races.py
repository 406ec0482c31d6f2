"""Calendars that are asked for at the same time on one database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.app import Knowledge
from bot.usecases.feed_calendar import Feeding, hash_of
from storage.tables import candidates
from tests.cast import ADA
from tests.desk import House

AT_ONCE = 8
KEY = "0123456789abcdef"


@pytest.fixture
def home(knowledge: Knowledge, shared_url: str, tmp_path: Path) -> Iterator[House]:
    """Ada has an address."""
    house = House(knowledge, tmp_path, url=shared_url)
    candidate = house.enrol(ADA)
    with house.transaction() as uow:
        uow.feeds.put(candidate.person, hash_of(KEY), at=house.clock())
        uow.commit()
    yield house
    house.database.close()


def asked(house: House) -> set[bytes | None]:
    """What several processes give that are asked at once."""
    processes = [Feeding(house.transaction, house.desk) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return set(pool.map(lambda opened: opened(KEY), processes))


def test_all_who_ask_at_once_get_the_same_and_nothing_counts_twice(home: House) -> None:
    (first,) = asked(home)
    with home.database.engine.begin() as connection:
        connection.execute(update(candidates).values(subscription_ends=date(2029, 7, 15)))
    (second,) = asked(home)

    assert first is not None
    assert second is not None
    assert (first.count(b"SEQUENCE:0"), second.count(b"SEQUENCE:1")) == (2, 1)
