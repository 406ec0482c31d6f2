"""`cancel` ends what is open, and nothing else."""

from __future__ import annotations

import pytest

from bot.domain.rights import Role
from tests.cast import ADA, DOT, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import reply

PARKING = "Is there a parking fee at the workshop?"


@pytest.mark.parametrize("said", ["cancel", "/cancel", "Cancel that, please.", "never mind"])
def test_what_was_filed_stays(home: House, said: str) -> None:
    home.send(ADA.email, prop("resume.txt", home.folder), caption="resume")

    told = reply(home, ADA.email, said)

    assert told.startswith("Nothing is open here that could be cancelled")
    assert "say: undo" in told
    assert "File 1, resume.txt, stands in Resume" in reply(home, ADA.email, "files")


def test_writing_stops_and_its_text_is_kept(home: House) -> None:
    reply(home, ADA.email, "write statement for Technology")
    reply(home, ADA.email, "I learnt to mend printers, and to tell others how that is done.")

    assert "You are no longer writing" in reply(home, ADA.email, "cancel")
    assert "mend printers" in reply(home, ADA.email, "show statement for Technology")
    assert "Nothing is open" in reply(home, ADA.email, "cancel")


def test_words_go_to_the_person_on_a_question_no_more(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)
    reply(home, ADA.email, f"ask staff: {PARKING}")
    reply(home, SAL[1], "take 1")
    assert "Passed on" in reply(home, ADA.email, "It is in Denver.")

    assert "I answer again." in reply(home, ADA.email, "cancel")
    assert "Passed on" not in reply(home, ADA.email, "How many sets are required?")


def test_a_stranger_has_nothing_to_cancel(home: House) -> None:
    assert "Nothing is open" in reply(home, DOT, "cancel")
