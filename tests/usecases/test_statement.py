"""A statement is kept message by message, and is its own person's alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.messages import Address
from bot.domain.statement import Paragraphs, added
from bot.usecases.write_statement import change
from channels.markup import plain_text
from tests.cast import ADA, BEA, DOT
from tests.desk import House
from tests.flows.props import prop
from tests.stating import candidate, texts


@pytest.fixture
def desk(home: House) -> House:
    """A Carrel where Ada is writing her statement for Technology."""
    home.say(ADA.email, "write statement for technology")
    return home


def test_every_message_is_kept_at_once_as_the_next_version(desk: House) -> None:
    first = desk.say(ADA.email, "I was afraid.")
    second = desk.say(ADA.email, "I am not.\n\nNot any more!")

    assert first.startswith("Paragraph 1 kept (version 1, 3 words; up to about 1,200 advised).")
    assert second.startswith("Paragraphs 2 to 3 kept (version 2, 9 words;")
    assert texts(desk) == [("I was afraid.",), ("I was afraid.", "I am not.", "Not any more!")]


def test_words_are_kept_to_their_last_mark(desk: House) -> None:
    desk.say(ADA.email, "please, add: I always say please")
    desk.say(ADA.email, "add: What did I learn?!")
    desk.say(ADA.email, "replace 1 with They said: wait, please...")

    assert texts(desk)[-1] == ("They said: wait, please...", "What did I learn?!")


def test_a_command_stays_a_command_and_a_file_is_filed(desk: House, tmp_path: Path) -> None:
    desk.say(ADA.email, "thanks")
    desk.say(ADA.email, "files")
    told = desk.send(ADA.email, prop("notes.txt", tmp_path), caption="for TECH-8")

    assert "Filed notes.txt as file 1 in TECH-8" in told
    assert texts(desk) == []


@pytest.mark.parametrize(
    "said",
    [
        "My statement of what I learned in technology is short.",
        "Add to that: I grew up without a computer.",
        "Write statement after statement, I told them, until it is clear.",
        "Versions of the truth differ.",
        "Done with school, I began as a page.",
    ],
)
def test_prose_that_begins_like_a_command_is_kept_as_prose(desk: House, said: str) -> None:
    desk.say(ADA.email, said)

    assert texts(desk) == [(said,)]


def test_a_question_is_answered_and_can_be_put_into_the_text(desk: House) -> None:
    told = desk.say(ADA.email, "How long should the statement be?")

    assert "three pages" in told
    assert "I took that for a question" in told
    assert texts(desk) == []

    desk.say(ADA.email, str(len(desk.choices())))

    assert texts(desk) == [("How long should the statement be?",)]


def test_a_number_picks_a_choice_when_there_are_choices_and_is_text_otherwise(
    desk: House,
) -> None:
    assert "Shall this be a paragraph" in desk.say(ADA.email, "7")
    desk.say(ADA.email, "yes")
    desk.say(ADA.email, "Who won the football game yesterday?")
    told = desk.say(ADA.email, "9")

    assert texts(desk) == [("7",)]
    assert told.startswith("Pick a number from 1 to 2.")


def test_writing_goes_on_in_another_conversation_where_it_is_begun_there(desk: House) -> None:
    ada = candidate(desk, ADA)
    phone = Address(channel="memory", value="+1 555 0100")
    with desk.transaction() as uow:
        uow.people.connect(ada.person, phone, at=desk.clock())
        uow.commit()
    desk.say(ADA.email, "One.")

    assert "One." not in desk.say(phone.value, "Not for it.")
    told = desk.say(phone.value, "write statement for technology")
    desk.say(phone.value, "Two.")
    desk.say(ADA.email, "Three.")

    when = "21 November 2026 at 12:00 (America/Chicago)"
    assert f"So far: 1 paragraph, 1 word; version 1 of {when}." in told
    assert texts(desk)[-1] == ("One.", "Two.", "Three.")


def test_somebody_else_in_the_same_conversation_is_not_writing(desk: House) -> None:
    said = replace(
        desk.message(BEA.email, "Is that for me? I wonder."),
        conversation=desk.message(ADA.email, "").conversation,
    )
    answers = desk.deliver(said)

    assert "kept" not in plain_text(answers[0].reply)
    assert texts(desk, BEA) == texts(desk, ADA) == []


def test_paragraphs_are_replaced_cut_and_brought_back(desk: House) -> None:
    desk.say(ADA.email, "One.\n\nTwo.\n\nThree.")
    desk.say(ADA.email, "replace 2: Zwei.\n\nDeux.")
    told = desk.say(ADA.email, "cut paragraph 1")

    assert texts(desk)[-1] == ("Zwei.", "Deux.", "Three.")
    assert "To take that back, say: back to version 2." in told

    desk.say(ADA.email, "back to version 1")

    assert texts(desk)[-1] == ("One.", "Two.", "Three.")
    assert len(texts(desk)) == 4


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("add:", "no text in that"),
        ("replace 1:", "no text in that"),
        ("replace 3: x", "no paragraph 3: the statement has 1 paragraph."),
        ("cut paragraph 0", "no paragraph 0"),
        ("replace 1: One.", "stands already"),
        ("back to version 1", "stands already"),
        ("back to version 7", "no version 7: the newest is 1"),
        ("back to version 1 for tecnology", "I know no set 'tecnology'"),
        ("show statement for tecnology", "I know no set 'tecnology'"),
        ("write statement for tecnology", "I know no set 'tecnology'"),
        ("write statement for youth services", "an elective you did not choose"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_changed(desk: House, said: str, told: str) -> None:
    desk.say(ADA.email, "One.")

    assert told in desk.say(ADA.email, said)
    assert texts(desk) == [("One.",)]


def test_more_than_200_paragraphs_are_refused_whole(desk: House) -> None:
    desk.say(ADA.email, "\n\n".join(f"p{n}" for n in range(200)))

    assert "at most 200" in desk.say(ADA.email, "One more.")
    assert len(texts(desk)) == 1


def test_a_paragraph_of_20_000_characters_is_kept(desk: House) -> None:
    desk.say(ADA.email, "x" * 20_000)

    assert texts(desk) == [("x" * 20_000,)]


def test_without_a_set_the_only_statement_begun_is_meant(home: House) -> None:
    assert "You have begun no personal learning statement yet." in home.say(
        ADA.email, "show statement"
    )
    assert "You have begun no personal learning statement yet." in home.say(ADA.email, "add: One.")

    home.say(ADA.email, "add to technology: One.")

    assert "1. One." in home.say(ADA.email, "show statement")
    assert "Version 1: 21 November 2026 at 12:00, 1 word" in home.say(ADA.email, "versions")


def test_with_several_begun_it_is_asked_which_and_the_choice_does_it(home: House) -> None:
    home.say(ADA.email, "add to technology: One.")
    home.say(ADA.email, "add to access services: Uno.")

    told = home.say(ADA.email, "add: Did I say two?")
    assert "For which set do you mean that?" in told
    home.say(ADA.email, "1")

    assert texts(home)[-1] == ("One.", "Did I say two?")
    home.say(ADA.email, "done")
    assert "as file 1, Statement Technology v2.txt" in home.say(ADA.email, "technology")


def test_nobody_sees_or_writes_another_s_statement(desk: House) -> None:
    desk.say(ADA.email, "One.")

    assert "One." not in desk.say(BEA.email, "show statement for technology")
    for said in ("write statement for technology", "add: x", "show statement", "statements"):
        assert "I do not know yet who you are" in desk.say(DOT, said)
    assert texts(desk) == [("One.",)]


def test_the_trail_tells_of_every_version_without_its_words(desk: House) -> None:
    desk.say(ADA.email, "Secretly afraid.")
    with desk.transaction() as uow:
        entries = [e for e in uow.trail.entries() if e.action == "statement-kept"]

    assert [e.details for e in entries] == [{"version": "1", "words": "2"}]


def test_what_was_written_elsewhere_at_the_same_moment_is_kept_too(home: House) -> None:
    ada, program = candidate(home, ADA), home.desk.program
    with home.transaction() as uow:

        def meanwhile(there: Paragraphs) -> Paragraphs:
            if not there:  # somebody saves between our reading and our saving
                uow.statements.save(ada.person, "technology", ["One."], at=home.clock())
            return added(there, "Two.")

        kept = change(uow, program, ada, "technology", meanwhile, now=home.clock())
        uow.commit()

    assert (kept.version.paragraphs, kept.before) == (("One.", "Two."), 1)
    assert texts(home) == [("One.",), ("Two.",), ("One.", "Two.")]
