"""What somebody chose about notices cannot be read: it counts as not chosen, and all go on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.usecases.staff_digest import digest_staff
from tests.breaking import BROKEN_WISHES, break_wishes
from tests.broadcasting import all_sent, got, sends
from tests.cast import ADA, ADE, BEA, SAL
from tests.desk import House
from tests.reviewed import staffed, submitted

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def office(home: House) -> House:
    """Ada and Bea are enrolled, and Sal is of staff."""
    staffed(home)
    return home


@pytest.mark.parametrize("broken", BROKEN_WISHES)
def test_news_that_waits_is_sent_to_them_and_to_everybody(
    office: House, broken: dict[str, str | None]
) -> None:
    office.say(SAL[1], "broadcast to candidates: Be there.")
    office.say(SAL[1], "send broadcast 1")
    while sends(office):
        pass

    break_wishes(office, ADA.email, broken)
    all_sent(office, seconds=3)

    assert {ADA.email, BEA.email} <= set(got(office, "Be there."))
    assert "no reminders" in office.say(SAL[1], "reminders")


@pytest.mark.parametrize("broken", BROKEN_WISHES)
def test_a_broadcast_reaches_them_and_everybody(
    office: House, broken: dict[str, str | None]
) -> None:
    office.say(SAL[1], "broadcast to candidates: Be there.")
    break_wishes(office, ADA.email, broken)
    office.say(SAL[1], "send broadcast 1")
    all_sent(office, seconds=3)

    assert {ADA.email, BEA.email} <= set(got(office, "Be there."))


def test_those_of_one_of_the_staff_hold_up_neither_a_candidate_nor_the_digest(
    house: House,
) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    house.sweep()
    house.clock.forward(29 * DAY + 21 * HOUR)
    house.say(ADA.email, "remind me in 1 hour to go to the hearing")
    house.say(ADA.email, "yes")
    break_wishes(house, SAL[1], {"cadence": "hourly"})

    house.clock.forward(HOUR)
    house.sweep()
    house.clock.forward(3 * HOUR)
    house.sweep()
    digest_staff(house.transaction(), house.desk, (), now=house.clock())
    house.drain()

    assert "go to the hearing" in house.heard(ADA.email)[-1]
    for who in (SAL[1], ADE[1]):
        assert house.heard(who)[-1].startswith("For the staff")


def test_what_they_choose_anew_counts_again(office: House) -> None:
    break_wishes(office, ADA.email, {"quiet_begins": "25:99", "quiet_ends": "7"})

    office.say(ADA.email, "quiet hours 21:00 to 7:00")

    with office.transaction() as uow:
        assert not uow.wishes.unreadable()


def test_a_broadcast_in_a_state_that_is_none_counts_as_cancelled(office: House) -> None:
    office.say(SAL[1], "broadcast to candidates: Be there.")
    with office.database.engine.begin() as connection:
        connection.execute(text("UPDATE broadcasts SET state = 'paused'"))

    assert "cancelled" in office.say(SAL[1], "broadcasts")
    assert office.say(SAL[1], "send broadcast 1")
    assert office.say(ADE[1], "staff digest") == "Nothing waits for the staff."
    office.clock.forward(2 * DAY)
    assert not digest_staff(office.transaction(), office.desk, (), now=office.clock())
    all_sent(office, seconds=1)
    assert ADA.email not in got(office, "Be there.")
