"""A whole Carrel in a workspace: candidates, staff, a stranger, and the staff's room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.rights import Role
from tests.cast import ADA, BEA, DOT, REV, SAL
from tests.flows.town import PlainReader
from tests.slack.house import SlackHouse
from tests.slack.server import SlackServer

ROOM = "C0STAFF"


def open_house(knowledge: Knowledge, folder: Path, slack: SlackServer, *, http: bool) -> SlackHouse:
    """With everybody in it, and texts read in this process: those sent are short and honest."""
    house = SlackHouse(knowledge, folder, slack, http=http, room=ROOM)
    house.read_with(PlainReader())
    for candidate in (ADA, BEA):
        house.enrol(candidate)
    house.appoint(*SAL, Role.STAFF)
    house.appoint("Liv Aas", "liv@example.org", Role.STAFF)
    house.appoint(*REV, Role.REVIEWER)
    house.member(DOT)
    slack.add_channel(ROOM, *slack.workspace.users)
    slack.add_channel("C0HALL", *slack.workspace.users)
    return house


@pytest.fixture
def empty_slack() -> Iterator[SlackServer]:
    """A workspace without members."""
    with SlackServer() as server:
        yield server


@pytest.fixture
def carrel(knowledge: Knowledge, tmp_path: Path, empty_slack: SlackServer) -> Iterator[SlackHouse]:
    """Carrel calls Slack: Socket Mode."""
    house = open_house(knowledge, tmp_path, empty_slack, http=False)
    yield house
    house.close()


@pytest.fixture(params=["Socket Mode", "signed requests"])
def either(
    request: pytest.FixtureRequest, knowledge: Knowledge, tmp_path: Path, empty_slack: SlackServer
) -> Iterator[SlackHouse]:
    """Over each of the two ways in."""
    house = open_house(knowledge, tmp_path, empty_slack, http=request.param == "signed requests")
    yield house
    house.close()
