"""From a question that documents do not answer to a person's reply, and who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.rights import Role
from tests.cast import ADA, ADE, BEA, DOT, REV, SAL
from tests.desk import House

PARKING = "Is there a parking fee at the workshop?"
ASKER, OTHER = ADA.email, BEA.email
STAFF, ADMIN, REVIEWER = SAL[1], ADE[1], REV[1]
HIDDEN = "There is nothing of that number or name for you. Say: help."


@pytest.fixture
def office(home: House) -> House:
    """A Carrel with staff, where Ada has passed on a question."""
    home.appoint(*SAL, Role.STAFF)
    home.appoint(*ADE, Role.ADMIN)
    home.appoint(*REV, Role.REVIEWER)
    home.say(ASKER, PARKING)
    home.say(ASKER, "1")
    home.clock.forward(timedelta(minutes=5))
    return home


def words(office: House, number: int = 1) -> tuple[str, ...]:
    """What was added to a question."""
    with office.transaction() as uow:
        handed = uow.handovers.get(number)
        assert handed
        return handed.more


def trail(office: House, subject: str) -> Iterator[str]:
    """What the trail tells of a subject."""
    with office.transaction() as uow:
        yield from (entry.action for entry in uow.trail.entries(subject=subject))


def test_staff_are_told_at_once_of_a_question(office: House) -> None:
    told = office.heard(STAFF)[-1]

    assert f"Question 1 from Ada Reyes: \u201c{PARKING}\u201d" in told
    assert "Say: take 1, or: answer 1: YOUR REPLY." in told
    assert office.heard(ADMIN)[-1] == told
    assert office.heard(REVIEWER) == []
    assert (
        "as question 1. They have been told, and their reply comes here."
        in (office.heard(ASKER)[-1])
    )


def test_without_staff_nobody_is_said_to_have_been_told(home: House) -> None:
    assert home.say(ASKER, f"ask staff: {PARKING}") == "Kept for the staff as question 1."


def test_a_stranger_is_named_by_their_address(office: House) -> None:
    office.say(DOT, "ask staff: may I join?")

    who = f"somebody on memory who is not connected yet ({DOT})"
    assert office.heard(STAFF)[-1].startswith(f"Question 2 from {who}: ")


def test_the_same_question_again_is_the_same_hand_over(office: House) -> None:
    before = len(office.heard(STAFF))

    assert "The staff have that already, as question 1." in office.say(
        ASKER, f"ask staff: {PARKING}"
    )
    assert len(office.heard(STAFF)) == before


def test_a_wrong_answer_is_flagged_with_the_question_it_was_given_to(office: House) -> None:
    office.say(OTHER, "what is a portfolio?")

    assert "as question 2" in office.say(OTHER, "That is wrong: it says nothing of mine.")

    assert "They add: The answer is wrong: it says nothing of mine" in office.heard(STAFF)[-1]
    shown = office.say(STAFF, "question 2")
    assert "\u201cwhat is a portfolio?\u201d" in shown
    assert "I had answered from:" in shown
    assert "The portfolio route, \u201cWhat a portfolio shows\u201d" in shown
    assert "- The answer is wrong: it says nothing of mine" in shown


def test_there_must_be_something_to_flag(office: House) -> None:
    assert "I have not answered anything here yet." in office.say(OTHER, "flag")


def test_flagging_what_staff_have_already_adds_to_it(office: House) -> None:
    office.say(ASKER, "flag")

    assert words(office) == ("The answer is wrong.",)


def test_open_questions_are_listed_oldest_first(office: House) -> None:
    office.say(OTHER, "ask staff: second?")
    office.say(STAFF, "take 2")
    office.clock.forward(timedelta(hours=3))

    listed = office.say(STAFF, "questions")

    assert f"- 1: {PARKING} (3 hours ago; nobody has taken it)" in listed
    assert "- 2: second? (3 hours ago; Sal Moreau has it)" in listed
    office.say(STAFF, "answer 1: No.")
    office.say(STAFF, "answer 2: No.")
    assert office.say(STAFF, "questions") == "No question waits for a reply."


def test_one_person_takes_a_question_and_the_second_is_told_who(office: House) -> None:
    assert office.say(STAFF, "take 1").startswith("Sal Moreau of the staff has taken")
    assert office.heard(STAFF)[-1].startswith("You have question 1")

    assert office.say(ADMIN, "take 1").startswith("Sal Moreau has question 1.")
    assert office.say(STAFF, "take 1").startswith("You have question 1 already.")
    assert list(trail(office, "question:1")) == ["handed-over", "taken"]


def test_a_reply_reaches_the_asker_and_names_who_gave_it(office: House) -> None:
    office.say(STAFF, "answer 1: No, parking is free.")

    heard = office.heard(ASKER)[-1]
    assert heard.startswith(f"Sal Moreau of the staff replies to your question 1, \u201c{PARKING}")
    assert "No, parking is free." in heard
    office.say(ASKER, "1")
    assert "Question 2 from Ada Reyes" in office.heard(STAFF)[-1]


def test_a_second_reply_is_refused_and_not_sent(office: House) -> None:
    office.say(STAFF, "answer 1: No.")
    office.clock.forward(timedelta(hours=1))
    before = len(office.heard(ASKER))

    said = office.say(ADMIN, "answer 1: Yes.")

    assert said.startswith("Sal Moreau answered question 1 on 21 November 2026 at 18:05 (UTC).")
    assert len(office.heard(ASKER)) == before
    assert office.say(ADMIN, "take 1") == said
    said = office.say(ADMIN, "question 1")
    assert "Sal Moreau replied on 21 November 2026 at 18:05 (UTC): No." in said


def test_who_took_a_question_hears_that_somebody_else_answered_it(office: House) -> None:
    office.say(STAFF, "take 1")
    office.say(ADMIN, "answer 1: No.")

    assert "Ade Kaya has answered question 1, which you took." in office.heard(STAFF)


def test_while_a_person_is_on_it_free_text_goes_to_them(office: House) -> None:
    office.say(STAFF, "take 1")

    said = office.say(ASKER, "It is the one in Denver.")

    assert said.endswith("Passed on to Sal Moreau; say: bot, to ask me instead.")
    assert "It is the one in Denver." in office.heard(STAFF)[-1]
    assert len(office.heard(ADMIN)) == 1
    assert words(office) == ("It is the one in Denver.",)
    assert "6 sets" in office.say(ASKER, "progress")
    assert "Portfolios" in office.say(OTHER, "what is a portfolio?")


def test_the_asker_may_turn_to_the_bot_meanwhile(office: House) -> None:
    office.say(STAFF, "take 1")

    assert "Sal Moreau keeps question 1" in office.say(ASKER, "bot")

    assert "Portfolios" in office.say(ASKER, "what is a portfolio?")
    assert words(office) == ()
    assert "already" in office.say(ASKER, "bot")


def test_after_the_reply_the_bot_answers_again(office: House) -> None:
    office.say(STAFF, "take 1")
    office.say(STAFF, "answer 1: No.")

    assert "Portfolios" in office.say(ASKER, "what is a portfolio?")


def test_an_older_question_that_a_person_is_on_is_not_forgotten_for_a_newer(office: House) -> None:
    office.say(ASKER, "ask staff: another thing?")
    office.say(STAFF, "take 1")

    office.say(ASKER, "I mean the one in Denver.")

    assert words(office) == ("I mean the one in Denver.",)


def test_while_nobody_has_taken_it_the_bot_answers_what_it_can(office: House) -> None:
    assert "Portfolios" in office.say(ASKER, "what is a portfolio?")


def test_a_follow_up_that_is_not_answered_joins_the_question(office: House) -> None:
    said = office.say(ASKER, "and on Sundays?")

    assert said.endswith("The documents do not tell that either; I added it to your question 1.")
    assert words(office) == ("and on Sundays?",)
    assert "and on Sundays?" in office.heard(STAFF)[-1]
    office.clock.forward(timedelta(minutes=1))
    office.say(ASKER, "and on Mondays?")
    assert words(office)[1:] == ("and on Mondays?",)


def test_what_is_no_follow_up_is_declined_by_itself(office: House) -> None:
    said = office.say(ASKER, "Which paint dries fastest on a wooden boat?")

    assert "Pass this question to the staff" in said
    office.clock.forward(timedelta(minutes=1))
    assert "Pass this question to the staff" in office.say(ASKER, "and on a steel boat?")
    assert words(office) == ()


@pytest.mark.parametrize(
    "said", ["questions", "question 1", "question 99", "take 1", "take 99", "answer 1: Yes."]
)
def test_only_staff_see_and_answer_questions(office: House, said: str) -> None:
    assert office.say(OTHER, said) == HIDDEN
    assert office.say(ASKER, said) == HIDDEN
    assert "To answer questions takes the role staff" in office.say(REVIEWER, said)
    assert "I do not know yet who you are here" in office.say(DOT, said)

    assert f"{PARKING} (5 minutes ago; nobody has taken it)" in office.say(STAFF, "questions")


def test_a_number_that_does_not_exist_is_said_to_staff(office: House) -> None:
    for said in ("question 99", "take 99", "answer 99: x"):
        assert office.say(STAFF, said).startswith("There is no question 99.")
