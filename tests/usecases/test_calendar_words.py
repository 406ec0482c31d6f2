"""The calendar in the words that people have for it, and an address that stays closed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.messages import Download
from tests.cast import ADA
from tests.desk import House

ADDRESS = re.compile(r"/calendar/[0-9a-f]{32}\.ics")


@pytest.mark.parametrize(
    "words",
    [
        "subscribe to my calendar",
        "give me an ics file",
        "calendar file",
        "add my deadlines to my calendar",
        "ical",
    ],
)
def test_the_file_is_given_to_whoever_asks_for_it(home: House, words: str) -> None:
    told = home.say(ADA.email, words)

    assert "as a calendar" in told
    assert any(isinstance(b, Download) for b in home.channel.sent[-1].reply.blocks)


def test_who_wants_to_subscribe_to_nothing_known_is_not_told_to_unsubscribe(home: House) -> None:
    told = home.say(ADA.email, "subscribe to the weather")

    assert "Say subscribe, and one of these" in told


def test_a_closed_address_stays_closed_when_the_file_is_asked_for(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    web = House(knowledge, tmp_path, public_url="https://carrel.example.org")
    web.enrol(ADA)
    assert ADDRESS.search(web.say(ADA.email, "calendar"))
    web.say(ADA.email, "no calendar address")

    told = web.say(ADA.email, "calendar")

    assert not ADDRESS.search(told)
    assert "as a calendar" in told
    assert "say: new calendar address" in told
    assert ADDRESS.search(web.say(ADA.email, "new calendar address"))
    web.database.close()
