"""A statement is filed as a file, once, in place of the one before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.evidence_requests import fresh_token
from bot.domain.rules import Outcome, Route
from bot.domain.submission import ReviewDecision, Stage
from tests.cast import ADA
from tests.desk import House
from tests.flows.props import prop
from tests.stating import achieve, candidate, content, filed, texts


@pytest.fixture
def desk(home: House) -> House:
    """A Carrel where Ada is writing her statement for Technology."""
    home.say(ADA.email, "write statement for technology")
    return home


def test_a_pause_keeps_the_text_and_files_nothing(desk: House) -> None:
    desk.say(ADA.email, "One.")

    assert "kept and not filed" in desk.say(ADA.email, "pause writing")
    assert "You are not writing" in desk.say(ADA.email, "pause writing")
    desk.say(ADA.email, "This is no paragraph.")
    told = desk.say(ADA.email, "add: Two.")

    assert "Your personal learning statement for Technology has 2 paragraphs now" in told
    assert desk.choices()[0].says == "done with Technology"
    assert texts(desk)[-1] == ("One.", "Two.")
    assert filed(desk) == []


def test_done_files_the_text_and_ends_writing(desk: House) -> None:
    desk.say(ADA.email, "One.\n\nZwei: gr\u00fcn.")
    told = desk.say(ADA.email, "done")

    (evidence,) = filed(desk)
    assert evidence.name == "Statement Technology v1.txt"
    assert evidence.media_type == "text/plain"
    assert content(desk, evidence) == "One.\n\nZwei: gr\u00fcn.\n"
    assert evidence.size == len(content(desk, evidence).encode())
    assert "as file 1, Statement Technology v1.txt, in Personal learning statement" in told
    assert "Receipt: 19 bytes, SHA-256 " in told
    desk.say(ADA.email, "This is no paragraph.")
    assert len(texts(desk)) == 1


def test_a_newer_version_takes_the_place_of_the_older_and_one_undo_brings_it_back(
    desk: House,
) -> None:
    desk.say(ADA.email, "One.")
    desk.say(ADA.email, "done")
    desk.say(ADA.email, "add: Two.")

    told = desk.say(ADA.email, "done")
    assert "File 1, Statement Technology v1.txt, made room for it." in told
    assert [e.name for e in filed(desk)] == ["Statement Technology v2.txt"]

    desk.say(ADA.email, "undo")
    assert [e.name for e in filed(desk)] == ["Statement Technology v1.txt"]

    desk.say(ADA.email, "done")
    assert [e.name for e in filed(desk)] == ["Statement Technology v2.txt"]


def test_the_same_version_is_filed_once(desk: House) -> None:
    desk.say(ADA.email, "One.")
    desk.say(ADA.email, "done")
    desk.say(ADA.email, "add: Two.")
    desk.say(ADA.email, "back to version 1")

    told = desk.say(ADA.email, "done")

    assert "Version 3 for Technology is filed already, as file 1" in told
    assert len(filed(desk)) == 1


def test_a_filed_text_that_stands_elsewhere_too_stays_there(desk: House) -> None:
    desk.say(ADA.email, "One.")
    desk.say(ADA.email, "done")
    desk.say(ADA.email, "also 1 in TECH-8")
    desk.say(ADA.email, "add: Two.")
    desk.say(ADA.email, "done")

    assert "stands in TECH-8" in desk.say(ADA.email, "show 1")
    assert [e.number for e in filed(desk)] == [2]


def test_a_file_that_was_sent_stays_and_is_told_of(desk: House, tmp_path: Path) -> None:
    desk.send(ADA.email, prop("notes.txt", tmp_path))
    desk.say(ADA.email, "move 1 to technology/statement")
    desk.say(ADA.email, "One.")

    assert "Filed for it: file 1, notes.txt, which you sent." in desk.say(
        ADA.email, "show statement"
    )
    assert "File 1, notes.txt, which you sent, stands there too" in desk.say(ADA.email, "done")
    assert len(filed(desk)) == 2


def test_done_with_nothing_written_ends_writing_and_files_nothing(desk: House) -> None:
    assert "nothing was filed" in desk.say(ADA.email, "done")
    assert filed(desk) == []
    assert "You are not writing" in desk.say(ADA.email, "pause writing")


def test_a_set_proved_by_a_course_needs_none_and_may_have_one(home: House) -> None:
    person = candidate(home, ADA).person
    with home.transaction() as uow:
        uow.routes.choose(person, "technology", Route.COURSE)
        uow.commit()

    told = home.say(ADA.email, "write statement for technology")
    assert "is proved by Course (its course completion certificate (CCC)), so it needs no" in told
    home.say(ADA.email, "This is no paragraph.")
    assert texts(home) == []

    home.say(ADA.email, "write statement for technology")
    assert "You are writing" in home.say(ADA.email, "1")
    home.say(ADA.email, "One.")
    assert texts(home) == [("One.",)]


def test_an_achieved_set_wants_no_statement_any_more(desk: House) -> None:
    desk.say(ADA.email, "One.")
    achieve(desk, ADA, "technology")

    assert "is achieved" in desk.say(ADA.email, "write statement for technology")
    assert "is achieved" in desk.say(ADA.email, "add: Two.")
    assert "is achieved" in desk.say(ADA.email, "done")
    desk.say(ADA.email, "This is no paragraph.")
    assert texts(desk) == [("One.",)]
    assert "1. One." in desk.say(ADA.email, "show statement")


def test_another_program_s_statements_go_by_its_own_rules(
    other_knowledge: Knowledge, tmp_path: Path
) -> None:
    guild = House(other_knowledge, tmp_path)
    guild.enrol(replace(ADA, electives=()))

    told = guild.say(ADA.email, "write statement for movements")
    guild.say(ADA.email, "My bench was a mess.")
    done = guild.say(ADA.email, "done")
    guild.database.close()

    assert "mender's essay for" in told
    assert "Up to about 500 words (1 page) are advised." in told
    assert "What your bench looked like before" in told
    assert "in Mender's essay, " in done


def test_a_request_waits_again_when_the_version_that_answered_it_makes_room_for_another(
    desk: House,
) -> None:
    desk.say(ADA.email, "One.")
    desk.say(ADA.email, "done")
    (first,) = filed(desk)
    owner, section = candidate(desk, ADA).person, first.filing.sections[0]
    with desk.transaction() as uow:
        one = uow.submissions.add(
            owner, set_id="technology", route=Route.PORTFOLIO, items=(), at=desk.clock()
        )
        more = ReviewDecision(
            outcome=Outcome.MORE,
            by=99,
            name="Sal",
            at=desk.clock(),
            reason="Too short.",
            sections=(section,),
        )
        assert uow.submissions.save(
            replace(one, stage=Stage.DECIDED, decision=more), at=desk.clock()
        )
        code = fresh_token()
        wanted = uow.requests.add(
            owner, submission=one, section=section, token=code, at=desk.clock()
        )
        assert uow.requests.close(wanted, evidence=first.number, at=desk.clock())
        uow.commit()
    desk.say(ADA.email, "add: Two.")

    told = desk.say(ADA.email, "done")

    assert f"this is wanted again: {code}" in told
    with desk.transaction() as uow:
        assert [request.open for request in uow.requests.of(owner)] == [True]
