"""Quiet hours and time zones as people write them."""

from __future__ import annotations

from datetime import time

import pytest

from bot.domain.notices.wish_words import quiet_said
from bot.domain.notices.wishes import Quiet
from handlers.zone_named import zone_named


def quiet(begins: str, ends: str) -> Quiet:
    """These hours."""
    return Quiet(begins=time.fromisoformat(begins), ends=time.fromisoformat(ends))


@pytest.mark.parametrize(
    ("words", "begins", "ends"),
    [
        ("21:00 to 7:00", "21:00", "07:00"),
        ("9pm-7am", "21:00", "07:00"),
        ("10 pm to 6 am", "22:00", "06:00"),
        ("from 10 p.m. until 6 a.m.", "22:00", "06:00"),
        ("between 22 and 6", "22:00", "06:00"),
        ("21 \u2013 7", "21:00", "07:00"),
        ("9.30pm till 7.15am", "21:30", "07:15"),
        ("10pm to midnight", "22:00", "00:00"),
        ("midnight to noon", "00:00", "12:00"),
        ("12am to 12pm", "00:00", "12:00"),
        ("24:00 to 6:00", "00:00", "06:00"),
        ("7:00 to 7", "07:00", "07:00"),
    ],
)
def test_hours_are_understood(words: str, begins: str, ends: str) -> None:
    assert quiet_said(words) == quiet(begins, ends)


@pytest.mark.parametrize(
    "words",
    ["9 to 7", "9pm to 7", "25 to 7", "13pm to 3am", "21:60 to 7:00", "at night", "", "9pm"],
)
def test_hours_that_could_be_others_are_not_guessed(words: str) -> None:
    assert quiet_said(words) is None


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("europe berlin", "Europe/Berlin"),
        ("Chicago", "America/Chicago"),
        ("new york", "America/New_York"),
        ("port-au-prince", "America/Port-au-Prince"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Central time", "America/Chicago"),
        ("eastern standard time", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_a_zone_is_known_by_what_people_call_it(words: str, zone: str) -> None:
    assert zone_named(words).zone == zone


@pytest.mark.parametrize(
    ("words", "perhaps"),
    [("CET", "Europe/Berlin"), ("CST", "Asia/Shanghai"), ("Berln", "Europe/Berlin")],
)
def test_a_name_of_several_zones_or_misspelt_is_asked_about(words: str, perhaps: str) -> None:
    meant = zone_named(words)

    assert meant.zone == ""
    assert perhaps in meant.perhaps


def test_a_name_of_no_zone_suggests_none() -> None:
    assert zone_named("xyzzy").perhaps == ()
