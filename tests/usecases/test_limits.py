"""How much one person can say or ask for: whoever floods the house is told, and nothing is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.limits import (
    LONGEST_STATEMENT,
    LONGEST_WORDS,
    MOST_COMMENTS_A_DAY,
    MOST_QUESTIONS,
    MOST_SHARES_A_DAY,
)
from bot.domain.rights import Role
from tests.cast import ADA, DOT, MIA, SAL
from tests.desk import House

LONG = "x" * (LONGEST_WORDS + 1)


@pytest.mark.parametrize("who", [ADA.email, DOT])
def test_so_many_questions_wait_and_then_more_when_one_was_answered(home: House, who: str) -> None:
    home.appoint(*SAL, Role.STAFF)
    for number in range(MOST_QUESTIONS):
        home.say(who, f"ask staff: question {number}?")
    refused = home.say(who, "ask staff: one more?")
    home.say(SAL[1], "answer 1: Yes.")
    taken = home.say(who, "ask staff: one more?")

    assert f"{MOST_QUESTIONS} of your questions wait" in refused
    assert "Kept for the staff" in taken


def test_words_to_staff_and_mentors_have_a_length(home: House) -> None:
    home.appoint(*MIA)
    home.say(ADA.email, f"share Technology with {MIA[1]}")

    for said in (f"ask staff: {LONG}", f"comment 1: {LONG}"):
        assert f"may have at most {LONGEST_WORDS:,} characters" in home.say(ADA.email, said)
    assert len(home.heard(MIA[1])) == 1


def test_shares_write_to_so_many_people_a_day(home: House) -> None:
    for number in range(MOST_SHARES_A_DAY):
        home.say(ADA.email, f"share Technology with friend{number}@example.org")
        home.say(ADA.email, f"unshare {number + 1}")
    refused = home.say(ADA.email, f"share Technology with {MIA[1]}")
    home.clock.forward(timedelta(days=1))

    assert "Try again tomorrow" in refused
    assert "Shared" in home.say(ADA.email, f"share Technology with {MIA[1]}")


def test_comments_write_to_somebody_so_often_a_day(home: House) -> None:
    home.appoint(*MIA)
    home.say(ADA.email, f"share Technology with {MIA[1]}")
    for number in range(MOST_COMMENTS_A_DAY):
        home.say(MIA[1], f"comment 1: thought {number}")

    assert "Try again tomorrow" in home.say(MIA[1], "comment 1: one more")
    assert len(home.heard(ADA.email)) == MOST_COMMENTS_A_DAY + 1


def test_a_statement_written_here_has_a_length(home: House) -> None:
    home.say(ADA.email, "write statement for Technology")
    for _ in range(3):
        home.say(ADA.email, f"add: {'word ' * 3_900}.")
    refused = home.say(ADA.email, f"add: {'word ' * 3_900}.")

    assert f"at most {LONGEST_STATEMENT:,}" in refused
    assert "version 4" not in home.say(ADA.email, "versions")
