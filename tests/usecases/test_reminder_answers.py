"""What people answer to the questions about a reminder, in their own words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.cast import ADA
from tests.desk import House
from tests.replying import replied, told
from tests.usecases.test_reminding import kept

ASK = "remind me next Friday about TECH-8"
TOPIC = "What shall I remind you of on Friday, 27 November 2026 at "


@pytest.mark.parametrize("answer", ["at 5pm", "no, at 17:00", "make it 17", "Friday 5pm"])
def test_a_time_is_no_topic(home: House, answer: str) -> None:
    home.say(ADA.email, "remind me next Friday")

    assert f"{TOPIC}17:00" in home.say(ADA.email, answer)
    assert "at 17:00 (America/Chicago): the log. Shall I" in home.say(ADA.email, "the log")


def test_a_time_in_reply_to_the_question_is_no_topic(home: House) -> None:
    home.say(ADA.email, "remind me next Friday")
    asked = told(home, ADA.email, "What shall I remind you of")
    home.say(ADA.email, "progress")

    assert f"{TOPIC}17:00" in replied(home, ADA.email, "at 5pm", to=asked)
    assert ": write. Shall I" in replied(home, ADA.email, "to write", to=asked)


@pytest.mark.parametrize(("answer", "topic"), [("to write", "write"), ("lunch", "lunch")])
def test_the_topic_is_taken_from_its_answer(home: House, answer: str, topic: str) -> None:
    home.say(ADA.email, "remind me next Friday")

    assert f"at 09:00 (America/Chicago): {topic}. Shall I" in home.say(ADA.email, answer)


@pytest.mark.parametrize(
    ("answer", "time"),
    [
        ("at 10", "Friday, 27 November 2026 at 10:00"),
        ("in the evening", "Friday, 27 November 2026 at 18:00"),
        ("Monday at 8", "Monday, 23 November 2026 at 08:00"),
        ("in 1 hour", "Saturday, 21 November 2026 at 13:00"),
    ],
)
@pytest.mark.parametrize("more", ["Another time", "another time", "a different time"])
def test_another_time_keeps_the_day_unless_one_is_said(
    home: House, more: str, answer: str, time: str
) -> None:
    home.say(ADA.email, "remind me next Friday about the log: page 2")
    home.say(ADA.email, more)

    assert f"{time} (America/Chicago): the log: page 2. Shall I" in home.say(ADA.email, answer)


def test_another_time_in_reply_keeps_the_day(home: House) -> None:
    home.say(ADA.email, ASK)
    home.say(ADA.email, "another time")
    asked = told(home, ADA.email, "When shall I remind you")
    home.say(ADA.email, "progress")

    again = replied(home, ADA.email, "at 10", to=asked)

    assert "Friday, 27 November 2026 at 10:00 (America/Chicago): TECH-8. Shall I" in again


def test_another_time_of_nothing_says_how(home: House) -> None:
    assert "Of what?" in home.say(ADA.email, "another time")


@pytest.mark.parametrize(
    "answer", ["ok", "OK!", "sure", "correct", "fine", "do it", "ok thanks", "that\u2019s right"]
)
def test_who_agrees_says_yes(home: House, answer: str) -> None:
    home.say(ADA.email, ASK)

    assert home.say(ADA.email, answer).startswith("Set: reminder 1")


@pytest.mark.parametrize("answer", ["cancel", "never mind", "Cancel that."])
def test_cancel_says_no(home: House, answer: str) -> None:
    home.say(ADA.email, ASK)

    assert "I set no reminder" in home.say(ADA.email, answer)
    assert kept(home) == ()


def test_thanks_are_no_yes(home: House) -> None:
    home.say(ADA.email, ASK)

    assert "Shall I remind you then?" in home.say(ADA.email, "thanks")
    assert kept(home) == ()


@pytest.mark.parametrize(
    ("answer", "time"),
    [
        ("make it 10", "Friday, 27 November 2026 at 10:00"),
        ("change it to 11", "Friday, 27 November 2026 at 11:00"),
        ("no, make that 10:30 instead", "Friday, 27 November 2026 at 10:30"),
        ("actually thursday", "Thursday, 26 November 2026 at 09:00"),
    ],
)
def test_it_can_be_made_another_time(home: House, answer: str, time: str) -> None:
    home.say(ADA.email, ASK)

    assert f"{time} (America/Chicago): TECH-8. Shall I" in home.say(ADA.email, answer)


def test_a_move_is_agreed_to_or_not_in_the_same_words(home: House) -> None:
    home.say(ADA.email, "set reminder 2026-12-03 09:00: the log")
    home.say(ADA.email, "move reminder 1 to Monday at 10")
    again = home.say(ADA.email, "thanks")
    home.say(ADA.email, "ok")
    home.say(ADA.email, "move reminder 1 to Tuesday at 10")
    home.say(ADA.email, "cancel")

    assert "Shall I move it?" in again
    assert [one.at for one in kept(home)] == [datetime(2026, 11, 23, 16, 0, tzinfo=UTC)]


def test_those_words_mean_what_they_did_where_nothing_is_asked(home: House) -> None:
    assert "Nothing is open here" in home.say(ADA.email, "cancel")
    assert "welcome" in home.say(ADA.email, "thanks")


@pytest.mark.parametrize(
    ("answer", "then"),
    [
        ("tomorrow at 9 about the log", "22 November 2026 at 09:00 (America/Chicago): the log."),
        ("to call Bob", "When shall I remind you of \u201ccall Bob\u201d?"),
        ("tomorrow at 9", "What shall I remind you of on Sunday, 22 November 2026 at 09:00"),
    ],
)
def test_what_follows_remind_me_may_come_in_the_next_message(
    home: House, answer: str, then: str
) -> None:
    home.say(ADA.email, "remind me")

    assert then in home.say(ADA.email, answer)


def test_a_question_after_remind_me_is_answered(home: House) -> None:
    home.say(ADA.email, "remind me")

    assert "350" in home.say(ADA.email, "How much does it cost to apply?")
