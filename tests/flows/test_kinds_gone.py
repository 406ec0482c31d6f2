"""The pack has a kind no more of which news wait: they happened, and are told as they were worded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.notices.wishes import Quiet, Wishes
from bot.usecases.tell import places_of
from handlers.pipeline import Pipeline
from tests.breaking import known
from tests.cast import ADA, SAL
from tests.desk import LEASE, House
from tests.reviewed import staffed, submitted

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
KIND = "staff-overdue"
OVERDUE = "has waited for its decision"


@pytest.fixture
def gathered(house: House) -> House:
    """In Sal's quiet hours a submission became overdue, which waits until they are over."""
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    house.sweep()
    house.clock.forward(29 * DAY + 22 * HOUR)
    begins, sal = house.clock().time(), known(house, SAL[1])
    quiet = Quiet(begins=begins, ends=begins.replace(hour=begins.hour + 2))
    with house.transaction() as uow:
        uow.wishes.put(sal, Wishes(quiet=quiet))
        uow.commit()
    house.sweep()
    assert not told(house)
    return house


def told(house: House) -> list[str]:
    """What Sal heard of it."""
    return [one for one in house.heard(SAL[1]) if OVERDUE in one]


def lose_kind(house: House) -> None:
    """The pack is edited, and Carrel started anew."""
    rules = house.desk.program.notices
    kinds = {id: kind for id, kind in rules.kinds.items() if id != KIND}
    assert len(kinds) < len(rules.kinds)
    program = replace(house.desk.program, notices=replace(rules, kinds=kinds, mark="edited"))
    house.desk = replace(house.desk, program=program)
    house.pipeline = Pipeline(house.desk, house.transaction, lease_seconds=LEASE)


def test_it_is_told_as_it_was_worded_and_the_person_hears_all_else(gathered: House) -> None:
    lose_kind(gathered)
    gathered.say(SAL[1], "remind me in 3 hours to call the committee")
    gathered.say(SAL[1], "yes")
    for _ in range(6):
        gathered.clock.forward(5 * HOUR)
        gathered.sweep()

    assert len(told(gathered)) == 1
    assert [one for one in gathered.heard(SAL[1]) if "call the committee" in one]


def test_every_command_about_notices_answers(gathered: House) -> None:
    lose_kind(gathered)

    for asked in ("upcoming notices", "notices", "calendar", "reminders", "staff digest"):
        assert gathered.say(SAL[1], asked)


def test_whoever_had_declined_the_kind_is_not_told(gathered: House) -> None:
    lose_kind(gathered)
    sal = known(gathered, SAL[1])
    with gathered.transaction() as uow:
        for place in places_of(uow, sal):
            uow.wanted_kinds.decline(place, KIND)
        uow.commit()
    gathered.clock.forward(DAY)
    gathered.sweep()

    assert not told(gathered)
