"""What Carrel waits for on Telegram: what is typed next replies to what wanted it."""

from __future__ import annotations

import pytest

from tests.cast import ADA, DOT, SAL
from tests.telegram.house import TelegramHouse
from tests.telegram.keyboards import awaits
from tests.telegram.reading import labels_of
from tests.telegram.whole.test_staff_room import press, submit

PARKING = "Is there a parking fee at the workshop?"


def test_what_is_typed_after_a_button_that_wants_a_reason_is_the_reason(
    carrel: TelegramHouse,
) -> None:
    submit(carrel)
    sal = carrel.user(SAL[1])
    press(carrel, SAL[1], "Decide 1")
    press(carrel, SAL[1], "Approve 1", chat=sal)
    wanted = carrel.told(str(sal))[-1]

    asked = carrel.say(SAL[1], "The scan is fine now.")
    press(carrel, SAL[1], "Yes, do it", chat=sal)
    told = carrel.read_by(SAL[1])[-1]

    assert awaits(wanted)
    assert wanted["reply_markup"]["input_field_placeholder"] == "approve 1: \u2026"
    assert "Shall I?" in asked
    assert told.startswith("Decided: submission 1 (Technology) of Ada Reyes: approved.")
    assert any("The scan is fine now." in text for text in carrel.read_by(ADA.email))


def test_what_is_typed_after_more_was_asked_for_is_the_reason(carrel: TelegramHouse) -> None:
    submit(carrel)
    press(carrel, SAL[1], "Decide 1")
    press(carrel, SAL[1], "Ask more of 1", chat=carrel.user(SAL[1]))

    carrel.say(SAL[1], "Missing page 3, please send all of it.")
    press(carrel, SAL[1], "Yes, do it", chat=carrel.user(SAL[1]))
    told = carrel.read_by(SAL[1])[-1]

    assert "Decided: submission 1 (Technology) of Ada Reyes: more documents wanted" in told
    assert any("Missing page 3" in text for text in carrel.read_by(ADA.email))


def test_who_thinks_better_of_it_cancels(carrel: TelegramHouse) -> None:
    submit(carrel)
    press(carrel, SAL[1], "Decide 1")
    press(carrel, SAL[1], "Approve 1", chat=carrel.user(SAL[1]))

    assert carrel.say(SAL[1], "/cancel").startswith("Cancelled: nothing was done")
    assert "Decided" not in carrel.say(SAL[1], "The scan is fine now.")


def test_staff_answer_by_two_presses_and_their_words(carrel: TelegramHouse) -> None:
    sal = carrel.user(SAL[1])
    carrel.say(ADA.email, "/ask_staff")
    assert "question 1" in carrel.say(ADA.email, PARKING)
    press(carrel, SAL[1], "Take question 1", chat=sal)
    press(carrel, SAL[1], "Answer question 1", chat=sal)

    carrel.say(SAL[1], "Yes, 5 dollars.")
    answer = carrel.told(carrel.member(ADA.email))[-1]

    assert "Yes, 5 dollars." in carrel.read_by(ADA.email)[-1]
    assert not awaits(answer)
    again = carrel.telegram.say(
        carrel.user(ADA.email), "And where do I pay it?", reply_to=answer["message_id"]
    )
    carrel.settle(again)
    assert "question 2" in carrel.read_by(ADA.email)[-1]


@pytest.mark.parametrize("who", [ADA.email, DOT])
@pytest.mark.parametrize("said", ["/foo", "/settings"])
def test_an_unknown_command_is_named(carrel: TelegramHouse, who: str, said: str) -> None:
    assert carrel.say(who, said).startswith(f"I know no {said}. Say help for what I know.")
    assert labels_of(carrel.told(carrel.member(who))[-1]) == ["Help"]


def test_what_the_menu_does_not_hold_is_a_command_all_the_same(carrel: TelegramHouse) -> None:
    carrel.say(ADA.email, "/write_statement_for Technology")

    assert "You are writing" in carrel.read_by(ADA.email)[-1]
    assert "You are no longer writing" in carrel.say(ADA.email, "/cancel")
    assert "no longer" not in carrel.say(ADA.email, "/progress")
