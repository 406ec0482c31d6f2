"""What is said to Carrel where others read along: there it knows nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.messages import InboundMessage, OutboundMessage
from bot.domain.rights import Role
from channels.markup import plain_text
from tests.cast import ADA, BEA, DOT, SAL
from tests.desk import House
from tests.flows.props import prop

ROOM, THREAD = "memory:room", "7"
TALK = f"{ROOM}/{THREAD}"
ELSEWHERE = "I answer you in private."
COST = "How much does it cost to apply?"


def openly(house: House, who: str, text: str, *paths: Path) -> InboundMessage:
    """Something said in a thread of a room."""
    attached = (house.attach(path) for path in paths)
    said = house.message(who, text, *attached)
    return replace(said, conversation=TALK, shared=True, thread=THREAD)


def told(house: House, who: str, text: str, *paths: Path) -> tuple[str, str]:
    """What comes of it: in the thread, and to the sender alone."""
    sent = house.deliver(openly(house, who, text, *paths))
    there = [m for m in sent if m.conversation == TALK]
    alone = [m for m in sent if m.conversation == str(m.to)]
    assert len(there) + len(alone) == len(sent)
    assert {m.thread for m in there} <= {THREAD}
    assert {m.thread for m in alone} <= {""}
    return _text(there), _text(alone)


def _text(messages: list[OutboundMessage]) -> str:
    return "\n\n".join(plain_text(message.reply) for message in messages)


def choices(house: House) -> list[str]:
    """The labels offered in the thread now."""
    with house.transaction() as uow:
        return [choice.label for choice in uow.outbox.last_choices(TALK)]


@pytest.mark.parametrize("who", [ADA.email, DOT])
def test_a_question_is_answered_from_the_documents_in_the_thread(home: House, who: str) -> None:
    there, alone = told(home, who, COST)

    assert "350" in there
    assert alone == ""


@pytest.mark.parametrize("text", ["hello", "thanks", "bye", "help", "help appeals", "good morning"])
def test_small_talk_and_help_stay_in_the_thread_and_name_nobody(home: House, text: str) -> None:
    there, alone = told(home, ADA.email, text)

    assert there
    assert "Ada" not in there
    assert alone == ""


@pytest.mark.parametrize(
    "text",
    [
        "progress",
        "missing",
        "files",
        "next",
        "undo",
        "when does my subscription end?",
        "what am I still missing?",
        "how far am I with everything?",
        "which electives did I choose?",
        "show statement technology",
        "receipt 1",
        "code",
    ],
)
def test_what_is_somebodys_own_is_told_to_them_alone(home: House, text: str) -> None:
    there, alone = told(home, ADA.email, text)

    assert there == ELSEWHERE
    assert alone
    assert "I do not know yet who you are" not in alone


def test_a_stranger_is_told_alone_that_nobody_knows_them(home: House) -> None:
    there, alone = told(home, DOT, "progress")

    assert there == ELSEWHERE
    assert "connect" in alone


def test_what_is_refused_is_refused_alone(home: House) -> None:
    there, alone = told(home, ADA.email, "approve 7: Fine.")

    assert there == ELSEWHERE
    assert alone


def test_a_file_goes_into_the_record_and_is_told_of_alone(home: House, tmp_path: Path) -> None:
    there, alone = told(home, ADA.email, "for TECH-8", prop("printer-guide.pdf", tmp_path))

    assert there == ELSEWHERE
    assert "TECH-8" in alone
    assert "printer-guide.pdf" in home.say(ADA.email, "files")


@pytest.mark.parametrize(
    "text",
    ["help me understand how much it costs to apply", "appeal costs?", "missing pages of a file?"],
)
def test_a_question_that_only_looks_like_a_command_is_answered_in_the_thread(
    home: House, text: str
) -> None:
    there, alone = told(home, ADA.email, text)

    assert ELSEWHERE not in there
    assert there
    assert alone == ""


def test_a_follow_up_leans_on_the_thread(home: House) -> None:
    told(home, BEA.email, "How many electives do I have to choose?")
    home.say(ADA.email, "Can I get a refund?")

    there, _ = told(home, ADA.email, "and how much does it cost?")

    assert "350" in there


def test_a_number_picks_what_the_thread_offered_and_private_choices_go_private(
    home: House,
) -> None:
    home.appoint(*SAL, Role.STAFF)
    question = "Is there a parking fee at the workshop?"
    told(home, ADA.email, question)
    assert choices(home) == ["Pass this question to the staff"]

    there, alone = told(home, ADA.email, "1")

    assert there == ELSEWHERE
    assert "as question 1" in alone
    home.say(SAL[1], "answer 1: No, parking is free.")
    newest = [m for m in home.channel.sent if m.to.value == ADA.email][-1]
    assert "parking is free" in plain_text(newest.reply)
    assert newest.conversation == str(newest.to)


def test_a_number_that_was_not_offered_in_the_thread_picks_nothing_elsewhere(home: House) -> None:
    home.say(ADA.email, "Is there a parking fee at the workshop?")  # offers a choice, alone

    there, alone = told(home, ADA.email, "1")

    assert "nothing with that number" in there
    assert alone == ""


def test_words_said_among_others_go_into_no_statement(home: House) -> None:
    home.say(ADA.email, "write statement technology")

    _, alone = told(home, ADA.email, "how far am I with everything?")
    told(home, ADA.email, "I have learnt a great deal about printers in these three years.")

    assert "complete" in alone
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        assert uow.statements.all(person) == ()


def test_words_said_among_others_do_not_go_to_whoever_is_on_a_question(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)
    home.say(ADA.email, "ask staff: Is the office open?")
    home.say(SAL[1], "take 1")
    before = len(home.heard(SAL[1]))

    there, _ = told(home, ADA.email, COST)
    _, alone = told(home, ADA.email, "how far am I with everything?")

    assert "350" in there
    assert "complete" in alone
    assert len(home.heard(SAL[1])) == before


def test_a_complaint_is_about_the_answer_in_the_thread(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)
    told(home, BEA.email, COST)
    home.say(ADA.email, "Can I get a refund?")

    there, alone = told(home, ADA.email, "that is wrong: it went up")

    assert there == ELSEWHERE
    assert "question 1" in alone
    assert COST in home.heard(SAL[1])[-1]
    assert "it went up" in home.heard(SAL[1])[-1]


def test_a_complaint_about_nothing_asks_what_it_is_about(home: House) -> None:
    _, alone = told(home, ADA.email, "that is wrong")

    assert "What would you like to ask?" in alone


def test_a_message_that_comes_twice_is_answered_once(home: House) -> None:
    said = openly(home, ADA.email, "progress")

    assert len(home.deliver(said)) == 2
    assert home.deliver(said) == []


def test_what_is_said_among_others_is_too_long_for_everybody(home: House) -> None:
    there, alone = told(home, ADA.email, "a" * 20_001)

    assert "longer than 20,000 characters" in there
    assert alone == ""


def test_whoever_was_answered_in_a_thread_takes_part_in_it(home: House) -> None:
    told(home, ADA.email, COST)

    with home.transaction() as uow:
        assert uow.outbox.spoken_to(home.address(ADA.email), TALK)
        assert not uow.outbox.spoken_to(home.address(BEA.email), TALK)
        assert not uow.outbox.spoken_to(home.address(ADA.email), f"{ROOM}/8")


def test_an_answer_stands_below_what_was_asked(home: House) -> None:
    asked = replace(home.message(ADA.email, "thanks"), thread="12")

    (answer,) = home.deliver(asked)

    assert (answer.conversation, answer.thread) == (str(answer.to), "12")
