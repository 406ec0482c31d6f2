"""Staff who ask for their digest see what waits, whatever an earlier one told; and no noise."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.no_question import is_no_question
from bot.usecases.staff_digest import digest_staff
from tests.carded import ROOM
from tests.cast import ADA, BEA, SAL
from tests.desk import House
from tests.reviewed import staffed
from tests.usecases.test_staff_digest_missed import missed

MONDAY = datetime(2026, 11, 23, 16, tzinfo=UTC)


@pytest.fixture
def office(home: House) -> House:
    """Ada and Bea are enrolled, and Sal is of staff."""
    staffed(home)
    return home


def test_what_the_digest_told_is_shown_at_once_when_somebody_asks(office: House) -> None:
    office.say(ADA.email, "Does the program pay for a hamster wheel?")
    missed(office, "expiry", BEA.email)
    office.clock.forward(MONDAY - office.clock() + timedelta(minutes=5))
    assert digest_staff(office.transaction(), office.desk, [ROOM], now=office.clock())
    office.drain()
    office.clock.forward(timedelta(minutes=1))

    said = office.say(SAL[1], "staff digest")

    assert "hamster wheel" in said
    assert "Bea Okafor (was due" in said


def test_words_that_ask_nothing_are_no_topic(office: House) -> None:
    for words in ("yes", "mute", "cancel 2", "digest monday"):
        office.say(ADA.email, words)
    office.say(ADA.email, "Does the program pay for a hamster wheel?")

    for asked in ("staff digest", "unanswered last 7 days"):
        said = office.say(SAL[1], asked)
        assert "hamster wheel" in said
        assert not [words for words in ("yes", "mute", "cancel", "monday") if f"“{words}" in said]


@pytest.mark.parametrize(
    "text", ["yes", "Yes!", "ok.", "thanks :)", "12", "👍", "cancel 2", "mute"]
)
def test_a_bare_answer_and_a_bit_of_a_command_ask_nothing(text: str) -> None:
    assert is_no_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "appeal deadline",
        "Cancel my subscription?",
        "can I cancel my subscription and come back later",
        "no electives yet",
        "parking",
    ],
)
def test_what_may_be_a_question_is_one(text: str) -> None:
    assert not is_no_question(text)
