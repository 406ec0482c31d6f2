"""Small hours belong to the night before them, as people say it on a Monday at 10:00."""

from __future__ import annotations

import pytest

from bot.domain.when.outcome import When
from tests.unit.when.saying import CHICAGO, found, local, said_is

MONDAY = "2026-11-23 10:00"
NIGHTS = {
    "tonight at 12": "Tue 2026-11-24 00:00",
    "12 tonight": "Tue 2026-11-24 00:00",
    "tonight at 12:30": "Tue 2026-11-24 00:30",
    "tonight at 12am": "Tue 2026-11-24 00:00",
    "tonight at 1": "Tue 2026-11-24 01:00",
    "tonight at 1am": "Tue 2026-11-24 01:00",
    "tonight at 01:00": "Tue 2026-11-24 01:00",
    "tonight at midnight": "Tue 2026-11-24 00:00",
    "tonight at 9": "Mon 2026-11-23 21:00",
    "tonight at 8:30": "Mon 2026-11-23 20:30",
    "tonight at 6": "Mon 2026-11-23 18:00",
    "tomorrow night at 1": "Wed 2026-11-25 01:00",
    "tomorrow evening at 7": "Tue 2026-11-24 19:00",
    "this evening at 12": "Tue 2026-11-24 00:00",
    "this evening at 6": "Mon 2026-11-23 18:00",
    "this evening at 4": "Mon 2026-11-23 16:00",
    "friday night at 12": "Sat 2026-11-28 00:00",
    "friday night at 2 am": "Sat 2026-11-28 02:00",
    "friday night at 10": "Fri 2026-11-27 22:00",
    "friday afternoon at 1": "Fri 2026-11-27 13:00",
    "at 3 in the night": "Tue 2026-11-24 03:00",
}
ENDS = {
    "friday at 24:00": "Sat 2026-11-28 00:00",
    "2026-11-27 24:00": "Sat 2026-11-28 00:00",
    "12/03 24:00": "Fri 2026-12-04 00:00 or Sat 2027-03-13 00:00",
    "31 December at 24:00": "Fri 2027-01-01 00:00",
    "today at 24:00": "Tue 2026-11-24 00:00",
    "at 24:00": "Tue 2026-11-24 00:00",
    "2026-11-27 00:00": "Fri 2026-11-27 00:00",
    "2026-11-27 24:30": "no such time",
}
OVER = {
    "today at 9": "Mon 2026-11-23 21:00",
    "today at 8:30": "Mon 2026-11-23 20:30",
    "today at 10": "Mon 2026-11-23 22:00",
    "today at 11": "Mon 2026-11-23 11:00",
    "today at 9am": "past",
    "today at 09:00": "past",
    "this morning at 9": "past",
    "the 23rd at 9": "Wed 2026-12-23 09:00",
}


@pytest.mark.parametrize(("said", "meant"), (NIGHTS | ENDS | OVER).items())
def test_the_hours_of_a_night_are_on_both_sides_of_midnight(said: str, meant: str) -> None:
    assert said_is(said, MONDAY) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("tonight at 1", "Tue 2026-11-24 01:00"),
        ("tonight at 9", "Tue 2026-11-24 21:00"),
        ("tonight at 12", "Wed 2026-11-25 00:00"),
        ("tomorrow night at 1", "Thu 2026-11-26 01:00"),
    ],
)
def test_after_midnight_tonight_is_the_night_that_it_is(said: str, meant: str) -> None:
    assert said_is(said, "2026-11-24 00:30") == meant


def test_five_tonight_may_as_well_be_in_the_afternoon() -> None:
    outcome = found("tonight at 5", MONDAY)

    assert isinstance(outcome, When)
    assert local(outcome.at, CHICAGO) == "Tue 2026-11-24 05:00"
    assert [local(at, CHICAGO) for at in outcome.others] == ["Mon 2026-11-23 17:00"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("in 1,000 days", "Sun 2029-08-19 09:00"),
        ("in 1,500 minutes", "Tue 2026-11-24 11:00"),
        ("1,500 minutes from now", "Tue 2026-11-24 11:00"),
        ("in 1,000,000 minutes", "Tue 2028-10-17 21:40"),
        ("in 10,000 days", "too far"),
        ("in 1,5 hours", "Mon 2026-11-23 11:30"),
        ("in 2,25 hours", "Mon 2026-11-23 12:15"),
        ("in 1.5 hours", "Mon 2026-11-23 11:30"),
    ],
)
def test_a_comma_before_three_figures_parts_thousands(said: str, meant: str) -> None:
    assert said_is(said, MONDAY) == meant
