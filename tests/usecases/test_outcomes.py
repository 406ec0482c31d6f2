"""What follows from a decision: the letter, requests with tokens, another route, completion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from bot.app import Knowledge
from bot.domain.evidence_requests import tokens_in
from bot.domain.messages import Choice, Download
from bot.domain.people import Candidate
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence, Kind, State
from bot.domain.rules import Rating, Route
from bot.domain.standing import standing
from tests.cast import ADA, ADE, BEA, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import Judged, reply, reviewed, staffed, stored, submitted, trail, waiting

SET = "technology"
WEAK: Judged = {
    "TECH-3": (Rating.NOT_MET, "No log of your own is here."),
    "TECH-8": (Rating.PARTIALLY, "Only one fault."),
}
POOR: Judged = {
    "TECH-1": (Rating.MET, "A fine glossary."),
    "TECH-8": (Rating.PARTIALLY, "One fault, and who solved it?"),
}


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, who has submitted nothing yet."""
    return house.enrol(ADA)


@pytest.fixture
def guild(other_knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """A Carrel for the invented program."""
    made = House(other_knowledge, tmp_path)
    yield made
    made.database.close()


def files(house: House, candidate: Candidate) -> tuple[Evidence, ...]:
    """All that is in the record."""
    with house.transaction() as uow:
        return uow.records.of(candidate.person)


def words(path: Path) -> str:
    """The text of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def test_an_approved_set_brings_its_letter_and_the_comments(house: House, ada: Candidate) -> None:
    one = waiting(house, ada, SET, {"TECH-1": (Rating.MET, "A fine glossary.")})

    reply(house, SAL[1], f"approve {one.id}: All of it is shown.")

    (told,) = house.heard(ADA.email)
    assert f"Approved: submission {one.id} (Technology). Congratulations!" in told
    assert "The reason given: All of it is shown." in told
    assert "TECH-1: Reviewer 1: A fine glossary." in told
    assert not any(name in told for name in (REV[0], ROB[0]))
    (letter,) = files(house, ada)
    assert letter.filing.sections == ("technology/letter",)
    assert (letter.filing.kind, letter.media_type) == (Kind.PRIMARY, "application/pdf")
    text = words(house.files.path(letter.sha256))
    assert "Ada Reyes" in text
    assert "21 November 2026" in text
    assert f"has the number {one.id}" in text


def test_the_letter_comes_with_the_message(house: House, ada: Candidate) -> None:
    one = waiting(house, ada, SET)
    sent = house.deliver(house.message(SAL[1], f"approve {one.id}: Shown."))

    (letter,) = files(house, ada)
    blocks = [block for m in sent if m.to.value == ADA.email for block in m.reply.blocks]
    (download,) = [block for block in blocks if isinstance(block, Download)]
    assert (download.name, download.sha256) == (letter.name, letter.sha256)
    assert download.size == house.files.path(letter.sha256).stat().st_size


def test_a_candidate_cannot_undo_move_mark_or_remove_the_letter(
    house: House, ada: Candidate
) -> None:
    log = house.folder / "log.txt"
    log.write_text("I solved a fault of the printer.")
    house.send(ADA.email, log, caption="for TECH-8")
    one = waiting(house, ada, SET)
    reply(house, SAL[1], f"approve {one.id}: Shown.")
    mine, letter = files(house, ada)

    for text in ("move 2 to TECH-8", "also 2 in TECH-8", "remove 2", "mark 2 as secondary"):
        assert "was filed by the program and stays" in reply(house, ADA.email, text)
    assert f"File {mine.number}" in reply(house, ADA.email, "undo")
    assert "nothing to undo" in reply(house, ADA.email, "undo")

    taken_back, same = files(house, ada)
    assert taken_back.filing.state is not State.FILED
    assert same == letter


def test_the_trail_tells_who_approved_and_what_was_filed(house: House, ada: Candidate) -> None:
    one = waiting(house, ada, SET)
    reply(house, SAL[1], f"approve {one.id}: Shown.")

    decided, filed = trail(house)[-2:]
    assert (decided.action, decided.subject) == ("decided", f"submission:{one.id}")
    assert (filed.action, filed.subject) == ("filed", f"evidence:{ada.person.id}/1")
    assert filed.actor == decided.actor != f"person:{ada.person.id}"


def test_the_last_set_completes_the_certification_once_for_both_sides(
    house: House, ada: Candidate
) -> None:
    program = house.desk.program
    wanted = [s.id for s in program.required_sets] + list(ADA.electives)
    for set_id in wanted:
        assert not any("is complete" in one for one in house.heard(ADA.email))
        one = waiting(house, ada, set_id)
        reply(house, SAL[1], f"approve {one.id}: Shown.")

    *_, last, news = house.heard(ADA.email)
    assert "Approved" in last
    assert program.rules.completion.next in news
    assert "— " in news  # its place in the documents
    for who in (SAL, ADE):
        told = [one for one in house.heard(who[1]) if "has achieved all 6 sets" in one]
        assert told == [
            "Ada Reyes (ada@example.org) has achieved all 6 sets: the Library Support Staff "
            "Certification is complete."
        ]

    extra = waiting(house, ada, "youth-services")
    reply(house, SAL[1], f"approve {extra.id}: Shown.")
    assert sum("is complete" in one for one in house.heard(ADA.email)) == 1
    assert sum(line.action == "certified" for line in trail(house)) == 1


def test_more_documents_are_requests_with_a_token_each(house: House, ada: Candidate) -> None:
    one = waiting(house, ada, SET, WEAK, POOR)

    reply(house, SAL[1], f"ask more {one.id}: Add your own work.")

    (told,) = house.heard(ADA.email)
    with house.transaction() as uow:
        requests = uow.requests.of(ada.person)
    assert [request.section for request in requests] == ["TECH-3", "TECH-8"]
    assert set(tokens_in(told)) == {request.token for request in requests}
    third, eighth = re.split(r"^R-", told, flags=re.MULTILINE)[1:]
    assert "\n- Reviewer 1: No log of your own is here.\n" in third
    assert "Reviewer 1: Only one fault.\n- Reviewer 2: One fault, and who solved it?" in eighth
    assert "A fine glossary" not in told
    assert "This is the last time that more can be asked for." in told
    assert "“When more information is requested”" in told
    assert f"appeal {one.id}" in [choice.says for choice in _choices(house)]
    assert "the first paper is due by 1 December 2026" in told


def test_a_recommended_course_changes_the_route_of_that_set(house: House, ada: Candidate) -> None:
    one = waiting(house, ada, SET, WEAK)

    reply(house, SAL[1], f"recommend course {one.id}: A course fits better.")

    (told,) = house.heard(ADA.email)
    with house.transaction() as uow:
        assert uow.routes.of(ada.person) == {SET: Route.COURSE}
    assert "The route of Technology is now: Course." in told
    assert "submit Technology" in told
    assert "No log of your own is here." not in told  # comments become visible with approval
    assert "“When a course is recommended”" in told
    assert f"Say: appeal {one.id}." in told


def test_an_approved_set_stays_achieved_whatever_is_decided_later(
    house: House, ada: Candidate
) -> None:
    one = waiting(house, ada, SET)
    reply(house, SAL[1], f"approve {one.id}: Shown.")
    again = waiting(house, ada, SET)
    reply(house, SAL[1], f"recommend course {again.id}: On second thoughts.")

    with house.transaction() as uow:
        found = standing(SET, uow.submissions.of(ada.person))
    assert found.phase is Phase.ACHIEVED
    assert found.submission is not None
    assert found.submission.id == one.id


def test_another_programs_words_and_chances_are_used(guild: House) -> None:
    bea = guild.enrol(BEA)
    weak: Judged = {"MOVE-2": (Rating.NOT_MET, "It stands still.")}
    first = waiting(guild, bea, "movements", weak)
    reply(guild, SAL[1], f"ask more {first.id}: Mend it.")
    second = submitted(guild, bea, "movements", follows=stored(guild, first.id))
    reviewed(guild, second, staffed(guild), weak)
    reply(guild, SAL[1], f"ask more {second.id}: Mend it again.")
    third = submitted(guild, bea, "movements", follows=stored(guild, second.id))
    reviewed(guild, third, staffed(guild))
    reply(guild, SAL[1], f"approve {third.id}: It runs.")

    one, two, last = guild.heard(BEA.email)
    assert "last time" not in one
    assert "This is the last time" in two
    assert "Your seal letter is in your BB as file 1" in last
    (letter,) = files(guild, bea)
    assert "mender of clocks" in words(guild.files.path(letter.sha256))


def _choices(house: House) -> tuple[Choice, ...]:
    (message,) = [m for m in house.channel.sent if m.to.value == ADA.email]
    return message.reply.choices
