"""`what next?`: one step with its reason and a button, for everybody."""

from __future__ import annotations

import pytest

from bot.domain.people import Candidate
from bot.domain.rights import Role
from tests.cast import ADA, BEA, DOT, MIA, REV, ROB, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import appealable, begin_appeal, reply
from tests.stating import achieve
from tests.submitted import asked_for_more, fill, tokens


def says(house: House) -> list[str]:
    return [choice.says for choice in house.choices()]


def whole(house: House, who: str, set_id: str = "technology") -> None:
    fill(house, who, house.desk.program, set_id)


@pytest.mark.parametrize(
    "words",
    ["what next?", "what now?", "whats next", "next", "What's next", "what should I do next?"],
)
def test_whatever_the_words_one_step_is_told(home: House, words: str) -> None:
    said = home.say(ADA.email, words)

    assert said.startswith("Go on with ")
    assert "Goodbye" not in said


def test_an_open_request_goes_before_everything_else(house: House) -> None:
    ada: Candidate = asked_for_more(house)
    house.say(ADA.email, "write statement for foundations")

    said = house.say(ADA.email, "next")

    assert tokens(house, ada)["TECH-3"] in said
    assert "2 requests are open" in said
    assert says(house) == ["requests"]


def test_a_file_that_somebody_sent_waits_for_a_word(home: House) -> None:
    home.appoint(*MIA)
    home.send(MIA[1], prop("notes.txt", home.folder), caption=f"for {ADA.email}: a letter")

    assert "offer 1" in home.say(ADA.email, "next")
    assert says(home) == ["offer 1"]


def test_a_statement_being_written_is_finished_first(home: House) -> None:
    home.say(ADA.email, "write statement for technology")

    said = home.say(ADA.email, "what now?")

    assert "You are writing" in said
    assert "Technology" in said
    assert "done" in says(home)


def test_a_file_without_a_section_comes_before_a_ready_set(home: House) -> None:
    whole(home, ADA.email)
    home.send(ADA.email, prop("notes.txt", home.folder), caption="hm")

    said = home.say(ADA.email, "next")

    assert said.startswith("Say where file 3, notes.txt, belongs")
    home.say(ADA.email, "remove 3")
    assert home.say(ADA.email, "next").startswith("Submit Technology: ")
    assert says(home) == ["submit Technology", "preview Technology"]


def test_electives_are_chosen_before_evidence_is_gathered(home: House) -> None:
    said = home.say(BEA.email, "next")

    assert "Choose your electives: 3 of 3 are still open" in said
    assert says(home) == ["electives"]


def test_the_set_that_was_begun_is_gone_on_with(home: House) -> None:
    home.send(ADA.email, prop("resume.txt", home.folder), caption="for TECH-1, TECH-2")

    said = home.say(ADA.email, "next")

    assert said.startswith("Go on with Technology, the set that is nearest to ready.")
    assert "Still missing: TECH-3, TECH-4, TECH-5, and 5 more." in said
    assert says(home) == ["ready Technology"]


def test_a_statement_alone_is_written(home: House) -> None:
    ids = ", ".join(c.id for c in home.desk.program.set("technology").competencies)
    home.send(ADA.email, prop("resume.txt", home.folder), caption=f"for {ids}")

    assert "it is all that the set still lacks" in home.say(ADA.email, "next")
    assert says(home) == ["write statement for Technology"]


def test_when_all_is_achieved_nothing_is_left(home: House) -> None:
    program = home.desk.program
    for set_id in (*(s.id for s in program.required_sets), *ADA.electives):
        achieve(home, ADA, set_id)

    assert "Nothing is left to do" in home.say(ADA.email, "next")


def test_staff_answer_questions_first_and_then_see_to_the_queue(home: House) -> None:
    home.appoint(*SAL, Role.STAFF)
    assert home.say(SAL[1], "next") == "Nothing waits for you just now."
    whole(home, ADA.email)
    reply(home, ADA.email, "submit technology")

    assert "1 submission waits in the queue." in home.say(SAL[1], "what next?")
    reply(home, BEA.email, "ask staff: may I see the building?")
    assert "The oldest is question 1." in home.say(SAL[1], "what next?")
    assert says(home) == ["question 1"]


def test_a_reviewer_rates_what_they_took_on(home: House) -> None:
    home.appoint(*REV, Role.REVIEWER)
    home.appoint(*ROB, Role.REVIEWER)
    whole(home, ADA.email)
    reply(home, ADA.email, "submit technology")
    reply(home, REV[1], "claim 1")

    said = home.say(REV[1], "next")

    assert "still to rate 9 competencies in it" in said
    assert "rate 1 TECH-1 met" in said
    reply(home, REV[1], "rate 1 the rest met")
    assert home.say(REV[1], "next") == "Nothing waits for you just now."
    assert "in the queue" in home.say(ROB[1], "next")


def test_who_is_nothing_here_is_told_so(home: House) -> None:
    home.appoint(*MIA)

    assert "no CAR of your own here" in home.say(MIA[1], "next")
    assert "I do not know yet who you are" in home.say(DOT, "next")


def test_an_appeal_under_way_has_the_next_day_that_counts(house: House) -> None:
    appealable(house)
    begin_appeal(house)
    own = house.say(ADA.email, "next")
    staff_before = house.say(SAL[1], "next")
    house.say(ADA.email, "reasons filed appeal 1")

    assert "Documents with the reasons is yours in appeal 1" in own
    assert "due by" in own
    assert "appeal" not in staff_before
    assert "The oldest is appeal 1." in house.say(SAL[1], "next")
    assert "appeal 1" not in house.say(ADA.email, "next")
