"""Who replies to a message of Carrel's means what stands in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.people import Candidate
from bot.domain.rights import Role
from tests.cast import ADA, BEA, DOT, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.replying import answer, replied, told
from tests.reviewed import reply, stored, waiting
from tests.submitted import ASKED, asked_for_more, files, open_sections, own, send, tokens

MORE = "More is wanted for submission 1"
PARAGRAPH = "In my years at the desk I learnt to take faults of printers and copiers apart. " * 3


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, of whose submission 1 (Technology) more was asked for TECH-3 and TECH-8."""
    return asked_for_more(house)


def guide(house: House) -> Path:
    """A file that is about TECH-8, and about nothing else that is wanted."""
    return prop("printer-guide.pdf", house.folder)


def test_a_file_below_the_only_request_answers_it_whatever_it_looks_like(
    house: House, ada: Candidate
) -> None:
    codes = tokens(house, ada)
    send(house, ADA.email, "steps.txt", codes["TECH-3"])
    reply(house, ADA.email, "requests")

    said = replied(
        house, ADA.email, "", prop("resume.txt", house.folder), to=told(house, ADA.email, "More is")
    )

    assert f"answers request {codes['TECH-8']}" in said
    assert files(house, ada)[-1].filing.sections == ("TECH-8",)
    assert [one.round for one in own(house, ada)] == [1, 2]


def test_a_file_in_a_thread_of_their_own_below_it_answers_it_too(
    house: House, ada: Candidate
) -> None:
    above = told(house, ADA.email, MORE)
    said = house.message(ADA.email, "", house.attach(guide(house)))

    house.deliver(replace(said, thread=above))

    assert open_sections(house, ada) == {"TECH-3"}


def test_a_file_below_several_requests_answers_the_one_it_speaks_of(
    house: House, ada: Candidate
) -> None:
    said = replied(house, ADA.email, "", guide(house), to=told(house, ADA.email, MORE))

    assert files(house, ada)[-1].filing.sections == ("TECH-8",)
    assert f"answers request {tokens(house, ada)['TECH-8']}" in said
    assert open_sections(house, ada) == {"TECH-3"}


def test_a_caption_that_names_one_of_them_decides(house: House, ada: Candidate) -> None:
    replied(house, ADA.email, "for TECH-3", guide(house), to=told(house, ADA.email, MORE))

    assert open_sections(house, ada) == {"TECH-8"}


def test_a_code_in_the_caption_goes_before_what_is_replied_to(house: House, ada: Candidate) -> None:
    token = tokens(house, ada)["TECH-3"]

    replied(house, ADA.email, token, guide(house), to=told(house, ADA.email, MORE))

    assert open_sections(house, ada) == {"TECH-8"}


def test_who_sends_what_could_be_for_any_of_them_is_asked_among_them_alone(
    house: House, ada: Candidate
) -> None:
    codes = tokens(house, ada)
    (asked,) = answer(
        house, ADA.email, "", prop("notes.txt", house.folder), to=told(house, ADA.email, MORE)
    )

    says = [choice.says for choice in asked.reply.choices]
    assert says[:2] == [f"file 3 answers {codes[one]}" for one in ASKED]
    assert [one.partition(" step")[0] for one in says[2:]] == ["undo"]
    assert open_sections(house, ada) == set(ASKED)
    assert files(house, ada)[-1].filing.sections == ()

    assert f"answers {codes['TECH-8']}" in reply(house, ADA.email, "2")
    assert files(house, ada)[-1].filing.sections == ("TECH-8",)
    assert open_sections(house, ada) == {"TECH-3"}


def test_the_last_one_that_is_open_is_meant_unless_the_file_says_otherwise(
    house: House, ada: Candidate
) -> None:
    above = told(house, ADA.email, MORE)
    replied(house, ADA.email, "", guide(house), to=above)

    more = replied(house, ADA.email, "TECH-8 too", prop("how-to-print.txt", house.folder), to=above)
    assert "was answered already" in more
    assert open_sections(house, ada) == {"TECH-3"}

    replied(house, ADA.email, "", prop("notes.txt", house.folder), to=above)
    assert open_sections(house, ada) == set()


def test_each_file_of_an_album_is_told_of_and_counts_for_itself(
    house: House, ada: Candidate
) -> None:
    said = replied(
        house,
        ADA.email,
        "",
        guide(house),
        prop("notes.txt", house.folder),
        to=told(house, ADA.email, MORE),
    )

    assert "Filed printer-guide.pdf as file 3" in said
    assert "I have notes.txt as file 4, safe but not filed." in said
    assert open_sections(house, ada) == {"TECH-3"}


