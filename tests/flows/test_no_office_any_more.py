"""What waits to be told to staff is not told to somebody who is none of them by then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.notices.happenings import UNDELIVERABLE
from bot.domain.notices.manner import told_as
from bot.domain.rights import Role
from bot.errors import DeliveryFailed
from bot.phrases.talk import plain
from bot.ports import Standing
from bot.usecases.alert_staff import alert_staff
from bot.usecases.appoint import OPERATOR, give_role, take_role
from bot.usecases.see_outbox import Asked, see_outbox
from tests.cast import ADA, ADE, SAL
from tests.desk import House

QUESTION = "Is there a parking fee at the workshop?"


@pytest.fixture
def staffed(home: House) -> House:
    """A Carrel with Sal, who is of the staff, and Ade, an admin."""
    home.appoint(*SAL, Role.STAFF)
    home.appoint(*ADE, Role.ADMIN)
    return home


def asked(house: House) -> None:
    """Ada passes a question to the staff."""
    house.say(ADA.email, f"ask staff: {QUESTION}")


def dismissed(house: House) -> None:
    """Sal is not of the staff any more."""
    with house.transaction() as uow:
        sal = uow.people.find(SAL[1])
        assert sal
        take_role(uow, house.desk.program, sal, Role.STAFF, by=OPERATOR, now=house.clock())
        uow.commit()


def heard(house: House, who: str) -> int:
    """How often they were told of the question."""
    return sum("parking" in one for one in house.heard(who))


def test_a_digest_has_nothing_for_those_who_were_dismissed(staffed: House) -> None:
    for one in (SAL, ADE):
        staffed.say(one[1], "digest daily")
    asked(staffed)
    dismissed(staffed)
    staffed.clock.forward(timedelta(days=1))
    staffed.sweep()

    assert heard(staffed, SAL[1]) == 0
    assert heard(staffed, ADE[1]) == 1


def test_whoever_is_appointed_again_is_told_nothing_that_was_dropped(staffed: House) -> None:
    staffed.say(SAL[1], "digest daily")
    asked(staffed)
    dismissed(staffed)
    staffed.clock.forward(timedelta(days=1))
    staffed.sweep()
    with staffed.transaction() as uow:
        sal = uow.people.find(SAL[1])
        assert sal
        give_role(uow, staffed.desk.program, sal, Role.STAFF, by=OPERATOR, now=staffed.clock())
        uow.commit()
    staffed.clock.forward(timedelta(days=1))
    staffed.sweep()

    assert heard(staffed, SAL[1]) == 0


def test_what_waits_in_the_outbox_is_put_aside_with_the_reason(staffed: House) -> None:
    staffed.pipeline.receive(staffed.message(ADA.email, f"ask staff: {QUESTION}"))
    while staffed.pipeline.handle_one():
        pass
    dismissed(staffed)
    staffed.drain()
    with staffed.transaction() as uow:
        _, found = see_outbox(uow, Asked(who=SAL[1], kind="question-asked"), limit=9)

    assert heard(staffed, SAL[1]) == 0
    assert heard(staffed, ADE[1]) == 1
    assert [(one.listed.standing, one.listed.reason) for one in found] == [
        (Standing.UNSENT, "its person has not the role any more that it is for")
    ]


def test_a_digest_that_hangs_is_not_told_either(staffed: House) -> None:
    staffed.say(SAL[1], "digest daily")
    asked(staffed)
    staffed.clock.forward(timedelta(days=1))
    staffed.channel.failures = [DeliveryFailed("away", ours=True)]
    staffed.sweep()
    dismissed(staffed)
    staffed.channel.failures = []
    staffed.clock.forward(timedelta(hours=1))
    staffed.sweep()

    assert heard(staffed, SAL[1]) == 0


def test_what_is_told_at_any_hour_is_for_the_staff_of_that_hour(staffed: House) -> None:
    program = staffed.desk.program
    with staffed.transaction() as uow:
        reply = plain("Ada Reyes is reached nowhere.")
        how = told_as(program, UNDELIVERABLE)
        alert_staff(uow, (), reply, key="unreached:1", now=staffed.clock(), how=how)
        uow.commit()
    dismissed(staffed)
    staffed.drain()

    assert not any("reached nowhere" in one for one in staffed.heard(SAL[1]))
    assert any("reached nowhere" in one for one in staffed.heard(ADE[1]))
