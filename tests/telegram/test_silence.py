"""No token and no word of anybody's is logged, at any level, by us or by Telegram's library."""

from __future__ import annotations

import traceback
from typing import Any

import aiohttp
import pytest

from bot.domain.messages import Choice, Download, Paragraph
from bot.errors import DeliveryFailed
from tests.logged import Kept
from tests.stand import listening, until
from tests.telegram.conftest import ADA, BEA, ROOM
from tests.telegram.server import TelegramServer
from tests.telegram.stand import SECRET, Stand, called, card, outbound, stand_at

WORDS = "quokka"  # in everything that is said in these tests
REFUSALS: tuple[dict[str, Any], ...] = (
    {"description": f"Bad Request: {WORDS}"},
    {"status": 403, "description": f"Forbidden: {WORDS}"},
    {"status": 502, "description": WORDS},
    {"retry_after": 1},
    {"lost": "before"},
    {"migrate_to": -1_001_000_000_009},
)
PICKS = (Choice(label=f"Pick {WORDS}", says=f"{WORDS} it"),)


async def test_no_token_and_no_words_are_logged_while_polling(
    telegram: TelegramServer, everything: Kept
) -> None:
    stand = stand_at(telegram)
    file = Download(name=f"{WORDS}.pdf", media_type="application/pdf", size=9**9, sha256="x")
    async with listening(stand):
        await stand.adapter.send(outbound(Paragraph(text=WORDS), file, choices=PICKS))
        await stand.adapter.send(card(Paragraph(text=WORDS), key="k2", choices=PICKS))
        telegram.fail("editMessageText", description=f"Bad Request: {WORDS}")
        telegram.press(ADA, f"Pick {WORDS}")
        telegram.give(BEA, "location", {"latitude": 1.0, "longitude": 2.0, "note": WORDS})
        telegram.push(message={"text": WORDS, "date": WORDS})
        await loses_and_finds(telegram, stand)
        await refuses(telegram, stand)

    assert any("errand-failed" in line for line in everything.lines)
    assert any("telegram-not-kept" in line for line in everything.lines)
    assert leaks(telegram, everything.lines) == []


async def test_no_token_and_no_words_of_a_webhook_are_logged(
    telegram: TelegramServer, everything: Kept
) -> None:
    async with called(telegram) as (stand, url), listening(stand):
        await loses_and_finds(telegram, stand)
        async with aiohttp.ClientSession() as session:
            for secret in (SECRET, WORDS):
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
                async with session.post(url, data=f'{{"{WORDS}', headers=headers):
                    pass

    assert any("telegram-not-kept" in line for line in everything.lines)
    assert leaks(telegram, everything.lines) == []


@pytest.mark.parametrize(
    ("token", "api_url"),
    [
        ("", "http://127.0.0.1:9/"),
        ("", "http://[quokka"),
        ("", "nowhere"),
        ("quokka", ""),
        ("700000001:quokka", ""),
        ("700000001:quokka/../x", ""),
        ("700000001:quo kka", ""),
    ],
)
async def test_a_failure_and_its_causes_hold_no_token(
    telegram: TelegramServer, everything: Kept, token: str, api_url: str
) -> None:
    stand = stand_at(telegram, token=token, api_url=api_url)
    failures = []
    async with listening(stand, ready=False):
        for number in range(2):
            with pytest.raises(DeliveryFailed) as caught:
                await stand.adapter.send(outbound(Paragraph(text=WORDS), key=f"k{number}"))
            failures.append("".join(traceback.format_exception(caught.value)))
        await until(lambda: stand.states)

    told = [f"{state} {told}" for state, told in stand.states]
    assert leaks(telegram, [*everything.lines, *failures, *told, repr(stand.adapter)]) == []


async def refuses(telegram: TelegramServer, stand: Stand) -> None:
    """Telegram does not do what Carrel wants, in many ways."""
    for number, how in enumerate(REFUSALS):
        telegram.fail("sendMessage", **how)
        message = outbound(Paragraph(text=WORDS), to=ROOM, key=f"r{number}")
        with pytest.raises(DeliveryFailed) as caught:
            await stand.adapter.send(message)
        assert WORDS not in "".join(traceback.format_exception(caught.value))


async def loses_and_finds(telegram: TelegramServer, stand: Stand) -> None:
    """Something is said while nothing can be kept."""
    stand.broken = True
    lost = telegram.say(ADA, f"lost {WORDS}")
    await until(lambda: stand.lost)
    stand.broken = False
    await telegram.until(lambda: lost.acked)


def leaks(telegram: TelegramServer, lines: list[str]) -> list[str]:
    secrets = (telegram.token, telegram.token.partition(":")[2], SECRET, WORDS)
    return [line for line in lines if any(secret in line for secret in secrets)]
