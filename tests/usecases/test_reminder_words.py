"""Ways in which people ask for reminders, move them and are rid of them."""

from __future__ import annotations

import pytest

from tests.cast import ADA
from tests.desk import House
from tests.usecases.test_reminding import kept

LOG, FORM = "set reminder 2026-12-03 09:00: the log", "set reminder 2026-12-01 09:00: the form"
TOMORROW = "Sunday, 22 November 2026 at "


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("remind us tomorrow to write", f"{TOMORROW}09:00 (America/Chicago): write. Shall I"),
        ("remindme tomorrow to write", f"{TOMORROW}09:00 (America/Chicago): write. Shall I"),
        ("reminder tomorrow 10:00 submit", f"{TOMORROW}10:00 (America/Chicago): submit. Shall I"),
        (
            "Don\u2019t let me forget to write tomorrow",
            f"{TOMORROW}09:00 (America/Chicago): write.",
        ),
        ("wake me up at 7", f"What shall I remind you of on {TOMORROW}07:00"),
        ("tomorrow", f"What shall I remind you of on {TOMORROW}09:00"),
    ],
)
def test_a_wish_is_known_in_many_words(home: House, said: str, then: str) -> None:
    assert then in home.say(ADA.email, said)


@pytest.mark.parametrize("said", ["what reminders do I have?", "do I have any reminders"])
def test_the_list_is_asked_for_in_many_words(home: House, said: str) -> None:
    home.say(ADA.email, LOG)

    assert "1: Thursday, 3 December 2026 at 09:00" in home.say(ADA.email, said)


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("push reminder 1 back by two days", "Saturday, 5 December 2026 at 09:00"),
        ("postpone reminder 1 by a day", "Friday, 4 December 2026 at 09:00"),
        ("postpone reminder 1 by 90 minutes", "Thursday, 3 December 2026 at 10:30"),
        ("push reminder 1 back to Friday", "Friday, 27 November 2026 at 09:00"),
    ],
)
def test_a_reminder_is_put_off_by_so_much(home: House, said: str, time: str) -> None:
    home.say(ADA.email, LOG)

    assert f"to {time} (America/Chicago). Shall I move it?" in home.say(ADA.email, said)


def test_a_reminder_that_is_moved_keeps_its_number(home: House) -> None:
    home.say(ADA.email, LOG)
    home.say(ADA.email, FORM)

    said = home.say(ADA.email, "move reminder 1 to 2026-12-24 09:00")

    assert "Moved: reminder 1 is now on Thursday, 24 December 2026 at 09:00" in said
    assert sorted(one.number for one in kept(home)) == [1, 2]
    assert "is on Thursday, 24" in home.say(ADA.email, "move reminder 1 to 2026-12-24 09:00")


@pytest.mark.parametrize("said", ["cancel the reminder about the log", "cancel my next reminder"])
def test_a_reminder_is_cancelled_by_its_words_or_its_place(home: House, said: str) -> None:
    home.say(ADA.email, "set reminder 2026-11-28 09:00: upload the log")
    home.say(ADA.email, FORM)

    assert "Cancelled: reminder 1 (upload the log)" in home.say(ADA.email, said)
    assert [one.text for one in kept(home)] == ["the form"]


def test_the_last_reminder_is_the_one_set_last(home: House) -> None:
    home.say(ADA.email, LOG)
    home.say(ADA.email, FORM)

    assert "Cancelled: reminder 2 (the form)" in home.say(ADA.email, "cancel my last reminder")


@pytest.mark.parametrize("said", ["the essay", "the"])
def test_nothing_is_cancelled_when_no_reminder_is_meant(home: House, said: str) -> None:
    home.say(ADA.email, LOG)
    home.say(ADA.email, FORM)
    home.say(ADA.email, f"cancel the reminder about {said}")

    assert len(kept(home)) == 2


def test_of_several_that_are_meant_it_is_asked_which(home: House) -> None:
    home.say(ADA.email, LOG)
    home.say(ADA.email, "set reminder 2026-12-05 09:00: the log again")

    assert "Several have those words" in home.say(ADA.email, "cancel the reminder about the log")
    assert len(kept(home)) == 2


@pytest.mark.parametrize(("answer", "left"), [("yes", 0), ("ok", 0), ("no", 2), ("cancel", 2)])
def test_all_are_cancelled_after_a_yes(home: House, answer: str, left: int) -> None:
    home.say(ADA.email, LOG)
    home.say(ADA.email, FORM)
    asked = home.say(ADA.email, "cancel all reminders")
    before = len(kept(home))
    home.say(ADA.email, answer)

    assert "Shall I cancel all your 2 reminders?" in asked
    assert (before, len(kept(home))) == (2, left)


def test_with_none_there_is_none_to_cancel(home: House) -> None:
    assert "You have set no reminders" in home.say(ADA.email, "cancel all reminders")
    assert "You have set no reminders" in home.say(ADA.email, "cancel my last reminder")


def test_another_time_zone_says_what_becomes_of_the_reminders(home: House) -> None:
    home.say(ADA.email, LOG)

    said = home.say(ADA.email, "time zone Europe/Berlin")
    home.say(ADA.email, "move reminder 1 to 2026-12-03 09:00")

    assert "Your 1 reminder comes at the same instant as before" in said
    assert "1: Thursday, 3 December 2026 at 16:00 (Europe/Berlin): the log" in said
    assert "say, for example: move reminder 1 to 2026-12-03 09:00" in said
    assert [f"{one.at:%H:%M}" for one in kept(home)] == ["08:00"]
    assert "same instant" not in home.say(ADA.email, "time zone Europe/Paris")


def test_a_reminder_that_is_done_can_be_taken_back(home: House) -> None:
    home.say(ADA.email, LOG)
    home.say(ADA.email, "done reminder-1")

    said = home.say(ADA.email, "wake reminder-1")

    assert "again when it is due" in said
    assert [one.text for one in kept(home)] == ["the log"]
    assert "neither snoozed nor done" in home.say(ADA.email, "wake reminder-1")
