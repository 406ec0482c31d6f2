"""Mails: who they are from, and what happens to those that anybody may have written."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.people import Person
from bot.domain.proving import reply_tag
from channels.markup import plain_text
from tests.cast import ADA, BEA, DOT, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.linking import steps
from tests.mailed import Writer, filed, newest, said

LETTER = "letter.txt"
YES = "Was this mail from you?"


@pytest.fixture
def ada(home: House) -> Writer:
    """Ada, who writes from her address on record; nobody has proved it yet."""
    return Writer(house=home)


@pytest.fixture
def dot(home: House) -> Writer:
    """Somebody whom nobody knows."""
    return Writer(house=home, email=DOT)


def at_mail(house: House, email: str = ADA.email) -> Person | None:
    """Whose the mail address is, as it was proved."""
    with house.transaction() as uow:
        return uow.people.at(Writer(house=house, email=email).address)


def waiting(house: House) -> int:
    """How many mails wait for somebody's word."""
    with house.transaction() as uow:
        people = [uow.people.find(one.email) for one in (ADA, BEA)]
        return sum(len(uow.held_mails.of(p, now=house.clock())) for p in people if p)


def test_a_proved_mail_from_the_address_on_record_is_filed_and_connects_it(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    told = ada.says("for TECH-8", prop("notes.txt", tmp_path), proved=True)

    assert "TECH-8" in told
    assert filed(home) == ["notes.txt"]
    assert at_mail(home) is not None
    assert "linked by person:1" in steps(home)
    assert "An address on e-mail was connected to you" in home.heard(ADA.email)[-1]


def test_the_address_is_connected_once(home: House, ada: Writer) -> None:
    ada.says("progress", proved=True)
    ada.says("progress", proved=True)

    assert steps(home).count("linked by person:1") == 1
    assert sum("was connected to you" in one for one in home.heard(ADA.email)) == 1


def test_an_address_that_its_person_disconnected_is_not_connected_again(
    home: House, ada: Writer
) -> None:
    ada.says("progress", proved=True)
    ada.says("unlink", proved=True)

    told = ada.says("progress", proved=True)

    assert "I do not know yet who you are here" in told
    assert at_mail(home) is None


@pytest.mark.parametrize(
    "words", ["progress", "undo", "how far am I?", "How long do I still have?", "unlink", "export"]
)
def test_personal_words_need_proof_and_are_answered_once_it_is_there(
    home: House, ada: Writer, words: str
) -> None:
    told = ada.says(words)

    assert YES in told
    assert "%" not in told
    assert waiting(home) == 1


def test_an_unproved_mail_asks_the_documents_as_anybody_may(home: House, ada: Writer) -> None:
    told = ada.says("What does the program cost?")

    assert YES not in told
    assert told
    assert waiting(home) == 0


def test_what_is_asked_without_proof_is_no_part_of_the_person_s_conversation(
    home: House, ada: Writer
) -> None:
    ada.says("What does the program cost?")

    with home.transaction() as uow:
        assert uow.conversations.recent(str(ada.address), limit=5) == ()


def test_a_question_for_the_staff_without_proof_is_not_in_the_person_s_name(
    home: House, ada: Writer
) -> None:
    ada.says("progress", proved=True)
    home.appoint(*SAL)
    ada.says("ask staff: please erase me")

    with home.transaction() as uow:
        (handed,) = uow.handovers.open(limit=5)
    assert handed.person_id is None
    assert handed.conversation != str(ada.address)


def test_an_unproved_mail_picks_no_choice(home: House, ada: Writer, tmp_path: Path) -> None:
    ada.says("for TECH-8", prop("notes.txt", tmp_path), proved=True)
    assert filed(home)

    told = ada.replies("1")

    assert YES in told


def test_an_unproved_mail_writes_no_statement(home: House, ada: Writer) -> None:
    ada.says("write statement for Access Services", proved=True)

    told = ada.says("I have worked at the desk for nine years, and trained others.")

    assert YES in told
    told = ada.says("show statement", proved=True)
    assert "nine years" not in told


def test_what_a_stranger_is_told_is_what_whoever_writes_in_somebody_s_name_is_told(
    home: House, ada: Writer, dot: Writer, tmp_path: Path
) -> None:
    with home.transaction() as uow:
        other = Writer(house=home, email="ada@work.example")
        person = uow.people.find(ADA.email)
        assert person is not None
        uow.people.connect(person, other.address, at=home.clock())
        uow.commit()
    path = prop(LETTER, tmp_path)

    strangers = said(dot.sends(dot.mail("", path)))
    both = other.sends(other.mail("", path))

    assert [plain_text(one.reply) for one in both if one.to == other.address] == [strangers]
    assert [YES in plain_text(one.reply) for one in both if one.to == ada.address] == [True]


def test_the_answer_has_the_subject_and_the_thread_of_the_mail(home: House, ada: Writer) -> None:
    (told,) = ada.sends(ada.mail("files", proved=True, subject="My files"))

    assert told.subject == "My files"


def test_a_code_connects_no_address_that_anybody_may_have_named(home: House, dot: Writer) -> None:
    ada = Writer(house=home)
    told = home.say(ADA.email, "code")
    code = told.partition("link ")[2][:9]

    refused = dot.says(f"link {code}")

    assert "the code was not used" in refused
    assert at_mail(home, DOT) is None
    assert "is now connected" in ada.says(f"link {code}")


def test_the_reply_address_of_a_mail_tells_what_is_replied_to_and_that_it_is_theirs(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    ada.says("for TECH-8", prop("notes.txt", tmp_path))

    ada.says("Yes", tag=reply_tag(newest(home)))

    assert filed(home) == ["notes.txt"]
