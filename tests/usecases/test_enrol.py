"""Who becomes a candidate, until when, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.errors import Refused
from bot.usecases.enrol import Enrolment, years_after
from tests.cast import ADA
from tests.desk import House

FAY = Enrolment(name=" Fay Lund ", email=" fay@example.org ", enrolled_on=date(2026, 3, 1))


def test_the_subscription_lasts_as_long_as_the_program_says(house: House) -> None:
    fay = house.enrol(FAY)

    assert (fay.person.name, fay.person.email) == ("Fay Lund", "fay@example.org")
    assert fay.subscription_ends == date(2030, 3, 1)


def test_a_given_end_is_kept(house: House) -> None:
    fay = house.enrol(replace(FAY, subscription_ends=date(2027, 1, 31)))

    assert fay.subscription_ends == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2024, 2, 29), date(2028, 2, 29)),
        (date(2096, 2, 29), date(2100, 3, 1)),
        (date(2026, 11, 21), date(2030, 11, 21)),
    ],
)
def test_a_leap_day_never_ends_a_subscription_early(day: date, later: date) -> None:
    assert years_after(day, 4) == later


@pytest.mark.parametrize(
    ("wrong", "advice"),
    [
        (replace(FAY, name=" "), "The name is empty"),
        (replace(FAY, email="fay"), "'fay' is no e-mail address."),
        (replace(FAY, email="fay@here"), "'fay@here' is no e-mail address."),
        (replace(FAY, email="f ay@example.org"), "is no e-mail address."),
        (replace(FAY, time_zone="Mars/Base"), "use a name like America/Chicago."),
        (replace(FAY, electives=("juggling",)), "juggling: no elective; use access-services, "),
        (replace(FAY, electives=("technology",)), "technology: no elective"),
        (replace(FAY, electives=("supervision-and-management",) * 2), "at most 3 different"),
        (replace(FAY, subscription_ends=date(2026, 3, 1)), "ends before it begins"),
    ],
)
def test_a_wrong_enrolment_is_refused_with_what_to_do(
    house: House, wrong: Enrolment, advice: str
) -> None:
    with pytest.raises(Refused) as caught:
        house.enrol(wrong)

    assert advice in str(caught.value)
    with house.transaction() as uow:
        assert uow.people.count() == 0


def test_more_electives_than_the_program_asks_for_are_refused(house: House) -> None:
    every = tuple(s.id for s in house.desk.program.elective_sets)

    with pytest.raises(Refused, match="at most 3 different"):
        house.enrol(replace(FAY, electives=every[:4]))


def test_an_address_belongs_to_one_person(home: House) -> None:
    with pytest.raises(Refused):
        home.enrol(replace(FAY, email=ADA.email))


def test_somebody_known_keeps_the_time_zone_that_they_chose(house: House) -> None:
    with house.transaction() as uow:
        uow.people.add("Fay", email="fay@example.org", time_zone="America/Chicago")
        uow.commit()

    assert house.enrol(FAY).person.time_zone == "America/Chicago"
