"""What mails link to, over HTTP: files that were too large, and the page by which to decline."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from bot.domain.messages import Download
from channels.email.door import PATH, Door
from channels.http import Watch, http_app, listen_at, serve_http
from channels.measures import Measures
from tests.mailing import Pane

NAME = 'all of\r\n it "\u00e4".html'
ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
def window(tmp_path: Path) -> Pane:
    """A window with one file and one notice behind it."""
    path = tmp_path / "kept"
    path.write_bytes(b"<script>alert(1)</script>")
    file = Download(name=NAME, media_type="text/html", size=25, sha256="abc")
    gone = Download(name="gone", media_type="text/html", size=25, sha256="def")
    return Pane(
        had_by={"good": file, "lost": gone},
        files={"abc": path, "def": tmp_path / "none"},
        kinds={"no": "<comments>"},
    )


@pytest.fixture
async def web(window: Pane) -> AsyncIterator[aiohttp.ClientSession]:
    """Whoever follows a link."""
    listening = listen_at("127.0.0.1", 0)
    watch = Watch(vitals=lambda: None, channels=dict, measures=Measures())
    serving = asyncio.create_task(serve_http(http_app({PATH: Door(window)}, watch), listening))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    async with aiohttp.ClientSession(url) as session:
        yield session
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving


async def test_a_file_is_saved_and_never_shown(web: aiohttp.ClientSession) -> None:
    async with web.get("/mail/file/good") as answer:
        body = await answer.read()

    assert (answer.status, body) == (200, b"<script>alert(1)</script>")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.content_disposition is not None
    assert answer.content_disposition.type == "attachment"
    assert answer.content_disposition.filename == 'all of it "\u00e4".html'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in answer.headers["cache-control"]
    assert answer.headers["content-security-policy"].startswith("sandbox")


async def test_a_file_of_any_name_is_had_however_long_that_makes_its_link(
    web: aiohttp.ClientSession, window: Pane
) -> None:
    long = "x" * 3_000
    window.had_by[long] = window.had_by["good"]

    async with web.get(f"/mail/file/{long}") as answer:
        assert answer.status == 200


async def test_a_file_is_looked_at_without_its_bytes(web: aiohttp.ClientSession) -> None:
    async with web.head("/mail/file/good") as answer:
        assert (answer.status, await answer.read()) == (200, b"")
        assert answer.headers["content-length"] == "25"


@pytest.mark.parametrize("token", ["over", "lost", "x" * 600])
async def test_a_link_that_is_over_tells_how_to_get_another(
    web: aiohttp.ClientSession, token: str
) -> None:
    async with web.get(f"/mail/file/{token}") as answer:
        assert answer.status == 410
        assert "Ask Carrel for the file again" in await answer.text()


async def test_to_look_at_the_page_changes_nothing(
    web: aiohttp.ClientSession, window: Pane
) -> None:
    for method in ("GET", "HEAD"):
        async with web.request(method, "/mail/unsubscribe/no") as answer:
            page = await answer.text()
            assert answer.status == 200
            assert "script-src" not in answer.headers["content-security-policy"]
            assert "form-action 'self'" in answer.headers["content-security-policy"]
            assert "no-store" in answer.headers["cache-control"]
        assert ("&lt;comments&gt;" in page) == (method == "GET")
        assert "<comments>" not in page

    assert window.gave_up == []


@pytest.mark.parametrize("body", [ONE_CLICK, "", "something=else"])
async def test_a_press_or_a_programs_one_click_declines_and_is_harmless_twice(
    web: aiohttp.ClientSession, window: Pane, body: str
) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    for _ in range(2):
        async with web.post(
            "/mail/unsubscribe/no", data=body, headers=form, allow_redirects=False
        ) as answer:
            assert answer.status == 200
            assert "You get no more mails about" in await answer.text()

    assert window.gave_up == ["no", "no"]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_unknown_link_is_answered_in_words(
    web: aiohttp.ClientSession, window: Pane, method: str
) -> None:
    async with web.request(method, "/mail/unsubscribe/other") as answer:
        assert answer.status == 404
        assert "Nothing was changed" in await answer.text()

    assert window.gave_up == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/mail/", 404),
        ("GET", "/mail/else/x", 404),
        ("GET", "/mail/file/good/more", 404),
        ("POST", "/mail/file/good", 405),
        ("DELETE", "/mail/unsubscribe/no", 405),
        ("GET", "/mail/file/%00", 410),
    ],
)
async def test_nothing_else_is_there(
    web: aiohttp.ClientSession, method: str, path: str, status: int
) -> None:
    async with web.request(method, path) as answer:
        assert answer.status == status


async def test_a_database_that_is_away_is_told_and_comes_back(
    web: aiohttp.ClientSession, window: Pane
) -> None:
    window.away = True
    async with web.get("/mail/file/good") as answer:
        assert answer.status == 503
        assert answer.headers["retry-after"]

    window.away = False
    async with web.get("/mail/file/good") as answer:
        assert answer.status == 200
