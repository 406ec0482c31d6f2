"""Where work goes on, the next step is a button, and sections are told by their names."""

from __future__ import annotations

from bot.domain.rules import Route
from tests.cast import ADA, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import reply, staffed, submitted
from tests.submitted import fill

PARKING = "Is there a parking fee at the workshop?"


def offered(house: House, who: str) -> list[str]:
    """What the newest message to somebody offers."""
    newest = [m for m in house.channel.sent if m.to.value == who][-1]
    return [choice.says for choice in newest.reply.choices]


def test_what_was_claimed_can_be_rated(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    reply(house, REV[1], "claim 1")

    assert "rate 1" in offered(house, REV[1])


def test_what_is_decided_as_a_whole_is_not_rated(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology", route=Route.COURSE)
    reply(house, REV[1], "claim 1")

    assert offered(house, REV[1]) == ["dossier 1"]


def test_what_is_rated_can_be_decided(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    for reviewer in (REV, ROB):
        reply(house, reviewer[1], "claim 1")
        reply(house, reviewer[1], "rate 1 all met")

    assert offered(house, SAL[1]) == ["ratings 1", "decide 1"]


def test_a_question_can_be_answered_wherever_it_is_shown(house: House) -> None:
    staffed(house)
    house.enrol(ADA)
    for number in (1, 2, 3):
        reply(house, ADA.email, f"ask staff: {PARKING} ({number})")
    assert "answer 3" in offered(house, SAL[1])

    for said in ("questions", "question 1", "take 1"):
        reply(house, SAL[1], said)
        assert "answer 1" in offered(house, SAL[1])


def test_a_decision_names_sections_by_their_names(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology", route=Route.COURSE)
    reply(house, SAL[1], "ask more 1 technology/certificate: It is cut off.")

    told = house.heard(SAL[1])[-1]
    assert "more documents wanted (" in told
    assert "technology/certificate" not in told


def test_a_file_of_a_dossier_comes_from_a_section_by_its_name(house: House) -> None:
    staffed(house)
    house.enrol(ADA)
    fill(house, ADA.email, house.desk.program)
    reply(house, ADA.email, "submit technology")
    for number in (1, 2):
        reply(house, SAL[1], f"open 1 {number}")

        told = house.heard(SAL[1])[-1]
        assert told.startswith(f"File {number} of submission 1, from ")
        assert "technology/" not in told
