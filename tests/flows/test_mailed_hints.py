"""Where a mail says that its files belong: in its address, its subject, or its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.portfolio import State
from channels.markup import plain_text
from tests.cast import ADA
from tests.desk import House
from tests.flows.props import prop
from tests.mailed import Writer, said


@pytest.fixture
def ada(home: House) -> Writer:
    """Ada, who writes from her address on record."""
    return Writer(house=home)


def sections(house: House) -> list[tuple[str, tuple[str, ...]]]:
    """Where Ada's files stand."""
    with house.transaction() as uow:
        person = uow.people.find(ADA.email)
        assert person is not None
        found = uow.records.of(person)
        return [(one.name, one.filing.sections) for one in found if one.filing.state is State.FILED]


@pytest.mark.parametrize(
    ("tag", "section"),
    [
        ("tech-8", "TECH-8"),
        ("TECH-8", "TECH-8"),
        ("resume", "resume"),
        ("access-services-certificate", "access-services/certificate"),
    ],
)
def test_a_tag_that_names_a_section_files_there_and_tells_why(
    home: House, ada: Writer, tmp_path: Path, tag: str, section: str
) -> None:
    body = "Dear all, here is what I promised. Best, Ada"
    message = ada.mail(body, prop("letter.txt", tmp_path), proved=True, tag=tag)
    told = said(ada.sends(message))

    assert sections(home) == [("letter.txt", (section,))]
    assert "the caption names" in told


def test_a_section_in_the_subject_files_there(home: House, ada: Writer, tmp_path: Path) -> None:
    path = prop("letter.txt", tmp_path)
    ada.sends(ada.mail("Best, Ada", path, proved=True, subject="My work for TECH-8"))

    assert sections(home) == [("letter.txt", ("TECH-8",))]


def test_the_subject_of_what_a_mail_replies_to_names_nothing(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    path = prop("letter.txt", tmp_path)
    mail = ada.mail("Here.", path, proved=True, subject="TECH-8 is missing", answers="m1")
    ada.sends(mail)

    assert sections(home) == []


def test_a_tag_that_names_nothing_is_no_hint(home: House, ada: Writer, tmp_path: Path) -> None:
    ada.sends(ada.mail("", prop("letter.txt", tmp_path), proved=True, tag="whatever"))

    assert sections(home) == []


@pytest.mark.parametrize("below", ["Thanks", "Hello, Ada here.", "I need it for my budget."])
def test_a_question_may_stand_in_the_subject(ada: Writer, below: str) -> None:
    whole = said(ada.sends(ada.mail("What does the program cost?", proved=True)))

    half = said(ada.sends(ada.mail(below, proved=True, subject="What does the program cost?")))

    assert half.split("\n")[0] == whole.split("\n")[0]


def test_one_mail_answers_for_each_of_its_files_with_numbers_that_mean_one_thing(
    home: House, ada: Writer, tmp_path: Path
) -> None:
    names = ("notes.txt", "letter.txt", "report.txt", "locked.pdf", "nothing.pdf")
    paths = [prop(name, tmp_path) for name in names]
    told = ada.sends(ada.mail("for TECH-8", *paths, proved=True))

    (one,) = told
    text = plain_text(one.reply)
    assert all(name in text for name in names)
    assert len({choice.says for choice in one.reply.choices}) == len(one.reply.choices)
    assert {"notes.txt", "letter.txt", "report.txt"} <= {name for name, _ in sections(home)}
