"""People who say that they want less, or stop, silence nothing that they did not name."""

from __future__ import annotations

import pytest

from tests.cast import ADA
from tests.desk import House


def declined(house: House) -> frozenset[tuple[str, str]]:
    """What Ada has switched off."""
    with house.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        return frozenset(uow.wishes.of(person).declined)


@pytest.mark.parametrize(
    "words",
    [
        "mute",
        "notices off",
        "notifications off",
        "stop sending me notices",
        "stop sending me messages",
        "please stop notifying me",
    ],
)
def test_who_wants_less_is_shown_what_can_be_off_and_nothing_is(home: House, words: str) -> None:
    told = home.say(ADA.email, words)

    assert "Nothing was changed yet" in told
    assert "sets that you began and left (idle)" in told
    assert "turn off notifications" in told
    assert "(review-decided)" not in told
    assert not declined(home)


def test_all_of_it_goes_off_by_a_number_and_then_nothing_is_left_to_switch_off(home: House) -> None:
    home.say(ADA.email, "mute")

    assert "From now on" in home.say(ADA.email, "1")
    assert declined(home)
    assert "is off already" in home.say(ADA.email, "mute")


def test_one_kind_is_stopped_in_so_many_words(home: House) -> None:
    assert "(idle): off" in home.say(ADA.email, "stop sending me idle notices")


def test_stop_where_nothing_is_open_tells_how_to_be_told_less(home: House) -> None:
    told = home.say(ADA.email, "stop")

    assert "Nothing is open" in told
    assert "Goodbye" not in told
    assert "You can switch off" in home.say(ADA.email, "1")


def test_stop_ends_what_is_open(home: House) -> None:
    home.say(ADA.email, "remind me tomorrow at 9 to call")

    assert "I set no reminder" in home.say(ADA.email, "stop")


def test_what_was_off_already_is_told_of_several_things_in_good_english(home: House) -> None:
    home.say(ADA.email, "notices idle off")

    told = home.say(ADA.email, "notices idle off by email")

    assert "was off already, on every channel: sets that you began and left (idle)" in told


@pytest.mark.parametrize("words", ["notification settings", "tell me what notices I get"])
def test_what_somebody_gets_is_asked_for_in_many_words(home: House, words: str) -> None:
    assert "What you may choose" in home.say(ADA.email, words)


@pytest.mark.parametrize(
    "words",
    [
        "do not disturb from 10pm to 6am",
        "don't disturb me 22:00-6:00",
        "please don't write to me from 10 pm until 6 am",
    ],
)
def test_not_to_be_disturbed_from_then_to_then_are_quiet_hours(home: House, words: str) -> None:
    assert "Your quiet hours are 22:00 to 06:00" in home.say(ADA.email, words)
