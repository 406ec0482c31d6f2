"""A notice that waited is sent as things stand then, or not at all."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.bouncing import Bounce
from bot.domain.messages import Address
from bot.domain.notices.notice import Ending
from bot.domain.notices.wishes import Hush
from bot.domain.people import Person
from bot.usecases.erase_person import erase_person
from bot.usecases.say_again import HUSHED, LATE, UNTRUE
from bot.usecases.staff_digest import gather
from storage.tables import outbox
from tests.cast import ADA
from tests.desk import House
from tests.flows.soon import ENDS, MOVED, SOON, TRULY, at, away, books, ends_on, fresh, nine, rows


@pytest.fixture
def ada(house: House) -> Person:
    """Ada, whose subscription ends in January; she heard on enrolment that this is near."""
    person = house.enrol(SOON).person
    house.sweep()
    assert len(house.heard(ADA.email)) == 1
    return person


def test_a_moved_date_rearms_and_what_waits_of_the_old_one_is_not_sent(
    house: House, ada: Person
) -> None:
    nine(house, -30)
    away(house)
    house.sweep()
    later = ENDS + timedelta(days=200)
    ends_on(house, ada, later)
    house.clock.forward(timedelta(hours=3))

    (said,) = fresh(house)

    assert said.startswith(MOVED)
    assert rows(house)[f"expiry:{ada.id}:{ENDS}:-30"] == ("sent", UNTRUE)
    nine(house, 200 - 30)
    assert fresh(house)
    assert books(house, ada)[f"expiry:{ada.id}:{later}:-30"] is Ending.SAID


def test_after_two_days_of_the_vendors_outage_it_says_what_is_true_then(
    house: House, ada: Person
) -> None:
    nine(house, -30)
    away(house)
    assert fresh(house) == []
    house.clock.forward(timedelta(days=2))

    (said,) = fresh(house)

    assert said.startswith(TRULY.format(28))
    with house.database.engine.connect() as connection:
        kept = connection.execute(select(outbox.c.message).order_by(outbox.c.id.desc())).scalar()
    assert "28 days" in json.dumps(json.loads(str(kept)))


def test_what_is_worthless_when_the_vendor_is_back_is_not_sent(house: House, ada: Person) -> None:
    nine(house, -1)
    away(house)
    house.sweep()
    nine(house, 0)

    (said,) = fresh(house)

    assert "ends today" in said
    key = f"expiry:{ada.id}:{ENDS}:-1"
    assert rows(house)[key] == ("sent", LATE)
    assert books(house, ada)[key] is Ending.MISSED
    house.clock.forward(timedelta(hours=3))
    with house.transaction() as uow:  # staff hear of it in their digest
        found = gather(uow, house.desk.program, since=None, now=house.clock())
    ((kind, count),) = ((one.kind, one.count) for one in found.missed)
    assert (kind, count) == ("expiry", 1)


def test_what_was_snoozed_while_it_waited_is_said_when_the_snooze_ends(
    house: House, ada: Person
) -> None:
    nine(house, -30)
    away(house)
    house.sweep()
    with house.transaction() as uow:
        now = house.clock()
        hush = Hush(matter="expiry", at=now, until=now + timedelta(days=5))
        uow.wishes.hush(ada, hush)
        uow.commit()
    house.clock.forward(timedelta(hours=1))

    assert fresh(house) == []
    assert rows(house)[f"expiry:{ada.id}:{ENDS}:-30"] == ("sent", HUSHED)
    house.clock.forward(timedelta(days=5))
    (said,) = fresh(house)
    assert said.startswith(TRULY.format(25))


def test_nobody_is_woken_up_by_what_the_vendor_kept_waiting(house: House, ada: Person) -> None:
    nine(house, -30)
    away(house)
    house.sweep()
    house.clock.forward(timedelta(hours=14))  # eleven in the evening
    assert fresh(house) == []
    assert house.say(ADA.email, "help")  # what she asks at night is answered at night

    house.clock.forward(timedelta(hours=9, minutes=1))  # eight in the morning

    (said,) = fresh(house)
    assert said.startswith(TRULY.format(29))


def test_somebody_who_was_erased_is_told_nothing(house: House, ada: Person) -> None:
    nine(house, -30)
    away(house)
    house.sweep()
    with house.transaction() as uow:
        erase_person(uow, house.desk.program, ADA.email, now=house.clock())
        uow.commit()
    house.clock.forward(timedelta(days=1))

    assert fresh(house) == []
    nine(house, -7)
    assert fresh(house) == []


def test_mail_that_came_back_lets_the_next_notice_wait(house: House, ada: Person) -> None:
    with house.transaction() as uow:
        uow.people.disconnect(house.address(ADA.email))
        place = Address(channel="email", value=ADA.email)
        uow.bounces.note(place, Bounce(hard=True, at=house.clock()), receipt="x", why="5.1.1")
        uow.commit()
    nine(house, -30)
    house.sweep()
    assert house.mail.sent == []

    at(house, 2026, 12, 22, 15)  # a month after it came back
    house.sweep()

    (mail,) = house.mail.sent
    assert mail.notices == (f"expiry:{ada.id}:{ENDS}:-30",)
