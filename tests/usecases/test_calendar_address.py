"""The private address of a calendar is with its person alone once it was told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import Knowledge
from bot.ports import Wanted
from storage.tables import outbox
from tests.cast import ADA
from tests.desk import House

ADDRESS = re.compile(r"/calendar/([0-9a-f]+)\.ics")


@pytest.fixture
def web(knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """Carrel with Ada, and with an HTTP side."""
    house = House(knowledge, tmp_path, public_url="https://carrel.example.org")
    house.enrol(ADA)
    yield house
    house.database.close()


def kept(house: House) -> str:
    """Every message as the outbox keeps it."""
    with house.database.engine.connect() as connection:
        return "\n".join(connection.scalars(select(outbox.c.message)))


@pytest.mark.parametrize("asked", ["calendar", "new calendar address"])
def test_it_is_in_no_message_that_is_kept_after_it_was_sent(web: House, asked: str) -> None:
    told = ADDRESS.search(web.say(ADA.email, asked))

    assert told
    assert told[1] not in kept(web)
    with web.transaction() as uow:
        (newest,) = uow.listed.page(Wanted(), limit=1)
    assert newest.message.reply.said[0] == "What stood here was told once, and is not kept."


def test_what_was_offered_below_it_can_still_be_picked(web: House) -> None:
    web.say(ADA.email, "new calendar address")

    assert "closed" in web.say(ADA.email, "1")


def test_a_calendar_without_one_stays_as_it_was_told(web: House) -> None:
    web.say(ADA.email, "calendar")
    told = web.say(ADA.email, "calendar")

    assert told.split("\n")[0] in kept(web)
