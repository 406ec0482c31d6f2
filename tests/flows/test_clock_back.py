"""A clock that was ahead for a while and went back: nothing is lost by it, and nobody held up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.domain.notices.notice import Ending
from bot.domain.people import Person
from bot.domain.rights import Role
from bot.usecases.staff_digest import digest_staff
from bot.usecases.sweep_fewer import LATER
from bot.usecases.sweep_notices import sweep_all
from tests.cast import ADA, BEA, SAL
from tests.desk import House
from tests.flows.soon import ENDS, SOON, at, away, books, fresh, nine
from tests.logged import Kept

DAY = timedelta(days=1)


@pytest.fixture
def ada(house: House) -> Person:
    """Ada, whose subscription ends in January; she heard on enrolment that this is near."""
    person = house.enrol(SOON).person
    house.sweep()
    return person


def goes_ahead(house: House, *, hours: int) -> None:
    """The clock is so much ahead for one sweep, and then right again."""
    house.clock.forward(timedelta(hours=hours))
    house.sweep()
    house.clock.forward(-timedelta(hours=hours) + timedelta(minutes=5))


def test_whoever_was_told_something_before_holds_up_nobody(house: House, ada: Person) -> None:
    house.enrol(BEA)
    goes_ahead(house, hours=24 * 131)
    house.say(ADA.email, "quiet hours 22:00 to 7:00")
    house.say(BEA.email, "set reminder 2026-11-22 09:00: bread")
    house.sweep()
    house.clock.forward(DAY)
    house.sweep()

    assert "bread" in house.heard(BEA.email)[-1]


def test_so_it_is_where_the_clock_was_ahead_for_too_little_to_take_anything_back(
    house: House, ada: Person, everything: Kept
) -> None:
    nine(house, -30)
    house.sweep()
    at(house, 2027, 1, 8, 14, 58)  # in two minutes that is worthless
    house.clock.forward(timedelta(minutes=4))
    house.sweep()
    house.clock.forward(-timedelta(minutes=3))
    house.say(ADA.email, "quiet hours 22:00 to 7:00")
    house.sweep()

    assert not [line for line in everything.lines if "could not be told" in line]
    assert fresh(house) == []


def test_one_whose_notices_cannot_be_kept_holds_up_nobody(
    house: House, ada: Person, everything: Kept
) -> None:
    bea = house.enrol(replace(BEA, subscription_ends=ENDS)).person
    house.sweep()
    nine(house, -30)
    refuse = (
        "CREATE TRIGGER refuses BEFORE INSERT ON notices WHEN NEW.person_id = "
        f"{bea.id} BEGIN SELECT RAISE(ABORT, 'no room'); END"
    )
    with house.database.engine.begin() as connection:
        connection.execute(text(refuse))

    assert len(fresh(house)) == 1

    with house.database.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER refuses"))
    house.clock.forward(LATER)
    house.sweep()
    assert house.channel.sent[-1].notices == (f"expiry:{bea.id}:{ENDS}:-30",)


def test_what_was_missed_by_a_clock_that_was_ahead_is_told_in_its_time(
    house: House, ada: Person, everything: Kept
) -> None:
    goes_ahead(house, hours=24 * 300)
    assert Ending.MISSED in books(house, ada).values()
    house.sweep()
    house.sweep()

    assert list(books(house, ada).values()) == [Ending.SAID]
    assert len([line for line in everything.lines if "The clock was ahead" in line]) == 1
    for days in (-30, -7, -1, 0, 1):
        nine(house, days)
        assert len(fresh(house)) == 1


def test_what_was_sent_before_its_time_is_not_said_again(house: House, ada: Person) -> None:
    nine(house, -32)
    goes_ahead(house, hours=48)
    assert f"expiry:{ada.id}:{ENDS}:-30" in books(house, ada)

    house.sweep()
    nine(house, -30)
    assert fresh(house) == []
    nine(house, -7)
    assert len(fresh(house)) == 1


def test_what_was_sent_days_before_its_time_is_said_again_in_it(house: House, ada: Person) -> None:
    nine(house, -40)
    goes_ahead(house, hours=24 * 10)
    assert f"expiry:{ada.id}:{ENDS}:-30" in books(house, ada)

    house.sweep()
    fresh(house)
    nine(house, -30)
    assert len(fresh(house)) == 1


def test_a_clock_that_is_wrongly_behind_says_nothing_again(house: House, ada: Person) -> None:
    nine(house, -33)
    for _ in range(37):  # as it does day and night
        house.sweep()
        house.clock.forward(timedelta(hours=2))
    assert f"expiry:{ada.id}:{ENDS}:-30" in books(house, ada)
    house.clock.forward(20 * -DAY)  # and nobody else sweeps
    for _ in range(30):
        house.sweep()
        house.clock.forward(timedelta(minutes=1))
    assert f"expiry:{ada.id}:{ENDS}:-30" in books(house, ada)
    house.clock.forward(20 * DAY)

    house.sweep()

    assert fresh(house) == []


def test_what_was_written_before_its_time_and_not_sent_is_said_in_it(
    house: House, ada: Person
) -> None:
    nine(house, -32)
    away(house)
    goes_ahead(house, hours=48)

    assert fresh(house) == []
    nine(house, -30)
    house.clock.forward(timedelta(minutes=5))
    assert len(fresh(house)) == 1


def test_a_channel_in_trouble_while_the_clock_was_ahead_is_used_once_it_is_right(
    house: House, ada: Person
) -> None:
    house.clock.forward(30 * DAY)
    away(house)
    house.say(ADA.email, "progress")
    house.clock.forward(-30 * DAY)

    assert house.say(ADA.email, "help")


def test_a_message_that_waits_for_a_time_far_ahead_goes_out_once_it_is_right(
    house: House, ada: Person
) -> None:
    house.clock.forward(30 * DAY)
    house.pipeline.receive(house.message(ADA.email, "progress"))
    house.pipeline.handle_one()
    sweep_all(
        house.transaction(), house.desk.program, clock=house.clock, ending=lambda: False
    )  # and nothing is sent
    house.clock.forward(-30 * DAY)
    before = len(house.heard(ADA.email))
    house.sweep()

    assert len(house.heard(ADA.email)) == before + 1  # the answer, and no notice of December's


def test_the_staff_are_told_of_a_day_that_a_clock_reached_too_soon(house: House) -> None:
    house.enrol(replace(ADA, subscription_ends=date(2029, 1, 1)))
    house.appoint(*SAL, Role.STAFF)
    house.say(ADA.email, "ask staff: Is there parking?")
    at(house, 2026, 11, 25, 15, 5)
    digest(house)
    house.sweep()
    at(house, 2026, 11, 23, 8)
    house.sweep()
    told = []
    for day in (23, 24, 25, 26):
        at(house, 2026, 11, day, 15, 6)
        house.sweep()
        told += [digest(house), digest(house)]

    assert told == [1, 0, 1, 0, 1, 0, 1, 0]


def digest(house: House) -> int:
    """How many messages the staff get of the clock's call."""
    digest_staff(house.transaction(), house.desk, (), now=house.clock())
    before = len(house.heard(SAL[1]))
    house.drain()
    return len(house.heard(SAL[1])) - before
