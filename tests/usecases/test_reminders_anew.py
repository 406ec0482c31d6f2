"""Words below a question about a reminder that are no answer: another wish, or a question."""

from __future__ import annotations

import pytest

from tests.cast import ADA
from tests.desk import House
from tests.replying import replied, told
from tests.usecases.test_reminding import kept

WHAT, WHEN = "What shall I remind you of", "When shall I remind you"
BOB = "Friday, 27 November 2026 at 10:00 (America/Chicago): call Bob. Shall I"


@pytest.mark.parametrize("first", ["remind me tomorrow at 9", "remind me to rest", "remind me"])
def test_a_whole_wish_takes_the_place_of_the_open_one(home: House, first: str) -> None:
    home.say(ADA.email, first)
    asked = told(home, ADA.email, "")

    again = replied(home, ADA.email, "remind me Friday at 10 to call Bob", to=asked)
    home.say(ADA.email, "yes")

    assert BOB in again
    assert [one.text for one in kept(home)] == ["call Bob"]


def test_a_wish_below_a_time_that_was_read_back_is_another_one(home: House) -> None:
    home.say(ADA.email, "remind me tomorrow at 9 about the log")
    home.say(ADA.email, "another time")
    asked = told(home, ADA.email, WHEN)

    again = replied(home, ADA.email, "could you ping me Friday at 10 to call Bob?", to=asked)

    assert BOB in again


def test_half_a_wish_below_a_question_says_what_that_lacks(home: House) -> None:
    home.say(ADA.email, "remind me to call Bob")
    when = replied(home, ADA.email, "remind me Friday at 10", to=told(home, ADA.email, WHEN))
    home.say(ADA.email, "remind me tomorrow at 9")
    what = replied(home, ADA.email, "remind me to rest", to=told(home, ADA.email, WHAT))

    assert BOB in when
    assert "Sunday, 22 November 2026 at 09:00 (America/Chicago): rest. Shall I" in what


@pytest.mark.parametrize("first", ["remind me tomorrow at 9", "remind me", "remind me to rest"])
@pytest.mark.parametrize(
    "question", ["how much does it cost to apply?", "How much does it cost to apply"]
)
@pytest.mark.parametrize("below", [True, False])
def test_a_question_is_answered_and_not_kept(
    home: House, first: str, question: str, *, below: bool
) -> None:
    home.say(ADA.email, first)
    asked = told(home, ADA.email, "")

    said = replied(home, ADA.email, question, to=asked) if below else home.say(ADA.email, question)

    assert "350" in said
    assert "Shall I remind you" not in said


@pytest.mark.parametrize("topic", ["what to say to Bob", "do my taxes", "is due", "how to cite"])
def test_a_topic_is_no_question_for_its_first_word(home: House, topic: str) -> None:
    home.say(ADA.email, "remind me tomorrow at 9")

    assert f"{topic}. Shall I remind you" in home.say(ADA.email, topic)


@pytest.mark.parametrize("said", ["remind me tomorrow at 6", "wake me up tomorrow at 6"])
def test_the_other_hour_is_offered_also_where_the_topic_is_missing(home: House, said: str) -> None:
    asked = home.say(ADA.email, said)
    home.say(ADA.email, "Sunday, 22 November 2026 at 06:00 instead")

    assert "at 18:00" in asked
    assert "Sunday, 22 November 2026 at 06:00 instead" in asked
    assert "22 November 2026 at 06:00 (America/Chicago): rest. Shall" in home.say(ADA.email, "rest")
