"""Reminders that count from the person's own deadlines."""

from __future__ import annotations

import pytest

from tests.cast import ADA, SAL
from tests.desk import House


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
        ("on Friday to ask what is to be done after my certificate", "my certificate"),
    ],
)
def test_a_deadline_may_be_the_topic(home: House, words: str, topic: str) -> None:
    asked = home.say(ADA.email, f"remind me {words}")

    assert "Friday, 27 November 2026 at 09:00" in asked
    assert f"{topic}. Shall I" in asked


def test_when_is_answered_with_a_deadline(home: House) -> None:
    home.say(ADA.email, "remind me about TECH-8")

    asked = home.say(ADA.email, "2 weeks before my subscription ends")

    assert "Monday, 1 January 2029 at 09:00 (America/Chicago): TECH-8" in asked


def test_a_reminder_moves_to_a_deadline(home: House) -> None:
    home.say(ADA.email, "set reminder 2026-12-05 10:00: renew")

    asked = home.say(ADA.email, "move reminder 1 to a week before my subscription ends")

    assert "Monday, 8 January 2029" in asked


def test_whoever_has_no_such_deadline_is_asked_for_the_time(home: House) -> None:
    home.appoint(*SAL)

    asked = home.say(SAL[1], "remind me 3 weeks before my subscription ends to renew")

    assert "When shall I remind you" in asked
