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


@pytest.mark.parametrize("below", ["When Replaced", "Ada\n\nOnly if it is not primary"])
def test_a_condition_below_a_command_keeps_it_from_being_done(
    ada: Writer, tmp_path: Path, below: str
) -> None:
    ada.says("for TECH-8", prop("notes.txt", tmp_path), proved=True)

    ada.says(f"remove file 1\n\n{below}", proved=True)

    assert _states(ada) == {"filed"}


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
    assert _states(ada) == {"filed"}


def _states(writer: Writer) -> set[str]:
    """The states of all that Ada has filed."""
    with writer.house.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        return {one.filing.state.value for one in uow.records.of(person)}


def filed_apart(ada: Writer, tmp_path: Path, *names: str) -> None:
    """Files of those names, each by a mail of its own; the last is the last step."""
    for name in names:
        ada.says("for TECH-8", prop(name, tmp_path), proved=True)


def standing(house: House) -> list[str]:
    """Whether each of Ada's files is filed, by number."""
    with house.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        return [one.filing.state.value for one in uow.records.of(person)]


@pytest.mark.parametrize(
    "words",
    [
        "Please undo file 1 only",
        "I want to undo file 1 please",
        "please undo the file notes.txt",
        "Could you please undo notes.txt?",
        "Undo only file 1, please.",
        "Please undo what you did with my notes",
        "Please undo the file that is called other.docx",
        "Please undo file 77, that was wrong",
    ],
)
def test_an_undo_that_names_another_file_than_the_last_touches_none(
    ada: Writer, tmp_path: Path, words: str
) -> None:
    filed_apart(ada, tmp_path, "notes.txt", "letter.txt")

    ada.says(words, proved=True)

    assert standing(ada.house) == ["filed", "filed"]


def test_a_guessed_undo_of_an_older_file_offers_that_file_and_the_last_step(
    ada: Writer, tmp_path: Path
) -> None:
    filed_apart(ada, tmp_path, "notes.txt", "letter.txt")

    told = ada.says("I want to undo file 1 please", proved=True)

    assert "Nothing is changed yet" in told
    assert choices(ada.house)[0] == "remove 1"
    assert choices(ada.house)[-1].startswith("undo step ")


@pytest.mark.parametrize(
    "words",
    ["I want to undo file 2 please", "Could you undo letter.txt please?", "undo file 2 only"],
)
def test_an_undo_that_names_the_last_file_takes_its_step_back(
    ada: Writer, tmp_path: Path, words: str
) -> None:
    filed_apart(ada, tmp_path, "notes.txt", "letter.txt")

    assert "Undone" in ada.says(words, proved=True)
    assert standing(ada.house)[0] == "filed"


def test_an_undo_of_one_file_of_many_asks_before_it_takes_all_back(
    ada: Writer, tmp_path: Path
) -> None:
    ada.says("for TECH-8", prop("notes.txt", tmp_path), prop("letter.txt", tmp_path), proved=True)

    assert "Nothing is changed yet" in ada.says("undo file 2 only", proved=True)
    assert choices(ada.house)[0] == "remove 2"
    assert standing(ada.house) == ["filed", "filed"]


@pytest.mark.parametrize(
    "words",
    [
        "No, that was not me!",
        "No, I did not send that.",
        "Nope, wasn't me",
        "Not me, sorry.",
        "No! Somebody else wrote it, I was away.",
    ],
)
def test_any_reply_that_begins_with_no_forgets_the_mail(
    ada: Writer, tmp_path: Path, words: str
) -> None:
    ada.says("for TECH-8", prop("notes.txt", tmp_path))

    assert "It is forgotten" in ada.replies(words, tag=ada.token())


@pytest.mark.parametrize("words", ["The first one please.", "1, thanks!", "the 1st option, please"])
def test_words_for_a_place_pick_like_its_number(ada: Writer, tmp_path: Path, words: str) -> None:
    filed_apart(ada, tmp_path, "notes.txt", "letter.txt")
    ada.says("I want to undo file 1 please", proved=True)

    answers(ada, words)

    assert standing(ada.house) == ["withdrawn", "filed"]


@pytest.mark.parametrize("words", ["1 and 2 please", "The ninth one, please"])
def test_what_picks_no_single_choice_is_told_so(ada: Writer, tmp_path: Path, words: str) -> None:
    filed_apart(ada, tmp_path, "notes.txt", "letter.txt")
    ada.says("I want to undo file 1 please", proved=True)
    count = len(choices(ada.house))

    assert f"Pick one number from 1 to {count}" in answers(ada, words)
    assert standing(ada.house) == ["filed", "filed"]
