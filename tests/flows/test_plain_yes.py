"""A plain yes is one everywhere: to a question, to a reminder, and below a broadcast's draft."""

from __future__ import annotations

import pytest

from bot.domain.rights import Role
from handlers.yes import YES
from tests.cast import ADA, SAL
from tests.desk import House


@pytest.mark.parametrize("said", sorted(YES))
def test_a_yes_sets_the_reminder_that_was_read_back(home: House, said: str) -> None:
    home.say(ADA.email, "remind me tomorrow at 9 about the log")
    home.say(ADA.email, said)
    with home.transaction() as uow:
        ada = uow.people.find(ADA.email)
        assert ada
        assert [one.text for one in uow.reminders.of(ada)] == ["the log"]


@pytest.mark.parametrize("said", ["yep", "Yup.", "yeah", "yes please"])
def test_a_yes_is_never_the_words_of_a_broadcast(home: House, said: str) -> None:
    home.appoint(*SAL, Role.STAFF)
    home.say(SAL[1], "broadcast to candidates: The office is closed.")
    told = home.say(SAL[1], f"change broadcast 1: {said}")

    assert "Nothing was changed or sent." in told
    with home.transaction() as uow:
        kept = uow.broadcasts.get(1)
        assert kept
        assert kept.text == "The office is closed."
