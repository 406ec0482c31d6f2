"""Reminders about midnight: 24:00 ends a day, whether it is said or typed in a command."""

from __future__ import annotations

import pytest

from tests.cast import ADA
from tests.desk import House

SATURDAY = "Saturday, 28 November 2026 at 00:00 (America/Chicago)"


@pytest.mark.parametrize(
    "said",
    [
        "set reminder 2026-11-27 24:00: TECH-8",
        "remind me 2026-11-27 24:00: TECH-8",
        "remind me friday at 24:00 about TECH-8",
        "remind me friday night at 12 about TECH-8",
    ],
)
def test_a_day_ends_at_24_hours(home: House, said: str) -> None:
    answer = home.say(ADA.email, said)

    assert f"{SATURDAY}: TECH-8" in answer


@pytest.mark.parametrize("to", ["2026-11-27 24:00", "friday at 24:00"])
def test_a_reminder_moves_to_the_end_of_a_day(home: House, to: str) -> None:
    home.say(ADA.email, "set reminder 2026-12-03 09:00: the log")

    assert SATURDAY in home.say(ADA.email, f"move reminder 1 to {to}")


def test_at_24_hours_is_the_end_of_the_day_that_a_reminder_has(home: House) -> None:
    home.say(ADA.email, "set reminder 2026-11-27 09:00: the log")

    assert SATURDAY in home.say(ADA.email, "move reminder 1 to 24:00")


@pytest.mark.parametrize("stamp", ["2026-02-30 24:00", "2026-11-27 24:30", "2026-11-27 25:00"])
def test_no_other_hour_is_beyond_23(home: House, stamp: str) -> None:
    assert "no such" in home.say(ADA.email, f"set reminder {stamp}: TECH-8")


@pytest.mark.parametrize("stamp", ["9999-12-31 24:00", "2200-12-31 24:00", "0001-01-01 24:00"])
def test_the_last_midnights_of_the_calendar_are_answered(home: House, stamp: str) -> None:
    answer = home.say(ADA.email, f"set reminder {stamp}: TECH-8")

    assert "years ahead" in answer or "That time is over" in answer
