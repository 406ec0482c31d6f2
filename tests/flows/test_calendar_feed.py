"""A calendar that subscribed to a private address, over HTTP, from asking for it to closing it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import update

from bot.app import Knowledge
from bot.usecases.feed_calendar import Feeding
from channels.feed import PATH, Feed
from channels.http import Watch, http_app, listen_at, serve_http
from channels.measures import Measures
from storage.tables import candidates
from tests.cast import ADA
from tests.desk import House

URL = "https://carrel.example.org"


@pytest.fixture
def web(knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """Carrel with Ada and an HTTP side, on a file that several threads read."""
    house = House(knowledge, tmp_path, url=f"sqlite:///{tmp_path / 'carrel.db'}", public_url=URL)
    house.enrol(ADA)
    yield house
    house.database.close()


@pytest.fixture
async def calendars(web: House) -> AsyncIterator[aiohttp.ClientSession]:
    """People's calendars."""
    listening = listen_at("127.0.0.1", 0)
    watch = Watch(vitals=lambda: None, channels=dict, measures=Measures())
    feed = Feed(Feeding(web.transaction, web.desk))
    serving = asyncio.create_task(serve_http(http_app({PATH: feed}, watch), listening))
    async with aiohttp.ClientSession(f"http://127.0.0.1:{listening.getsockname()[1]}") as session:
        yield session
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


async def said(house: House, text: str) -> str:
    """What Ada is answered."""
    return await asyncio.to_thread(house.say, ADA.email, text)


async def address(house: House, text: str = "calendar") -> str:
    """The path of the address that Ada is told."""
    (found,) = re.findall(rf"{URL}(/calendar/[0-9a-f]+\.ics)", await said(house, text))
    return str(found)


async def test_a_calendar_follows_what_changes_and_ends_when_its_address_is_closed(
    web: House, calendars: aiohttp.ClientSession
) -> None:
    path = await address(web)
    async with calendars.get(path) as answer:
        assert answer.status == 200
        first, tag = await answer.text(), answer.headers["etag"]
    assert "DTSTART;VALUE=DATE:20290115\r\n" in first

    web.clock.forward(timedelta(days=1))
    async with calendars.get(path, headers={"if-none-match": tag}) as answer:
        assert answer.status == 304

    with web.database.engine.begin() as connection:
        connection.execute(update(candidates).values(subscription_ends=date(2029, 7, 15)))
    web.clock.forward(timedelta(days=1))
    async with calendars.get(path, headers={"if-none-match": tag}) as answer:
        assert answer.status == 200
        moved = await answer.text()
    assert "DTSTART;VALUE=DATE:20290715\r\n" in moved
    assert "SEQUENCE:1\r\n" in moved

    newer = await address(web, "new calendar address")
    async with calendars.get(path) as answer:
        assert answer.status == 404
    async with calendars.get(newer) as answer:
        assert await answer.text() == moved

    await said(web, "no calendar address")
    async with calendars.get(newer) as answer:
        assert answer.status == 404


async def test_many_calendars_at_once_are_all_answered_alike(
    web: House, calendars: aiohttp.ClientSession
) -> None:
    path = await address(web)

    async def ask() -> tuple[int, str]:
        async with calendars.get(path) as answer:
            return answer.status, await answer.text()

    found = set(await asyncio.gather(*(ask() for _ in range(80))))

    assert len(found) == 1
    assert next(iter(found))[0] == 200


async def test_whoever_was_erased_has_no_calendar_any_more(
    web: House, calendars: aiohttp.ClientSession
) -> None:
    path = await address(web)
    with web.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        uow.erasure.erase(person, at=web.clock())
        uow.commit()

    async with calendars.get(path) as answer:
        assert answer.status == 404
