"""The last days of a subscription are told whatever was put off, and however long the night is."""

from __future__ import annotations

import pytest

from bot.domain.people import Person
from tests.cast import ADA
from tests.desk import House
from tests.flows.soon import SOON, at, fresh, nine


@pytest.fixture
def ada(house: House) -> Person:
    """Ada, whose subscription ends in January; she heard on enrolment that this is near."""
    person = house.enrol(SOON).person
    house.sweep()
    return person


def test_a_snooze_ends_when_the_next_thing_is_due_and_the_answer_says_so(
    house: House, ada: Person
) -> None:
    nine(house, -8)
    said = house.say(ADA.email, "snooze expiry until 20 November 2029")

    assert "Snoozed until Friday, 8 January 2027" in said
    assert "when I tell you of the end of your subscription again anyway" in said
    for days in (-7, -1, 0, 1):
        nine(house, days)
        assert len(fresh(house)) == 1


def test_a_snooze_without_a_time_does_not_hide_the_last_day(house: House, ada: Person) -> None:
    nine(house, -1)
    assert len(fresh(house)) == 1
    house.say(ADA.email, "snooze expiry")
    nine(house, 0)

    (said,) = fresh(house)
    assert "last day" in said


def test_the_last_days_are_told_at_nine_where_quiet_hours_leave_no_time(
    house: House, ada: Person
) -> None:
    house.say(ADA.email, "quiet hours 0:00 to 23:59")
    told = []
    for days in (-7, -1, 0):
        nine(house, days)
        told.append(len(fresh(house)))

    assert told == [0, 1, 1]


def test_of_the_first_warning_there_is_time_for_the_end_of_quiet_hours(
    house: House, ada: Person
) -> None:
    house.say(ADA.email, "quiet hours 0:00 to 23:59")
    at(house, 2027, 1, 9, 5, 58)
    assert fresh(house) == []
    at(house, 2027, 1, 9, 5, 59)  # a minute before midnight in Chicago, a week before the end

    assert len(fresh(house)) == 1
