"""Staff hear of what waits too long: on its card, or where they have no room each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.messages import Address
from bot.domain.notices.wishes import Quiet
from tests.cast import ADA, ADE, REV, SAL
from tests.desk import House
from tests.reviewed import staffed, submitted

ROOM = Address(channel="memory", value="staff-room")
WAITED = "Submission 1 (Technology) of Ada Reyes has waited for its decision since "


@pytest.fixture
def waiting(house: House) -> House:
    """Ada's submission has waited for four weeks, it is Monday morning, and nobody has a digest."""
    staffed(house)
    for who in (SAL[1], ADE[1]):
        house.say(who, "notices staff-digest off")
    submitted(house, house.enrol(ADA), "technology")
    house.sweep()
    house.clock.forward(timedelta(days=29, hours=22))
    return house


def heard(house: House, who: str) -> list[str]:
    """What somebody was told of it."""
    return [one for one in house.heard(who) if WAITED in one]


def test_without_a_room_each_of_the_staff_hears_of_it_once(waiting: House) -> None:
    waiting.sweep()
    waiting.clock.forward(timedelta(hours=1))
    waiting.sweep()

    for who in (SAL[1], ADE[1]):
        (told,) = heard(waiting, who)
        assert "Dossier of 1" in told
        assert "for 30 days." in told
    assert not heard(waiting, REV[1])
    assert not heard(waiting, ADA.email)


def test_with_a_room_it_is_on_the_card_alone(waiting: House) -> None:
    waiting.desk = replace(waiting.desk, rooms=(ROOM,))

    waiting.sweep()

    assert not heard(waiting, SAL[1])


def test_whoever_declined_it_is_not_told_and_quiet_hours_are_kept(waiting: House) -> None:
    with waiting.transaction() as uow:
        sal, ade = uow.people.find(SAL[1]), uow.people.find(ADE[1])
        assert sal is not None
        assert ade is not None
        for channel in ("memory", "email"):
            uow.wanted_kinds.decline(Address(channel=channel, value=SAL[1]), "staff-overdue")
        begins = waiting.clock().time()
        ends = (waiting.clock() + timedelta(hours=2)).time()
        uow.wishes.put(ade, replace(uow.wishes.of(ade), quiet=Quiet(begins=begins, ends=ends)))
        uow.commit()

    waiting.sweep()
    assert not heard(waiting, SAL[1])
    assert not heard(waiting, ADE[1])
    waiting.clock.forward(timedelta(hours=3))
    waiting.sweep()
    assert len(heard(waiting, ADE[1])) == 1
    assert not heard(waiting, SAL[1])
