"""Telegram calls Carrel: only with the secret, and it has to say everything until it is kept."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.domain.channel_state import State
from tests.stand import listening, until
from tests.telegram.conftest import ADA, BEA
from tests.telegram.server import TelegramServer
from tests.telegram.stand import SECRET, called, outbound, stand_at

HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = json.dumps({"update_id": 1, "message": {}}).encode()


async def posted(url: str, body: bytes, secret: str | None = SECRET) -> int:
    """The status of the answer."""
    headers = {"Content-Type": "application/json"} | ({HEADER: secret} if secret else {})
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=headers) as answer,
    ):
        return answer.status


async def test_a_message_is_acknowledged_once_it_is_kept_and_answered(
    telegram: TelegramServer,
) -> None:
    async with called(telegram) as (stand, url), listening(stand):
        said = telegram.say(ADA, "how far am I?")
        await telegram.until(lambda: said.acked)
        await stand.adapter.send(outbound())
        webhook = telegram.webhook

    assert webhook == url
    assert stand.texts == ["how far am I?"]
    assert telegram.called("getUpdates") == []
    assert [said.updates[0].statuses, len(telegram.posted(ADA))] == [[200], 1]


async def test_what_could_not_be_kept_is_refused_and_comes_again(telegram: TelegramServer) -> None:
    async with called(telegram) as (stand, _), listening(stand):
        stand.broken = True
        said = telegram.say(ADA, "do not lose me")
        await telegram.until(lambda: len(said.updates[0].statuses) > 1)
        while_broken = set(said.updates[0].statuses)
        stand.broken = False
        await telegram.until(lambda: said.acked)

    assert while_broken == {500}
    assert stand.texts == ["do not lose me"]


async def test_the_door_is_shut_unless_carrel_listens(telegram: TelegramServer) -> None:
    async with called(telegram) as (stand, url):
        before = await posted(url, UPDATE)
        async with listening(stand):
            meanwhile = await posted(url, UPDATE)
        after = await posted(url, UPDATE)

    assert [before, meanwhile, after] == [503, 200, 503]


@pytest.mark.parametrize("secret", [None, "wrong", SECRET[:-1], f"{SECRET}x", "\u00e9"])
async def test_whoever_does_not_know_the_secret_is_refused(
    telegram: TelegramServer, secret: str | None
) -> None:
    said = {"message_id": 1, "from": {"id": ADA}, "chat": {"id": ADA, "type": "private"}}
    update = {"update_id": 1, "message": {**said, "date": 1, "text": "let me in"}}
    async with called(telegram) as (stand, url), listening(stand):
        refused = await posted(url, json.dumps(update).encode(), secret)
        taken = await posted(url, json.dumps(update).encode())

    assert (refused, taken) == (401, 200)
    assert len(stand.heard) == 1


async def test_a_stranger_is_refused_before_any_of_the_body_is_there(
    telegram: TelegramServer,
) -> None:
    async with called(telegram) as (stand, url), listening(stand):
        where = urlsplit(url)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        writer.write(b"POST /anything HTTP/1.1\r\nhost: x\r\ncontent-length: 999999\r\n\r\n")
        answer = await reader.read()  # all of it: the connection is closed then
        writer.close()

    assert answer.startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"[1]", b'"x"', b"7"])
async def test_a_request_that_makes_no_sense_harms_nothing(
    telegram: TelegramServer, body: bytes
) -> None:
    async with called(telegram) as (stand, url), listening(stand):
        status = await posted(url, body)
        said = telegram.say(ADA, "still there?")
        await telegram.until(lambda: said.acked)

    assert status in {200, 400}
    assert stand.texts == ["still there?"]


async def test_there_is_no_webhook_without_a_secret(telegram: TelegramServer) -> None:
    async with called(telegram, secret="") as (stand, url), listening(stand):
        status = await posted(url, UPDATE, None)

    assert status == 503
    assert telegram.called("setWebhook") == []


async def test_a_webhook_that_another_process_took_away_is_told_and_set_again(
    telegram: TelegramServer,
) -> None:
    async with called(telegram) as (stand, url), listening(stand):
        async with listening(stand_at(telegram)):
            await telegram.until(lambda: stand.was(State.NOT_PERMITTED))
        await telegram.until(lambda: telegram.webhook == url)
        said = telegram.say(ADA, "who hears me?")
        await telegram.until(lambda: said.acked)
        await until(lambda: stand.state is State.CONNECTED)

    assert "stop the other one" in (stand.was(State.NOT_PERMITTED) or "")


async def test_it_is_told_that_telegram_cannot_reach_carrel(telegram: TelegramServer) -> None:
    url = "http://127.0.0.1:9/nobody"
    stand = stand_at(telegram, public_url=url, secret=SECRET)
    async with listening(stand):
        telegram.say(ADA, "anybody?")
        await until(lambda: "refused" in (stand.was(State.RECONNECTING) or ""))

    assert "CARREL_PUBLIC_URL" in (stand.was(State.RECONNECTING) or "")


async def test_a_webhook_that_telegram_does_not_take_is_told(telegram: TelegramServer) -> None:
    stand = stand_at(telegram, public_url="http://example.org/updates", secret=SECRET)
    async with listening(stand, ready=False):
        await until(lambda: stand.was(State.NOT_PERMITTED))

    assert "https" in (stand.was(State.NOT_PERMITTED) or "")


async def test_two_people_are_heard_side_by_side_and_each_in_order(
    telegram: TelegramServer,
) -> None:
    async with called(telegram) as (stand, _), listening(stand):
        said = [telegram.say(user, f"{n}") for n in range(5) for user in (ADA, BEA)]
        await telegram.until(lambda: all(one.acked for one in said))

    for user in (ADA, BEA):
        own = [one.text for one in stand.heard if one.sender.value == str(user)]
        assert own == ["0", "1", "2", "3", "4"]


async def test_no_task_is_left_when_telegram_called(telegram: TelegramServer) -> None:
    async with called(telegram) as (stand, _):
        before = asyncio.all_tasks()
        async with listening(stand):
            await stand.adapter.send(outbound())
        left = asyncio.all_tasks() - before

    assert left == set()