def test_a_file_that_was_there_already_is_asked_about_too(house: House, ada: Candidate) -> None:
    send(house, ADA.email, "notes.txt", "resume")
    (asked,) = answer(
        house, ADA.email, "", prop("notes.txt", house.folder), to=told(house, ADA.email, MORE)
    )

    token = tokens(house, ada)["TECH-3"]
    assert asked.reply.choices[0].says == f"file 3 answers {token}"
    assert f"File 3 answers {token}" in reply(house, ADA.email, "1")


def test_what_is_wanted_no_more_is_no_place_for_a_file(house: House, ada: Candidate) -> None:
    above = told(house, ADA.email, MORE)
    for section, token in tokens(house, ada).items():
        send(house, ADA.email, f"{section}.txt", token)
    before = own(house, ada)

    said = replied(house, ADA.email, "my resume", prop("resume.txt", house.folder), to=above)

    assert "in Resume" in said
    assert own(house, ada) == before


def test_somebody_elses_message_means_nothing(house: House, ada: Candidate) -> None:
    above = told(house, ADA.email, MORE)
    said = replied(house, BEA.email, "", prop("resume.txt", house.folder), to=above)

    assert "answers" not in said
    assert open_sections(house, ada) == set(ASKED)
    assert "nothing with that number" in replied(house, DOT, "1", to=above)


@pytest.mark.parametrize("to", ["m9999", "", "nothing\u0000"])
def test_an_unknown_message_is_as_good_as_none(house: House, ada: Candidate, to: str) -> None:
    said = replied(house, ADA.email, "my resume", prop("resume.txt", house.folder), to=to)

    assert "in Resume" in said
    assert open_sections(house, ada) == set(ASKED)


def test_a_number_picks_from_the_message_replied_to(house: House) -> None:
    house.enrol(ADA)
    house.send(ADA.email, prop("notes.txt", house.folder))
    older = told(house, ADA.email, "notes.txt as file 1")
    wanted = house.choices()[0].says
    house.send(ADA.email, prop("resume.txt", house.folder))
    newer = house.choices()[0].says
    assert wanted != newer

    replied(house, ADA.email, "1", to=older)

    with house.transaction() as uow:
        ada = uow.people.find(ADA.email)
        assert ada is not None
        first, second = uow.records.of(ada)
    assert first.filing.sections == (wanted.rpartition(" ")[2],)
    assert second.filing.sections == ("resume",)


def test_a_number_below_a_message_without_choices_picks_nothing_else(house: House) -> None:
    house.enrol(ADA)
    reply(house, ADA.email, "thanks")
    without = told(house, ADA.email, "You are welcome.")
    house.send(ADA.email, prop("notes.txt", house.folder))

    assert "nothing with that number" in replied(house, ADA.email, "1", to=without)


def test_words_below_what_staff_replied_go_where_they_would_go_anyway(house: House) -> None:
    house.enrol(ADA)
    house.appoint(*SAL, Role.STAFF)
    reply(house, ADA.email, "ask staff: Is there a parking fee at the workshop?")
    reply(house, SAL[1], "take 1")
    above = told(house, ADA.email, "Sal Moreau")

    assert "Passed on to Sal Moreau" in replied(house, ADA.email, "It is in Denver.", to=above)
    assert "It is in Denver." in reply(house, SAL[1], "question 1")


def test_a_long_text_below_a_request_for_the_statement_is_its_next_paragraph(house: House) -> None:
    ada = house.enrol(ADA)
    one = waiting(house, ada, "technology")
    reply(house, SAL[1], f"ask more {one.id} statement: It says too little.")
    assert open_sections(house, ada) == {"technology/statement"}
    above = told(house, ADA.email, MORE)
    (token,) = tokens(house, ada).values()

    replied(house, ADA.email, "Thank you, I shall do so tomorrow, I think.", to=above)
    with house.transaction() as uow:
        assert uow.statements.all(ada.person) == ()

    assert "1 paragraph" in replied(house, ADA.email, PARAGRAPH.strip(), to=above)
    assert f"file 1 answers {token}" in reply(house, ADA.email, "done with technology")
    reply(house, ADA.email, f"file 1 answers {token}")
    assert open_sections(house, ada) == set()
    assert stored(house, 2).round == 2
