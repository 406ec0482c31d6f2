"""Mails: who they are from, and what happens to those that anybody may have written."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from bot.domain.people import Person
from bot.usecases.hold_mail import VALID
from channels.markup import plain_text
from handlers.pipeline import Pipeline
from tests.cast import ADA, BEA, DOT, SAL
from tests.desk import LEASE, House
from tests.flows.props import prop
from tests.linking import steps
from tests.mailed import Writer, filed, said

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
        return sum(len(uow.mailing.held_of(p, now=house.clock())) for p in people if p)


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


def test_an_unproved_mail_with_a_file_files_nothing_and_is_asked_about_once(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    asked = ada.sends(ada.mail("for TECH-8", prop("notes.txt", tmp_path), subject="My notes"))

    assert filed(home) == []
    (one,) = asked
    assert one.to == ada.address
    text = plain_text(one.reply)
    assert YES in text
    assert "Subject: My notes" in text
    assert "File: notes.txt" in text
    assert "held by stranger" in steps(home)


@pytest.mark.parametrize("word", ["yes", "Yes, that was me.", "1", "ok. Thanks!"])
def test_one_reply_to_the_private_address_files_it_as_if_it_had_been_proved(
    home: House, ada: Writer, tmp_path: Path, word: str
) -> None:
    ada.says("for TECH-8", prop("notes.txt", tmp_path))

    told = ada.replies(word, tag=ada.token())

    assert filed(home) == ["notes.txt"]
    assert "TECH-8" in told
    assert waiting(home) == 0


def test_the_code_alone_is_enough_from_the_address_that_was_asked(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    (asked,) = ada.sends(ada.mail("for TECH-8", prop("notes.txt", tmp_path)))
    words = asked.reply.choices[0].says

    ada.says(words)

    assert filed(home) == ["notes.txt"]


def test_a_confirmed_mail_is_handled_once_however_often_it_is_confirmed(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    (asked,) = ada.sends(ada.mail("for TECH-8", prop("notes.txt", tmp_path)))
    words = asked.reply.choices[0].says
    ada.says(words)

    again = ada.says(words)

    assert "No mail with that code waits for you" in again
    assert filed(home) == ["notes.txt"]


def test_nobody_else_confirms_it_with_the_code(home: House, ada: Writer, tmp_path: Path) -> None:
    (asked,) = ada.sends(ada.mail("for TECH-8", prop("notes.txt", tmp_path)))

    told = Writer(house=home, email=BEA.email).says(asked.reply.choices[0].says, proved=True)

    assert "No mail with that code waits for you" in told
    assert filed(home) == []


def test_what_was_not_from_them_is_forgotten(home: House, ada: Writer, tmp_path: Path) -> None:
    ada.says("for TECH-8", prop("notes.txt", tmp_path))

    told = ada.replies("no", tag=ada.token())

    assert "It is forgotten" in told
    assert waiting(home) == 0
    assert filed(home) == []


def test_what_nobody_confirms_is_forgotten_after_a_while(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    path = prop("notes.txt", tmp_path)
    message = ada.mail("for TECH-8", path)
    (asked,) = ada.sends(message)
    name = message.attachments[0].sha256
    with home.transaction() as uow:
        assert uow.erasure.unheld([name]) == frozenset()

    home.clock.forward(VALID)
    told = ada.says(asked.reply.choices[0].says)

    assert "No mail with that code waits for you" in told
    ada.says("progress")  # what comes next makes room
    with home.transaction() as uow:
        assert uow.erasure.unheld([name]) == {name}


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


def test_somebody_else_s_private_address_writes_nothing(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    bea = Writer(house=home, email=BEA.email)
    for proved in (True, False):
        message = ada.mail("for TECH-8", prop(LETTER, tmp_path), tag=bea.token(), proved=proved)
        told = said(ada.sends(message))

        assert "I could not keep your file" in told
        assert YES not in told
    assert filed(home) == filed(home, BEA.email) == []
    assert waiting(home) == 0
    assert "token-misused by stranger" in steps(home, 2)


def test_the_own_private_address_proves_who_writes_until_there_is_a_new_one(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    token = ada.token()
    ada.says("for TECH-8", prop("notes.txt", tmp_path), tag=token)
    assert filed(home) == ["notes.txt"]

    with home.transaction() as uow:
        uow.channels.keep_invitation("email", "carrel+{code}@example.org")
        uow.commit()
    told = ada.says("new private address", tag=token)

    assert f"carrel+{ada.token()}@example.org" in told
    assert YES in ada.says("progress", tag=token)


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


def test_a_person_is_asked_so_often_within_an_hour_and_about_the_rest_when_they_answer(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    for place in range(7):
        ada.says(f"for TECH-{place}", prop(LETTER, tmp_path))
    assert sum(YES in plain_text(one.reply) for one in home.mail.sent) == 5
    assert waiting(home) == 7

    home.clock.forward(timedelta(hours=1, minutes=1))
    told = ada.replies("no", tag=ada.token())

    assert "2 more mails wait for your word" in told
    assert sum(YES in plain_text(one.reply) for one in home.mail.sent) == 7


def test_mail_in_somebody_s_name_does_not_keep_theirs_waiting(home: House, ada: Writer) -> None:
    home.pipeline = Pipeline(home.desk, home.transaction, lease_seconds=LEASE, hourly={"email": 4})
    for _ in range(5):
        ada.says("What does the program cost?")

    told = ada.says("progress", proved=True)

    assert "0 of 6 sets" in told


def test_an_address_is_answered_so_often_an_hour_and_then_the_rest(
    home: House, ada: Writer
) -> None:
    home.pipeline = Pipeline(home.desk, home.transaction, lease_seconds=LEASE, hourly={"email": 3})
    before = len(home.mail.sent)
    for _ in range(5):
        ada.says("files", proved=True)
    told = home.mail.sent[before:]

    assert len(told) == 3
    assert "as many answers" in plain_text(told[-1].reply)
    assert "as many answers" not in plain_text(told[-2].reply)

    home.clock.forward(timedelta(hours=1, minutes=1))
    home.drain()
    assert len(home.mail.sent[before:]) == 5


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


def test_disconnecting_an_address_makes_the_private_one_worthless(home: House, ada: Writer) -> None:
    token = ada.token()
    ada.says("files", tag=token)
    home.say(ADA.email, "unlink")

    assert YES in ada.says("files", tag=token)


def test_yes_is_enough_where_the_reply_does_not_tell_what_it_replies_to(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    ada.says("for TECH-8", prop("notes.txt", tmp_path))

    ada.says("Yes", tag=ada.token())

    assert filed(home) == ["notes.txt"]


@pytest.mark.parametrize("by_mail", [True, False])
def test_a_message_costs_no_more_than_two_transactions(
    home: House, ada: Writer, by_mail: bool
) -> None:
    own = ada.mail("progress", proved=True) if by_mail else home.message(ADA.email, "progress")
    home.pipeline.receive(own)
    begun: list[object] = []
    event.listen(home.database.engine, "commit", begun.append)

    home.pipeline.handle_one()

    assert len(begun) == 2
