"""A Telegram for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from aiogram import Bot

from tests.telegram.bare import made
from tests.telegram.server import TelegramServer

ADA, BEA, SAL = 101, 102, 103
ROOM = -1_001_000_000_001


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    """Three people who have started the bot, and a supergroup with all of them."""
    with TelegramServer() as server:
        for id, name in ((ADA, "Ada Reyes"), (BEA, "Bea Okafor"), (SAL, "Sal Moreau")):
            server.add_person(id, name)
        server.add_group(ROOM, ADA, BEA, SAL, title="Staff")
        yield server


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    """A bare bot of aiogram's there."""
    one = made(telegram)
    yield one
    await one.session.close()
