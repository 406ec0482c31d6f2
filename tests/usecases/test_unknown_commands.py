"""What begins with a stroke is a command, known or not; and what strangers are told."""

from __future__ import annotations

import pytest

from tests.cast import ADA, DOT
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import reply


@pytest.mark.parametrize("who", [ADA.email, DOT])
@pytest.mark.parametrize("said", ["/foo", "/settings", "/foo what is this?", "/Menu"])
def test_an_unknown_one_is_named_and_help_offered(home: House, who: str, said: str) -> None:
    told = reply(home, who, said)

    name = said.partition(" ")[0]
    assert told.startswith(f"I know no {name}. Say help for what I know.")
    assert [choice.says for choice in home.choices()] == ["help"]


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("/write_statement", "write statement"),
        ("/receipt_1", "receipt 1"),
        ("/which_route for Technology", "which route for Technology"),
    ],
)
def test_a_line_stands_for_a_space(home: House, said: str, same: str) -> None:
    home.send(ADA.email, prop("resume.txt", home.folder), caption="resume")

    assert reply(home, ADA.email, said) == reply(home, ADA.email, same)


def test_a_question_to_the_staff_is_passed_on_without_its_command(home: House) -> None:
    told = reply(home, ADA.email, "/ask_staff Is there a parking fee at the workshop?")

    assert "question 1" in told
    with home.transaction() as uow:
        handed = uow.handovers.get(1)
    assert handed
    assert handed.question == "Is there a parking fee at the workshop?"


@pytest.mark.parametrize("said", ["/home/ada is where it lies", "/", "// what?"])
def test_what_is_no_name_is_no_command(home: House, said: str) -> None:
    assert "I know no" not in reply(home, ADA.email, said)


def test_a_stranger_is_told_that_files_were_not_kept(home: House) -> None:
    one = home.send(DOT, prop("notes.txt", home.folder))
    two = home.send(DOT, prop("notes.txt", home.folder), prop("resume.txt", home.folder))

    assert one.startswith("Your file was not kept: I do not know yet who you are here.")
    assert two.startswith("Your files were not kept")


def test_a_strangers_help_is_what_strangers_can_do(home: House) -> None:
    told = reply(home, DOT, "help")

    assert len(told) < 700
    assert all(word in told for word in ("Any question", "ask staff:", "connect:", "link CODE"))
    assert not any(word in told for word in ("undo", "receipt", "mark 3", "files:"))


def test_every_statement_that_is_wanted_can_be_picked(home: House) -> None:
    told = reply(home, ADA.email, "write statement")

    assert len(home.choices()) == told.count(": nothing yet.") > 3
