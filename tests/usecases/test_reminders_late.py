"""Reminders whose time went by while nobody could be told: said late, and listed so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import ADA
from tests.desk import House
from tests.usecases.test_reminding import kept

BOB = "set reminder 2026-11-24 09:00: call Bob"
THEN = "It was for Tuesday, 24 November 2026 at 09:00 (America/Chicago): I could not say it then."


def heard(house: House) -> list[str]:
    """What Ada is told by the next look at the clock."""
    before = len(house.heard(ADA.email))
    house.sweep()
    return house.heard(ADA.email)[before:]


@pytest.mark.parametrize("days", [4, 26, 80])
def test_an_own_reminder_is_said_after_an_outage_with_when_it_was_for(
    home: House, days: int
) -> None:
    home.say(ADA.email, BOB)
    home.sweep()
    home.clock.forward(timedelta(days=days))

    (said,) = [one for one in heard(home) if "call Bob" in one]

    assert "You asked me to remind you: call Bob" in said
    assert THEN in said
    assert heard(home) == []


def test_on_time_no_time_is_told(home: House) -> None:
    home.say(ADA.email, BOB)
    home.clock.forward(timedelta(days=2, hours=21, minutes=30))

    (said,) = heard(home)

    assert "call Bob" in said
    assert "It was for" not in said


def test_several_that_are_late_come_in_one_message(home: House) -> None:
    home.say(ADA.email, BOB)
    home.say(ADA.email, "set reminder 2026-11-25 09:00: the log")
    home.say(ADA.email, "set reminder 2026-12-17 11:59: in time")
    home.sweep()
    home.clock.forward(timedelta(days=26))

    told = heard(home)

    assert len([one for one in told if "call Bob" in one]) == 1
    (late,) = [one for one in told if "call Bob" in one]
    assert "the log" in late
    assert THEN in late
    assert "By name, A is reminder-1, B is reminder-2" in late
    assert [one for one in told if "in time" in one and "call Bob" not in one]


def test_what_was_never_told_is_listed_so_until_it_is(home: House) -> None:
    home.say(ADA.email, BOB)
    home.sweep()
    home.clock.forward(timedelta(days=26))
    before = home.say(ADA.email, "reminders")
    home.sweep()
    after = home.say(ADA.email, "reminders")

    assert "Not told in time:" in before
    assert "Told, and not marked" not in before
    assert "Told, and not marked as done:" in after
    assert "Not told in time" not in after


def test_what_was_never_told_is_not_forgotten_for_a_new_one(home: House) -> None:
    home.say(ADA.email, BOB)
    home.clock.forward(timedelta(days=40))
    home.say(ADA.email, "set reminder 2027-02-01 09:00: the new one")

    assert [one.text for one in kept(home)] == ["call Bob", "the new one"]
    assert any("call Bob" in one for one in heard(home))


def test_a_reminder_of_nothing_says_that_it_is_time(home: House) -> None:
    home.say(ADA.email, "remind me in 2 hours")
    home.say(ADA.email, "Of nothing special")
    home.clock.forward(timedelta(hours=2, minutes=1))

    (said,) = heard(home)

    assert "You asked me to remind you: it is time (you did not say of what)" in said
