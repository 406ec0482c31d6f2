"""Reminders that count from the person's own deadlines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import ADA, SAL
from tests.desk import House
from tests.ending import ending
from tests.told.by_clock import certified


@pytest.mark.parametrize(
    ("words", "day"),  # Ada's subscription ends on Monday, 15 January 2029
    [
        ("3 weeks before my subscription ends to renew", "Monday, 25 December 2028 at 09:00"),
        ("to renew a month before the end of my subscription", "Friday, 15 December 2028 at 09:00"),
        ("the day before my subscription expires: renew", "Sunday, 14 January 2029 at 09:00"),
        ("the week before my subscription runs out to renew", "Monday, 8 January 2029 at 09:00"),
        ("to renew before my subscription ends", "Sunday, 14 January 2029 at 09:00"),
        ("to renew when my subscription ends", "Monday, 15 January 2029 at 09:00"),
        ("on the last day of my subscription: renew", "Monday, 15 January 2029 at 09:00"),
        ("2 days after the subscription ends to renew", "Wednesday, 17 January 2029 at 09:00"),
        ("a week before the deadline to renew", "Monday, 8 January 2029 at 09:00"),
        ("a week before my subscription\u2019s end to renew", "Monday, 8 January 2029 at 09:00"),
        ("a week before the subscription's expiry to renew", "Monday, 8 January 2029 at 09:00"),
        ("2 weeks ahead of the end of my subscription to renew", "Monday, 1 January 2029 at 09:00"),
        ("a week before my subscription expiry date to renew", "Monday, 8 January 2029 at 09:00"),
        ("before subscription end to renew", "Sunday, 14 January 2029 at 09:00"),
        ("the night before my subscription ends to renew", "Sunday, 14 January 2029 at 21:00"),
        ("after my subscription ends to renew", "Tuesday, 16 January 2029 at 09:00"),
        ("the day after my subscription ends to renew", "Tuesday, 16 January 2029 at 09:00"),
        ("once my subscription has ended: renew", "Monday, 15 January 2029 at 09:00"),
        ("by the deadline to renew", "Monday, 15 January 2029 at 09:00"),
        ("on the day of my subscription's end to renew", "Monday, 15 January 2029 at 09:00"),
        ("an hour before my subscription ends at 18:00 to renew", "15 January 2029 at 17:00"),
        (
            "30 days before My Subscription Ends at 18:00 to renew",
            "Saturday, 16 December 2028 at 18",
        ),
    ],
)
def test_a_deadline_is_as_good_as_its_date(home: House, words: str, day: str) -> None:
    asked = home.say(ADA.email, f"remind me {words}")

    assert day in asked
    assert "): renew. Shall I" in asked


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("on Friday about the end of my subscription", "the end of my subscription"),
        ("on Friday that my subscription ends", "my subscription ends"),
        ("on Friday to renew before my subscription ends", "renew before my subscription ends"),
        ('on Friday about "when my subscription ends"', "when my subscription ends"),
        ("on Friday to ask what is to be done after my certificate", "my certificate"),
    ],
)
def test_a_deadline_may_be_the_topic(home: House, words: str, topic: str) -> None:
    asked = home.say(ADA.email, f"remind me {words}")

    assert "Friday, 27 November 2026 at 09:00" in asked
    assert f"{topic}. Shall I" in asked


def test_a_deadline_that_has_its_own_date_is_none_of_theirs(home: House) -> None:
    asked = home.say(ADA.email, "remind me a day before the deadline on 4 December to pay")

    assert "Thursday, 3 December 2026 at 09:00 (America/Chicago): the deadline to pay." in asked


def test_when_is_answered_with_a_deadline(home: House) -> None:
    home.say(ADA.email, "remind me about TECH-8")

    asked = home.say(ADA.email, "2 weeks before my subscription ends")

    assert "Monday, 1 January 2029 at 09:00 (America/Chicago): TECH-8" in asked


@pytest.mark.parametrize("asked", ["When my subscription ends?", "when my subscription ends"])
def test_who_asks_when_a_deadline_is_wants_no_reminder(home: House, asked: str) -> None:
    said = home.say(ADA.email, asked)

    assert "Monday, 15 January 2029" in said
    assert "remind you" not in said


def test_a_reminder_moves_to_a_deadline(home: House) -> None:
    home.say(ADA.email, "set reminder 2026-12-05 10:00: renew")

    asked = home.say(ADA.email, "move reminder 1 to a week before my subscription ends")

    assert "Monday, 8 January 2029" in asked


def test_whoever_has_no_such_deadline_is_asked_for_the_time(home: House) -> None:
    home.appoint(*SAL)

    asked = home.say(SAL[1], "remind me 3 weeks before my subscription ends to renew")

    assert "When shall I remind you" in asked


def test_hours_are_not_counted_from_a_whole_day(home: House) -> None:
    asked = home.say(ADA.email, "remind me an hour before my subscription ends to renew")

    assert "That is a whole day." in asked
    assert "of \u201crenew\u201d" in asked


@pytest.mark.parametrize("often", ["every week", "every 2 weeks", "weekly"])
def test_what_comes_again_until_a_deadline_begins_now(home: House, often: str) -> None:
    asked = home.say(ADA.email, f"remind me {often} until my subscription ends to write")

    assert "2026 at 09:00" in asked


def test_the_longest_words_are_answered(home: House) -> None:
    home.say(ADA.email, "set reminder 2026-12-05 10:00: renew")

    with ending():
        asked = home.say(ADA.email, f"move reminder 1 to {'before my ' * 1_900}deadline")

    assert "I do not understand" in asked


@pytest.mark.parametrize(
    ("words", "day"),  # her certificate counts from 21 November 2026, and lasts four years
    [
        ("a week before my certificate expires", "Thursday, 14 November 2030"),
        ("a week before my renewal closes", "Thursday, 14 November 2030"),
        ("a week before the deadline", "Thursday, 14 November 2030"),
        ("a week before my CCC runs out", "Thursday, 14 November 2030"),
        ("by the end of my course completion certificate (CCC)", "Thursday, 21 November 2030"),
        ("when my renewal opens", "Wednesday, 21 November 2029"),
        ("a week before my subscription ends", "When shall I remind you"),
    ],
)
def test_who_is_certified_counts_from_the_certificate(house: House, words: str, day: str) -> None:
    certified(house)
    house.clock.forward(timedelta(days=700))

    assert day in house.say(ADA.email, f"remind me to renew {words}")
