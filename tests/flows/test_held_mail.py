"""Mails that wait for the word of whoever they name as their sender."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.messages import Attachment
from bot.domain.proving import reply_tag
from bot.errors import NotFound
from bot.usecases.hold_mail import MOST_HELD, VALID
from bot.usecases.sweep import sweep
from channels.markup import plain_text
from tests.cast import ADA, BEA
from tests.desk import House
from tests.flows.props import prop
from tests.linking import steps
from tests.mailed import Writer, filed, said

LETTER = "letter.txt"
YES = "Was this mail from you?"


@pytest.fixture
def ada(home: House) -> Writer:
    """Ada, who writes from her address on record; nobody has proved it yet."""
    return Writer(house=home)


def waiting(house: House) -> int:
    """How many mails wait for somebody's word."""
    with house.transaction() as uow:
        people = [uow.people.find(one.email) for one in (ADA, BEA)]
        return sum(len(uow.held_mails.of(p, now=house.clock())) for p in people if p)


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
    sweep(home.transaction(), home.files, now=home.clock())
    with pytest.raises(NotFound):
        home.files.path(name)
    with home.transaction() as uow:
        assert uow.erasure.unheld([name]) == {name}


def test_a_person_is_asked_so_often_within_an_hour_and_about_the_rest_when_they_answer(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    told = ""
    for place in range(7):
        told = ada.says(f"for TECH-{place}", prop(LETTER, tmp_path))
    assert sum(YES in plain_text(one.reply) for one in home.mail.sent) == 5
    assert waiting(home) == 7
    assert "ask about no more of them within this hour" in told

    home.clock.forward(timedelta(hours=1, minutes=1))
    told = ada.says("no", tag=reply_tag(home.mail.post.format(1)))

    assert "2 more mails wait for your word" in told
    assert sum(YES in plain_text(one.reply) for one in home.mail.sent) == 7


def test_everything_that_came_in_somebody_s_name_is_forgotten_at_once(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    for place in range(7):
        ada.says(f"for TECH-{place}", prop(LETTER, tmp_path))

    assert "Was this mail from you?" not in ada.says("discard all mails", proved=True)

    assert waiting(home) == 0
    assert filed(home) == []
    assert "No mail waits" in ada.says("discard all mails", proved=True)


def test_nobody_forgets_without_proof_what_waits_for_somebody_s_word(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    ada.says("for TECH-8", prop(LETTER, tmp_path))

    ada.says("discard all mails")

    assert waiting(home) == 2


def test_the_oldest_mail_in_somebody_s_name_makes_room_for_what_they_send_themselves(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    letter = prop(LETTER, tmp_path)
    for _ in range(MOST_HELD):
        ada.says("", letter)
        home.clock.forward(timedelta(seconds=1))
    ada.says("", prop("notes.txt", tmp_path))

    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        held = uow.held_mails.of(person, now=home.clock())
    assert len(held) == MOST_HELD
    assert held[-1].message.attachments[0].name == "notes.txt"


def test_files_that_cannot_be_taken_from_anybody_are_refused_without_asking_whose_they_are(
    home: House, ada: Writer
) -> None:
    refusal = "It is larger than 30 MB, so it was not taken. Send it in parts."
    file = Attachment(name="film.mp4", size=99, refusal=refusal)

    told = said(ada.sends(replace(ada.mail("for TECH-8"), attachments=(file,))))

    assert "film.mp4 is larger than 30 MB" in told
    assert YES not in told
    assert waiting(home) == 0
