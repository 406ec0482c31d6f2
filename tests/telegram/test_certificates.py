"""Telegram behind certificates of somebody's own, or behind a proxy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from aiogram.methods import GetMe
from aiohttp import web

from bot.errors import ConfigurationError
from channels.telegram.access import TelegramAccess
from channels.telegram.calls import Calls
from channels.telegram.codes import UNREACHABLE
from channels.telegram.faults import CallFailed
from tests.post_office import certificate

ACCESS = TelegramAccess(token="700000001:made-up")


async def introduced(_: web.Request) -> web.Response:
    """The answer of getMe."""
    return web.json_response({"ok": True, "result": {"id": 700000001}})


async def test_the_named_certificates_are_trusted_and_no_others(tmp_path: Path) -> None:
    tls, pem = certificate(tmp_path)
    app = web.Application()
    app.router.add_post("/bot{token}/getMe", introduced)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    url = f"https://127.0.0.1:{runner.addresses[0][1]}/"
    trusting = Calls(replace(ACCESS, api_url=url, ca=pem))
    wary = Calls(replace(ACCESS, api_url=url))
    try:
        assert await trusting.call(GetMe()) == {"id": 700000001}
        with pytest.raises(CallFailed) as caught:
            await wary.call(GetMe())
    finally:
        await trusting.close()
        await wary.close()
        await runner.cleanup()

    assert caught.value.code == UNREACHABLE


def test_a_file_that_holds_no_certificates_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with pytest.raises(ConfigurationError, match=r"ca\.pem"):
        Calls(replace(ACCESS, ca=tmp_path / "ca.pem"))


async def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def passes_on(request: web.BaseRequest) -> web.Response:
        asked.append(f"{request.host}{request.path}")
        return web.json_response({"ok": True, "result": {"id": 1}})

    runner = web.ServerRunner(web.Server(passes_on))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{runner.addresses[0][1]}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    calls = Calls(replace(ACCESS, api_url="http://telegram.example/"))
    try:
        await calls.call(GetMe())
    finally:
        await calls.close()
        await runner.cleanup()

    assert asked == [f"telegram.example/bot{ACCESS.token}/getMe"]
