"""Files of calendars go when others took their place, and not before that is certain."""

from __future__ import annotations

from datetime import date, timedelta

from bot.usecases.give_calendar import ARRIVED, give_calendar
from tests.cast import ADA
from tests.desk import House
from tests.usecases.test_calendar import given, prolong


def asked(house: House, year: int) -> str:
    """The name of the file that Ada is given now, in which her subscription ends in that year."""
    prolong(house, date(year, 1, 15))
    house.say(ADA.email, "calendar")
    return given(house).sha256


def test_of_many_over_time_only_the_last_ones_are_kept(home: House) -> None:
    names = []
    for year in range(2029, 2034):
        names += [asked(home, year), asked(home, year + 20)]
        home.clock.forward(2 * ARRIVED)

    kept = set(home.files.names()) & set(names)
    assert kept == set(names[-2:])


def test_nothing_is_discarded_for_one_that_is_not_kept_itself(home: House) -> None:
    name = asked(home, 2029)
    home.clock.forward(ARRIVED + timedelta(minutes=1))
    prolong(home, date(2030, 1, 15))
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person
        give_calendar(uow, home.desk, person, now=home.clock())
        # killed before it was kept

    assert home.files.path(name).exists()
