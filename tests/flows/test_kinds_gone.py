"""News wait of a kind that the pack has no more: they happened, and are told as worded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Paragraph, Reply
from bot.domain.notices.situation import Gathered
from bot.usecases.tell import places_of
from tests.breaking import known
from tests.cast import SAL
from tests.desk import House
from tests.reviewed import staffed

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
KIND = "staff-of-old"
WORDS = "Submission 1 has waited for long."


@pytest.fixture
def gathered(home: House) -> House:
    """News wait for Sal; the pack had their kind when they were worded, and has it no more."""
    staffed(home)
    home.sweep()
    sal, reply = known(home, SAL[1]), Reply(blocks=(Paragraph(text=WORDS),))
    with home.transaction() as uow:
        news = Gathered(key="old:1", person_id=sal.id, kind=KIND, at=home.clock(), reply=reply)
        assert uow.gathered.add(news)
        uow.looks.stir([sal.id])
        uow.commit()
    return home


def told(house: House) -> list[str]:
    """What Sal heard of it."""
    return [one for one in house.heard(SAL[1]) if WORDS in one]


def test_it_is_told_as_it_was_worded_and_the_person_hears_all_else(gathered: House) -> None:
    gathered.say(SAL[1], "remind me in 3 hours to call the committee")
    gathered.say(SAL[1], "yes")
    for _ in range(6):
        gathered.clock.forward(5 * HOUR)
        gathered.sweep()

    assert len(told(gathered)) == 1
    assert [one for one in gathered.heard(SAL[1]) if "call the committee" in one]


def test_every_command_about_notices_answers(gathered: House) -> None:
    for asked in ("upcoming notices", "notices", "calendar", "reminders", "staff digest"):
        assert gathered.say(SAL[1], asked)


def test_whoever_had_declined_the_kind_is_not_told(gathered: House) -> None:
    sal = known(gathered, SAL[1])
    with gathered.transaction() as uow:
        for place in places_of(uow, sal):
            uow.wanted_kinds.decline(place, KIND)
        uow.commit()
    gathered.clock.forward(DAY)
    gathered.sweep()

    assert not told(gathered)
