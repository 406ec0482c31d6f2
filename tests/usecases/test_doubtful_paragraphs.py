"""While a statement is written, a few words that may be a command are asked about first."""

from __future__ import annotations

import pytest

from tests.cast import ADA
from tests.desk import House
from tests.stating import texts


@pytest.fixture
def desk(home: House) -> House:
    """A Carrel where Ada is writing her statement for Technology."""
    home.say(ADA.email, "write statement for technology")
    return home


@pytest.mark.parametrize(
    ("said", "likely"),
    [
        ("replace paragraph 2", "show statement"),
        ("vresions", "versions"),
        ("shwo statement", "show statement"),
        ("ok", "show statement"),
        ("Yes.", "show statement"),
        ("2.", "show statement"),
        ("share technology", "show statement"),
        ("submit it now", "show statement"),
    ],
)
def test_a_few_words_are_asked_about_and_not_added(desk: House, said: str, likely: str) -> None:
    told = desk.say(ADA.email, said)

    assert f"Shall this be a paragraph: \u201c{said}\u201d?" in told
    assert [c.says for c in desk.choices()] == [f"add: {said}", likely]
    assert texts(desk) == []


def test_yes_adds_them_after_all(desk: House) -> None:
    desk.say(ADA.email, "Libraries and me")

    assert "Paragraph 1 kept" in desk.say(ADA.email, "yes")
    assert texts(desk) == [("Libraries and me",)]


def test_half_a_command_is_told_how_to_be_whole_there_too(desk: House) -> None:
    assert "replace 2: NEW WORDS" in desk.say(ADA.email, "replace paragraph 2")


@pytest.mark.parametrize(
    "said",
    [
        "I was afraid.",
        "Sharing what I know became a habit of mine",
        "Ich lernte viel!",
        "Title\nand a line",
        "Submit early and often: that is what I learnt in my first year.",
    ],
)
def test_what_reads_like_a_text_is_added_at_once(desk: House, said: str) -> None:
    assert "Paragraph 1 kept" in desk.say(ADA.email, said)


def test_the_previous_version_needs_no_number(desk: House) -> None:
    desk.say(ADA.email, "One.")
    desk.say(ADA.email, "Two.")

    assert "that of version 1 again" in desk.say(ADA.email, "back to the previous version")
    assert texts(desk)[-1] == ("One.",)


def test_before_the_first_version_there_is_none(desk: House) -> None:
    desk.say(ADA.email, "One.")

    assert "There is no version before this one" in desk.say(ADA.email, "previous version")


def test_the_statement_is_shown_however_politely(desk: House) -> None:
    desk.say(ADA.email, "One.")

    assert "1. One." in desk.say(ADA.email, "show me the statement please")


def test_done_shows_what_it_files(desk: House) -> None:
    desk.say(ADA.email, "One.")
    desk.say(ADA.email, "A long way lay before me. " * 20)

    said = desk.say(ADA.email, "done")

    assert "- 1. One." in said
    assert "- 2. A long way lay before me." in said
    assert "\u2026" in said
    assert said.count("A long way") < 5
