"""Mails as people write them: with greetings, thanks, and their names below."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.rights import Role
from bot.domain.rules import Route
from handlers.captions import caption_of
from tests.carded import announced
from tests.cast import ADA, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.flows.test_staff_by_mail import QUESTION, ROOM, replies
from tests.mailed import Writer, said
from tests.reviewed import reply, stored, submitted


@pytest.fixture
def ada(home: House) -> Writer:
    """Ada, who proves her mails."""
    return Writer(house=home)


def answers(writer: Writer, words: str) -> str:
    """What is mailed because of words below the newest mail, proved."""
    return writer.replies(words, proved=True)


def choices(house: House) -> list[str]:
    """What the newest mail offers."""
    return [choice.says for choice in house.mail.sent[-1].reply.choices]


def test_a_name_below_a_number_does_not_keep_it_from_picking(ada: Writer, tmp_path: Path) -> None:
    ada.says("for TECH-8", prop("notes.txt", tmp_path), proved=True)
    place = next(at for at, one in enumerate(choices(ada.house), start=1) if one.startswith("undo"))

    assert "out of your record" in answers(ada, f"{place}\n\nThanks,\nAda")


@pytest.mark.parametrize("words", ["Thank you very much!", "Many thanks for the quick reply!"])
def test_thanks_with_a_name_asks_nobody_anything(ada: Writer, words: str) -> None:
    ada.says("ask staff: Is there a parking fee?", proved=True)

    assert answers(ada, f"{words}\n\nAda Reyes\nHarbour Library") == "You are welcome."


@pytest.mark.parametrize("words", ["Yes, do it\n\nSal", "yes\n\nBest,\nSal", "1\n\nS. M."])
def test_a_question_s_answer_counts_by_yes_with_a_name(home: House, words: str) -> None:
    home.appoint(*SAL, Role.STAFF)
    reply(home, ADA.email, "ask staff: Is there a parking fee?")
    announced(home, ROOM)
    writer = Writer(house=home, email=SAL[1])

    shown = replies(home, SAL[1], "No, parking is free.\n\nBest,\nSal Moreau", below=QUESTION)
    answers(writer, words)

    assert "No, parking is free." in shown
    assert "Sal Moreau" not in shown
    assert "No, parking is free." in " ".join(home.heard(ADA.email))


def test_a_reviewer_s_name_below_a_reason_is_no_part_of_it(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)
    with home.transaction() as uow:
        person = uow.people.find(ADA.email)
        candidate = uow.people.candidate(person) if person else None
    assert candidate is not None
    submitted(home, candidate, "technology", route=Route.COURSE)
    writer = Writer(house=home, email=SAL[1])

    writer.says("approve 1: It is in order.\n\nBest,\nSal Moreau\nEvaluator, LSSC\n", proved=True)

    decision = stored(home, 1).decision
    assert decision is not None
    assert decision.reason == "It is in order."


def test_a_sign_off_is_no_paragraph_of_a_statement(ada: Writer) -> None:
    ada.says("write statement for Technology", proved=True)

    told = answers(
        ada,
        "I taught forty people to use the scanner, and wrote down how it is done.\n\n"
        "Best regards,\nAda Reyes\nSpringfield Public Library",
    )

    assert "forty people" in told or "paragraph" in told.lower()
    assert "Springfield" not in ada.says("show statement", proved=True)


def test_what_is_said_with_files_has_no_words_of_courtesy(ada: Writer, tmp_path: Path) -> None:
    words = "Hi Carrel,\n\nplease find attached my notes.\n\nBest regards,\nAda Reyes"
    mail = ada.mail(words, prop("notes.txt", tmp_path), proved=True)

    assert caption_of(ada.house.desk.program, mail).split() == ["my", "notes."]


def test_a_code_in_the_subject_of_a_forward_counts(ada: Writer, tmp_path: Path) -> None:
    mail = ada.mail("", prop("notes.txt", tmp_path), proved=True, subject="[EXT] for tech-4")
    assert mail.envelope is not None
    passed_on = replace(mail, envelope=replace(mail.envelope, reply=True, forward=True))

    assert "TECH-4" in said(ada.sends(passed_on))


def test_an_address_with_the_name_of_no_section_is_told(ada: Writer, tmp_path: Path) -> None:
    told = ada.says("", prop("notes.txt", tmp_path), proved=True, tag="tech-99")

    assert "no section of that name" in told
    assert "no section of that name" not in ada.says(
        "", prop("letter.txt", tmp_path), proved=True, tag="tech-8"
    )


def test_a_guessed_undo_of_many_files_asks_first(ada: Writer, tmp_path: Path) -> None:
    ada.says("for TECH-8", prop("notes.txt", tmp_path), prop("letter.txt", tmp_path), proved=True)

    told = ada.says("Please undo only notes.txt", proved=True)

    assert "Nothing is changed yet" in told
    assert "remove 1" in choices(ada.house)
    with ada.house.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        assert {one.filing.state.value for one in uow.records.of(person)} == {"filed"}
