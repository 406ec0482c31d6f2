"""Operators who look at the outbox do not read what people remind themselves of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import OutboundMessage
from bot.usecases.see_outbox import Asked, see_outbox
from tests.cast import ADA
from tests.desk import House

PRIVATE = "see the doctor"


def listed(house: House) -> list[tuple[OutboundMessage, str]]:
    """Notices to Ada as operators see them, newest first."""
    with house.transaction() as uow:
        _, found = see_outbox(uow, Asked(who=ADA.email), limit=50)
    return [(one.listed.message, one.begins) for one in found if one.listed.message.notices]


@pytest.mark.parametrize("again", [False, True])
def test_a_reminders_words_are_its_persons_own(home: House, again: bool) -> None:
    home.say(ADA.email, f"remind me in 10 minutes to {PRIVATE}")
    home.say(ADA.email, "yes")
    home.clock.forward(timedelta(minutes=11))
    home.sweep()
    if again:
        home.say(ADA.email, "snooze reminder-1 1 hour")
        home.clock.forward(timedelta(hours=1, minutes=1))
        home.sweep()

    assert PRIVATE in home.heard(ADA.email)[-1]
    (message, begins), *_ = listed(home)
    assert message.notices[0].startswith("again:" if again else "reminder:")
    assert begins == "(a reminder of their own)"
    assert not any(PRIVATE in shown for _, shown in listed(home))
