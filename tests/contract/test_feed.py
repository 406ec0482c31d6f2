"""Private calendar addresses over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
import pytest

from bot.errors import StorageFailed
from channels.feed import AT_ONCE, PATH, Feed
from channels.http import Watch, http_app, listen_at, serve_http
from channels.measures import Measures

TOKEN = "0123456789abcdef" * 2
ICS = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@dataclass(slots=True)
class Shelf:
    """Calendars by token; `away` as long as the database is."""

    there: dict[str, bytes] = field(default_factory=lambda: {TOKEN: ICS})
    asked: list[str] = field(default_factory=list)
    away: bool = False

    def __call__(self, token: str) -> bytes | None:
        """What the token opens."""
        self.asked.append(token)
        if self.away:
            raise StorageFailed("The database is away.")
        return self.there.get(token)


@pytest.fixture
def shelf() -> Shelf:
    """One calendar."""
    return Shelf()


@pytest.fixture
async def web(shelf: Shelf) -> AsyncIterator[aiohttp.ClientSession]:
    """Whoever has an address."""
    listening = listen_at("127.0.0.1", 0)
    watch = Watch(vitals=lambda: None, channels=dict, measures=Measures())
    serving = asyncio.create_task(serve_http(http_app({PATH: Feed(shelf)}, watch), listening))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    async with aiohttp.ClientSession(url) as session:
        yield session
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


async def test_a_calendar_is_given_and_kept_from_search_engines(
    web: aiohttp.ClientSession,
) -> None:
    async with web.get(f"/calendar/{TOKEN}.ics") as answer:
        assert (answer.status, await answer.read()) == (200, ICS)
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.headers["cache-control"] == "private, no-cache"
        assert "noindex" in answer.headers["x-robots-tag"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"


async def test_a_calendar_is_looked_at_without_its_bytes(web: aiohttp.ClientSession) -> None:
    async with web.head(f"/calendar/{TOKEN}.ics") as answer:
        assert (answer.status, await answer.read()) == (200, b"")
        assert answer.headers["content-length"] == str(len(ICS))


async def test_whoever_has_it_already_is_told_so_until_it_changes(
    web: aiohttp.ClientSession, shelf: Shelf
) -> None:
    async with web.get(f"/calendar/{TOKEN}.ics") as answer:
        tag = answer.headers["etag"]
    for asked in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        async with web.get(f"/calendar/{TOKEN}.ics", headers={"if-none-match": asked}) as answer:
            assert (answer.status, await answer.read()) == (304, b"")
            assert answer.headers["etag"] == tag

    shelf.there[TOKEN] = ICS + b"\r\n"
    async with web.get(f"/calendar/{TOKEN}.ics", headers={"if-none-match": tag}) as answer:
        assert answer.status == 200
        assert answer.headers["etag"] != tag


@pytest.mark.parametrize(
    "path",
    [
        f"/calendar/{'f' * 32}.ics",
        "/calendar/x.ics",
        "/calendar/.ics",
        "/calendar/%00%ff.ics",
        f"/calendar/{'x' * 5000}.ics",
        f"/calendar/{TOKEN}",
        f"/calendar/{TOKEN}.ics/",
        f"/calendar/{TOKEN[:-1]}.ics",
        f"/calendar/{TOKEN.upper()}.ics",
        "/calendar/",
    ],
)
async def test_everything_else_gets_the_same_answer(web: aiohttp.ClientSession, path: str) -> None:
    async with web.get("/calendar/nothing.ics") as answer:
        plain = (await answer.read(), {k: v for k, v in answer.headers.items() if k != "date"})

    async with web.get(path) as answer:
        found = (await answer.read(), {k: v for k, v in answer.headers.items() if k != "date"})
        assert answer.status == 404

    assert found == plain
    assert TOKEN.encode() not in found[0]


async def test_a_closed_address_opens_nothing_at_once(
    web: aiohttp.ClientSession, shelf: Shelf
) -> None:
    async with web.get(f"/calendar/{TOKEN}.ics") as answer:
        tag = answer.headers["etag"]
    del shelf.there[TOKEN]

    for headers in ({}, {"if-none-match": tag}):
        async with web.get(f"/calendar/{TOKEN}.ics", headers=headers) as answer:
            assert answer.status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND"])
async def test_nothing_can_be_written(
    web: aiohttp.ClientSession, shelf: Shelf, method: str
) -> None:
    async with web.request(method, f"/calendar/{TOKEN}.ics", data="x") as answer:
        assert answer.status == 405

    assert shelf.asked == []


async def test_a_database_that_is_away_is_told_and_comes_back(
    web: aiohttp.ClientSession, shelf: Shelf
) -> None:
    shelf.away = True
    async with web.get(f"/calendar/{TOKEN}.ics") as answer:
        assert answer.status == 503
        assert answer.headers["retry-after"] == "60"
        assert TOKEN not in await answer.text()

    shelf.away = False
    async with web.get(f"/calendar/{TOKEN}.ics") as answer:
        assert answer.status == 200


async def test_a_flood_is_answered_and_a_failure_in_it_takes_nobodys_turn(
    web: aiohttp.ClientSession, shelf: Shelf
) -> None:
    shelf.away = True
    for _ in range(3 * AT_ONCE):
        async with web.get(f"/calendar/{TOKEN}.ics") as answer:
            assert answer.status == 503
    shelf.away = False

    async def ask() -> int:
        async with web.get(f"/calendar/{TOKEN}.ics") as answer:
            return answer.status

    assert set(await asyncio.gather(*(ask() for _ in range(60)))) == {200}
