"""People ask for their own deadlines; those of the program are told from the documents."""

from __future__ import annotations

import pytest

from bot.domain.rights import Role
from tests.cast import ADA, SAL
from tests.desk import House

LED = "Your deadlines and reminders, the nearest first"


@pytest.mark.parametrize(
    "words",
    [
        "what's due?",
        "deadlines",
        "my deadlines",
        "what is due next",
        "next deadline",
        "show my deadlines",
    ],
)
def test_own_deadlines_are_told_with_their_days_the_nearest_first(home: House, words: str) -> None:
    home.say(ADA.email, "remind me tomorrow at 9 to call Mia")
    home.say(ADA.email, "yes")

    told = home.say(ADA.email, words)

    assert LED in told
    assert told.index("Reminder: call Mia") < told.index("15 January 2029: LSSC: subscription ends")


def test_the_deadlines_of_the_program_are_told_from_the_documents(home: House) -> None:
    told = home.say(ADA.email, "what is the deadline for the notice of an appeal?")

    assert LED not in told
    assert "10 calendar days" in told


def test_who_has_no_record_and_names_none_asks_the_documents(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)

    assert LED not in home.say(SAL[1], "deadlines")
    assert "You have no deadlines or reminders now" in home.say(SAL[1], "my deadlines")
