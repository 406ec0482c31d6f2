"""Signed requests over HTTP: let in when they are Slack's, and kept before they are answered."""

from __future__ import annotations

import asyncio
import json
import time
from io import BytesIO

import aiohttp
import pytest

from bot.domain.channel_state import State
from tests.slack.requests_mode import signed
from tests.slack.server import SlackServer
from tests.slack.stand import outbound, served, stand_at, statement_form
from tests.stand import listening

JSON = {"Content-Type": "application/json"}


async def posted(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=BytesIO(body), headers=headers) as answer,
    ):
        return answer.status, await answer.text()


async def test_what_is_said_is_kept_before_the_request_is_answered(slack: SlackServer) -> None:
    stand = stand_at(slack, by_http=True)
    async with listening(stand), served(slack, stand):
        said = slack.say("U0ADA", "hello")
        typed = slack.command("U0ADA", "status")
        await slack.until(lambda: said.acked and typed.acked)

    assert {message.text for message in stand.heard} == {"hello", "status"}
    assert "direct messages" in (typed.response or {})["text"]
    assert stand.was(State.CONNECTED) is not None


async def test_what_could_not_be_kept_is_answered_with_500_and_comes_again(
    slack: SlackServer,
) -> None:
    stand = stand_at(slack, by_http=True)
    async with listening(stand), served(slack, stand):
        stand.broken = True
        said = slack.say("U0ADA", "do not lose me")
        await slack.until(lambda: said.deliveries[0].statuses)
        stand.broken = False
        await slack.until(lambda: said.acked)

    assert said.deliveries[0].statuses[0] == 500
    assert [message.text for message in stand.heard] == ["do not lose me"]


async def test_a_form_is_opened_and_filled_over_http(slack: SlackServer) -> None:
    stand = stand_at(slack, by_http=True)
    stand.window.forms["statement 3"] = statement_form()
    stand.window.words["statement:3"] = "statement 3:"
    async with listening(stand), served(slack, stand):
        typed = slack.command("U0ADA", "statement 3")
        await slack.until(lambda: typed.acked)
        sent = slack.submit_view("U0ADA", {"Your words": "Mine."})
        await slack.until(lambda: sent.acked)

    assert [message.text for message in stand.heard] == ["statement 3: Mine."]


async def test_the_door_is_shut_before_and_after_listening(slack: SlackServer) -> None:
    stand = stand_at(slack, by_http=True)
    async with served(slack, stand) as url:
        before = await posted(url, b"{}", JSON)
        async with listening(stand):
            open_then = await posted(url, b"{}", JSON)
        after = await posted(url, b"{}", JSON)

    assert [status for status, _ in (before, open_then, after)] == [503, 401, 503]


async def test_the_door_stays_shut_without_a_signing_secret(slack: SlackServer) -> None:
    stand = stand_at(slack)
    body = json.dumps({"type": "event_callback", "event": {"type": "message"}}).encode()
    async with listening(stand), served(slack, stand) as url:
        status, _ = await posted(url, body, JSON | signed(body, ""))

    assert status == 503


@pytest.mark.parametrize(
    ("whose", "age"),
    [("wrong", 0.0), ("", 0.0), ("own", 400.0), ("own", -400.0)],
)
async def test_a_request_that_is_not_slacks_or_not_fresh_is_refused(
    slack: SlackServer, whose: str, age: float
) -> None:
    stand = stand_at(slack, by_http=True)
    event = {"type": "message", "channel": "D0ADA", "channel_type": "im", "user": "U0ADA"}
    said = {"type": "event_callback", "event": {**event, "text": "let me in", "ts": "1.2"}}
    body = json.dumps(said).encode()
    by = slack.signing_secret if whose == "own" else whose
    headers = JSON | signed(body, by, at=time.time() - age) | {"X-Slack-Bolt-Lazy-Only": "1"}
    async with listening(stand), served(slack, stand) as url:
        status, _ = await posted(url, body, headers)

    assert status == 401
    assert stand.heard == []


@pytest.mark.parametrize("at", ["abc", "", "1e9", "NaN", "9" * 400, "-1", "\u0661"])
@pytest.mark.parametrize("signature", ["v0=\u00e9", "", "v0=" + "0" * 64])
async def test_a_time_or_signature_that_is_none_is_refused_without_a_word_in_the_log(
    slack: SlackServer, caplog: pytest.LogCaptureFixture, at: str, signature: str
) -> None:
    stand = stand_at(slack, by_http=True)
    headers = JSON | {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": signature}
    async with listening(stand), served(slack, stand) as url:
        status, _ = await posted(url, b'{"type": "event_callback"}', headers)

    assert status == 401
    assert not [one for one in caplog.records if one.levelname in {"WARNING", "ERROR"}]


async def test_slacks_questions_about_the_address_are_answered(slack: SlackServer) -> None:
    stand = stand_at(slack, by_http=True)
    body = json.dumps({"type": "url_verification", "challenge": "c-42", "token": "t"}).encode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    async with listening(stand), served(slack, stand) as url:
        verified = await posted(url, body, JSON | signed(body, slack.signing_secret))
        checked = await posted(url, b"ssl_check=1&token=t", form)

    assert (verified[0], json.loads(verified[1])["challenge"]) == (200, "c-42")
    assert checked[0] == 200


@pytest.mark.parametrize(
    "body",
    [b"[1, 2]", b"\xff\xfe", b"{", b'"x"', b"payload=%5B%5D", b"payload={", b"[" * 100_000, b""],
)
async def test_a_request_that_makes_no_sense_is_refused_and_harms_nothing(
    slack: SlackServer, body: bytes
) -> None:
    stand = stand_at(slack, by_http=True)
    async with listening(stand), served(slack, stand) as url:
        status, _ = await posted(url, body, JSON | signed(body, slack.signing_secret))
        said = slack.say("U0ADA", "still there?")
        await slack.until(lambda: said.acked)

    assert status in {200, 400, 401}
    assert [message.text for message in stand.heard] == ["still there?"]


async def test_a_request_that_is_no_post_is_refused(slack: SlackServer) -> None:
    stand = stand_at(slack, by_http=True)
    async with (
        listening(stand),
        served(slack, stand) as url,
        aiohttp.ClientSession() as session,
        session.get(url) as answer,
    ):
        looked = answer.status

    assert looked == 401


async def test_both_ways_in_work_side_by_side(slack: SlackServer) -> None:
    stand = stand_at(slack, secrets={"signing_secret": slack.signing_secret})
    async with listening(stand):
        by_socket = slack.say("U0ADA", "by socket")
        await slack.until(lambda: by_socket.acked)
        async with served(slack, stand):
            by_http = slack.say("U0ADA", "by http")
            await slack.until(lambda: by_http.acked)
            await stand.adapter.send(outbound())

    assert [message.text for message in stand.heard] == ["by socket", "by http"]


async def test_no_task_is_left_when_it_listened_by_http(slack: SlackServer) -> None:
    stand = stand_at(slack, by_http=True)
    before = asyncio.all_tasks()
    async with listening(stand):
        await stand.adapter.send(outbound())

    assert asyncio.all_tasks() == before
