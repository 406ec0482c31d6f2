"""What is said of reminders that are set: below their list, by several, put off, and woken."""

from __future__ import annotations

import pytest

from tests.cast import ADA
from tests.desk import House
from tests.usecases.test_reminding import kept


@pytest.fixture
def three(home: House) -> House:
    """A Carrel where Ada has three reminders."""
    for day, text in ((24, "call Bob"), (25, "TECH-8"), (26, "eat")):
        home.say(ADA.email, f"set reminder 2026-11-{day} 09:00: {text}")
    return home


def left(house: House) -> list[int]:
    """The numbers of Ada's open ones."""
    return [one.number for one in kept(house)]


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("cancel 2", [1, 3]),
        ("remove #2", [1, 3]),
        ("done 2", [1, 3]),
        ("cancel 1 and 2", [3]),
        ("cancel 1, 2 and 3", []),
    ],
)
def test_below_their_list_a_number_is_a_reminder(
    three: House, said: str, numbers: list[int]
) -> None:
    three.say(ADA.email, "reminders")

    three.say(ADA.email, said)

    assert left(three) == numbers


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("move 1 to Friday", "Friday, 27 November 2026 at 09:00"),
        ("postpone 1 by 2 days", "Thursday, 26 November 2026 at 09:00"),
    ],
)
def test_below_their_list_a_reminder_is_moved_by_its_number(
    three: House, said: str, time: str
) -> None:
    three.say(ADA.email, "reminders")

    assert f"to {time} (America/Chicago). Shall I move it?" in three.say(ADA.email, said)


@pytest.mark.parametrize("said", ["cancel 9", "move 1 to TECH-8", "remove 9"])
def test_what_is_no_reminder_of_the_list_is_met_as_ever(three: House, said: str) -> None:
    before = three.say(ADA.email, said)
    three.say(ADA.email, "reminders")

    assert three.say(ADA.email, said) == before
    assert left(three) == [1, 2, 3]


def test_elsewhere_a_number_alone_is_no_reminder(three: House) -> None:
    three.say(ADA.email, "progress")

    three.say(ADA.email, "remove 2")

    assert left(three) == [1, 2, 3]


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("cancel reminders 1 and 2", [3]),
        ("delete reminders 1, 2, and 3", []),
        ("cancel reminders 1 and 9", [1, 2, 3]),
        ("remove my TECH-8 reminder", [1, 3]),
        ("delete the Bob reminder please", [2, 3]),
    ],
)
def test_they_are_cancelled_in_plain_words(three: House, said: str, numbers: list[int]) -> None:
    three.say(ADA.email, said)

    assert left(three) == numbers


def test_clearing_them_is_asked_once(three: House) -> None:
    assert "Shall I cancel all your 3 reminders?" in three.say(ADA.email, "clear reminders")


@pytest.mark.parametrize(
    "said",
    [
        "I want to be reminded of TECH-8 on Friday",
        "I'd like to be reminded about TECH-8 on Friday",
        "Could you ping me on Friday about TECH-8?",
    ],
)
def test_a_wish_may_be_said_in_other_words(home: House, said: str) -> None:
    asked = home.say(ADA.email, said)

    assert "Friday, 27 November 2026 at 09:00 (America/Chicago): TECH-8. Shall I" in asked


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("snooze reminder-2 1 hour", "Wednesday, 25 November 2026 at 10:00"),
        ("snooze reminder 2 for 2 days", "Friday, 27 November 2026 at 09:00"),
        ("snooze reminder-2", "Wednesday, 25 November 2026 at 10:00"),
        ("snooze reminder-2 until Saturday at 11", "Saturday, 28 November 2026 at 11:00"),
    ],
)
def test_what_is_still_to_come_is_put_off_after_a_yes(three: House, said: str, time: str) -> None:
    asked = three.say(ADA.email, said)
    done = three.say(ADA.email, "yes")

    assert f"to {time} (America/Chicago). Shall I move it?" in asked
    assert f"Moved: reminder 2 is now on {time}" in done


def test_what_is_woken_tells_when_it_is_due(three: House) -> None:
    three.say(ADA.email, "done reminder-3")

    woken = three.say(ADA.email, "wake reminder-3")

    assert "again when it is due, on Thursday, 26 November 2026 at 09:00" in woken


def test_a_new_time_zone_tells_of_those_it_does_not_show(home: House) -> None:
    for day in range(1, 8):
        home.say(ADA.email, f"set reminder 2026-12-0{day} 09:00: {day}")

    said = home.say(ADA.email, "time zone Europe/Berlin")

    assert "Your 7 reminders come" in said
    assert "and 2 more" in said
