"""A whole Carrel on Telegram: candidates, staff, a stranger, and the staff's group."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.rights import Role
from tests.cast import ADA, BEA, DOT, REV, SAL
from tests.flows.town import PlainReader
from tests.telegram.house import TelegramHouse
from tests.telegram.server import TelegramServer

ROOM, HALL = -1_001_000_000_001, -1_001_000_000_002


def open_house(
    knowledge: Knowledge, folder: Path, telegram: TelegramServer, *, http: bool
) -> TelegramHouse:
    """With everybody in it, and texts read in this process: those sent are short and honest."""
    house = TelegramHouse(
        knowledge, folder, telegram, http=http, room=str(ROOM), elsewhere="on Slack"
    )
    house.read_with(PlainReader())
    for candidate in (ADA, BEA):
        house.enrol(candidate)
    house.appoint(*SAL, Role.STAFF)
    house.appoint("Liv Aas", "liv@example.org", Role.STAFF)
    house.appoint(*REV, Role.REVIEWER)
    house.member(DOT)
    telegram.add_group(ROOM, *telegram.world.people, title="Staff")
    telegram.add_group(HALL, *telegram.world.people, title="Hall")
    return house


@pytest.fixture
def empty_telegram() -> Iterator[TelegramServer]:
    """A Telegram with nobody in it but the bot."""
    with TelegramServer() as server:
        yield server


@pytest.fixture
def carrel(
    knowledge: Knowledge, tmp_path: Path, empty_telegram: TelegramServer
) -> Iterator[TelegramHouse]:
    """Carrel polls."""
    house = open_house(knowledge, tmp_path, empty_telegram, http=False)
    yield house
    house.close()


@pytest.fixture(params=["long polling", "webhook"])
def either(
    request: pytest.FixtureRequest,
    knowledge: Knowledge,
    tmp_path: Path,
    empty_telegram: TelegramServer,
) -> Iterator[TelegramHouse]:
    """Over each of the two ways in."""
    house = open_house(knowledge, tmp_path, empty_telegram, http=request.param == "webhook")
    yield house
    house.close()
