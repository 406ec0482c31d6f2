"""Words below a message that waits for them are said behind what it was about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import Reply
from bot.domain.people import Candidate
from bot.domain.rights import Role
from bot.domain.rules import Outcome, Rating
from bot.domain.submission import Stage
from tests.cast import ADA, DOT, MIA, REV, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.replying import replied, told
from tests.reviewed import (
    appeal_of,
    appealable,
    begin_appeal,
    reply,
    staffed,
    stored,
    submitted,
    waiting,
)

WEAK = {"TECH-3": (Rating.NOT_MET, "No log.")}
PARKING = "Is there a parking fee at the workshop?"
REASON = "Give a reason after a colon"


@pytest.fixture
def rated(house: House) -> House:
    """A Carrel where submission 1 waits for a decision."""
    waiting(house, house.enrol(ADA), "technology", WEAK)
    return house


def newest(house: House, who: str) -> Reply:
    """The newest message to somebody."""
    return [one for one in house.channel.sent if one.to.value == who][-1].reply


def test_a_reason_below_the_words_that_want_one_is_the_reason(rated: House) -> None:
    reply(rated, SAL[1], "approve 1")
    assert newest(rated, SAL[1]).awaits

    asked = replied(rated, SAL[1], "The scan is fine now.", to=told(rated, SAL[1], REASON))
    undecided = stored(rated, 1).stage
    said = reply(rated, SAL[1], "1")

    assert "Shall I? \u201capprove 1: The scan is fine now.\u201d" in asked
    assert undecided is Stage.IN_REVIEW
    assert said.startswith("Decided: submission 1 (Technology) of Ada Reyes: approved.")
    decision = stored(rated, 1).decision
    assert decision
    assert decision.reason == "The scan is fine now."


@pytest.mark.parametrize("text", ["Missing page 3 of the scan.", "Choose a sharper one", "Drop it"])
def test_a_reason_may_begin_like_a_command(rated: House, text: str) -> None:
    reply(rated, SAL[1], "ask more 1")

    replied(rated, SAL[1], text, to=told(rated, SAL[1], "Say: ask more 1: REASON."))
    reply(rated, SAL[1], "1")

    decision = stored(rated, 1).decision
    assert decision
    assert decision.outcome is Outcome.MORE
    assert (decision.reason, decision.sections) == (text, ("TECH-3",))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("help", "This is what you can send me"),
        ("queue", "1 submission waits for a decision"),
        ("dossier 1", "Submission 1"),
        ("ratings 1", "Ratings of submission 1"),
        ("1", "nothing with that number"),
        ("cancel", "Cancelled: nothing was done about \u201capprove 1\u201d."),
    ],
)
def test_a_command_below_it_stays_a_command(rated: House, text: str, answer: str) -> None:
    reply(rated, SAL[1], "approve 1")

    assert answer.lower() in replied(rated, SAL[1], text, to=told(rated, SAL[1], REASON)).lower()
    assert stored(rated, 1).stage is Stage.IN_REVIEW


@pytest.mark.parametrize("text", ["no", "stop", "wait, wrong one: ask more, the log is missing"])
def test_what_was_no_reason_decides_nothing(rated: House, text: str) -> None:
    reply(rated, SAL[1], "approve 1")

    replied(rated, SAL[1], text, to=told(rated, SAL[1], REASON))
    reply(rated, SAL[1], "2")

    assert stored(rated, 1).stage is Stage.IN_REVIEW
    assert stored(rated, 1).decision is None


def test_a_command_with_its_colon_below_a_question_goes_its_own_way(house: House) -> None:
    house.enrol(ADA)
    house.appoint(*SAL, Role.STAFF)
    reply(house, ADA.email, f"ask staff: {PARKING}")
    above = told(house, SAL[1], "Question 1")
    before = len(house.heard(ADA.email))

    replied(house, SAL[1], "ask staff: what shall we tell her?", to=above)

    assert "what shall we tell her?" not in "".join(house.heard(ADA.email)[before:])


def test_the_whole_command_below_it_is_said_once(rated: House) -> None:
    reply(rated, SAL[1], "approve 1")

    replied(rated, SAL[1], "approve 1: Good.", to=told(rated, SAL[1], REASON))

    decision = stored(rated, 1).decision
    assert decision
    assert decision.reason == "Good."


def test_a_comment_on_a_rating_is_asked_for_and_taken(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    reply(house, REV[1], "claim 1")
    reply(house, REV[1], "rate 1 TECH-2 not met")

    said = replied(house, REV[1], "No log of it.", to=told(house, REV[1], "Say what is missing"))

    assert said.startswith("Rated in submission 1: TECH-2.")
    (given,) = stored(house, 1).ratings
    assert given.comment == "No log of it."


def test_a_question_for_the_staff_follows_the_words_that_want_one(house: House) -> None:
    house.appoint(*SAL, Role.STAFF)
    reply(house, DOT, "ask staff")
    assert newest(house, DOT).awaits

    replied(house, DOT, PARKING, to=told(house, DOT, "What would you like to ask?"))

    assert PARKING in reply(house, SAL[1], "question 1")


def test_staff_answer_below_the_question(house: House) -> None:
    house.enrol(ADA)
    house.appoint(*SAL, Role.STAFF)
    reply(house, ADA.email, f"ask staff: {PARKING}")
    reply(house, SAL[1], "take 1")
    reply(house, SAL[1], "answer 1")
    assert newest(house, SAL[1]).awaits

    replied(house, SAL[1], "Yes, 5 dollars.", to=told(house, SAL[1], "Say: answer 1: YOUR REPLY"))

    assert "Yes, 5 dollars." in house.heard(ADA.email)[-1]


@pytest.fixture
def answered(house: House) -> Candidate:
    """Ada, whose question Sal has answered."""
    ada = house.enrol(ADA)
    house.appoint(*SAL, Role.STAFF)
    reply(house, ADA.email, f"ask staff: {PARKING}")
    reply(house, SAL[1], "answer 1: Yes, 5 dollars.")
    return ada


def test_what_is_replied_to_the_staffs_answer_goes_to_the_staff(
    house: House, answered: Candidate
) -> None:
    above = told(house, ADA.email, "replies to your question 1")
    assert not newest(house, ADA.email).awaits

    said = replied(house, ADA.email, "And where do I pay it?", to=above)

    assert "question 2" in said
    assert "And where do I pay it?" in reply(house, SAL[1], "question 2")


@pytest.mark.parametrize("text", ["thanks", "progress"])
def test_thanks_and_commands_below_it_do_not(house: House, answered: Candidate, text: str) -> None:
    replied(house, ADA.email, text, to=told(house, ADA.email, "replies to your question 1"))

    assert "There is no question 2" in reply(house, SAL[1], "question 2")


def test_a_mentor_is_asked_what_to_say_and_answered_below(house: House) -> None:
    house.enrol(ADA)
    house.appoint(*MIA)
    reply(house, ADA.email, f"share technology with {MIA[1]}")
    reply(house, MIA[1], "comment share 1")

    replied(house, MIA[1], "A fine start.", to=told(house, MIA[1], "What would you like to say"))
    replied(house, ADA.email, "Thank you, Mia.", to=told(house, ADA.email, "A fine start."))

    assert "\u201cThank you, Mia.\u201d" in house.heard(MIA[1])[-1]


def test_the_reason_of_an_appeals_result_is_asked_for_and_taken(house: House) -> None:
    appealable(house)
    begin_appeal(house)
    house.clock.forward(timedelta(days=31))
    reply(house, SAL[1], "appeal result 1 upheld")

    replied(house, SAL[1], "The day was missed.", to=told(house, SAL[1], "Give the reason after"))
    reply(house, SAL[1], "1")

    appeal = appeal_of(house)
    assert (appeal.result, appeal.result_note) == ("upheld", "The day was missed.")


def test_a_file_below_it_keeps_its_own_way(rated: House) -> None:
    reply(rated, ADA.email, "ask staff")
    above = told(rated, ADA.email, "What would you like to ask?")

    said = replied(rated, ADA.email, "resume", prop("resume.txt", rated.folder), to=above)

    assert "in Resume" in said


def test_a_stranger_who_is_asked_for_an_address_may_just_say_it(house: House) -> None:
    house.enrol(ADA)
    reply(house, DOT, "connect")
    above = told(house, DOT, "Say: connect YOU@EXAMPLE.ORG")

    for said in (replied(house, DOT, ADA.email, to=above), reply(house, DOT, ADA.email)):
        assert "a code is on its way to it" in said
    assert len(house.mail.sent) == 2
