"""Slack behind certificates of somebody's own: trusted when their file is named, else not."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import web

from bot.errors import ConfigurationError
from channels.slack.access import SlackAccess
from channels.slack.calls import Calls
from channels.slack.faults import UNREACHABLE, CallFailed
from tests.post_office import certificate


async def introduced(_: web.Request) -> web.Response:
    """The answer of auth.test."""
    return web.json_response({"ok": True, "user_id": "U0BOT"})


async def test_the_named_certificates_are_trusted_and_no_others(tmp_path: Path) -> None:
    tls, pem = certificate(tmp_path)
    app = web.Application()
    app.router.add_post("/api/auth.test", introduced)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
    url = f"https://127.0.0.1:{runner.addresses[0][1]}/api/"
    trusting = Calls(SlackAccess(bot_token="xoxb-1", api_url=url, ca=pem))
    wary = Calls(SlackAccess(bot_token="xoxb-1", api_url=url))
    try:
        assert (await trusting.call("auth.test"))["user_id"] == "U0BOT"
        with pytest.raises(CallFailed) as caught:
            await wary.call("auth.test")
    finally:
        await trusting.close()
        await wary.close()
        await runner.cleanup()

    assert caught.value.code == UNREACHABLE


def test_a_file_that_holds_no_certificates_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with pytest.raises(ConfigurationError, match=r"ca\.pem"):
        Calls(SlackAccess(bot_token="xoxb-1", ca=tmp_path / "ca.pem"))
