"""A verb of staff with a number and nothing else is told how to go on with that very one."""

from __future__ import annotations

import pytest

from bot.domain.rights import Role
from bot.domain.rules import Rating, Route
from tests.cast import ADA, ADE, BEA, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import reply, staffed, submitted, waiting

PARKING = "Is there a parking fee at the workshop?"
WEAK = {"TECH-3": (Rating.NOT_MET, "No log.")}


@pytest.fixture
def office(house: House) -> House:
    """A Carrel with staff, where Ada has submitted Technology and asked something."""
    staffed(house)
    submitted(house, house.enrol(ADA), "technology")
    reply(house, ADA.email, f"ask staff: {PARKING}")
    return house


def says(house: House, who: str, text: str) -> list[str]:
    """The choices that somebody is given for an answer."""
    answer = house.deliver(house.message(who, text))[-1]
    return [choice.says for choice in answer.reply.choices]


def test_a_reviewer_is_told_what_is_left_for_them(office: House) -> None:
    reply(office, REV[1], "claim 1")
    reply(office, REV[1], "rate 1 TECH-1 met")

    told = reply(office, REV[1], "rate 1")

    assert told.startswith("Rating submission 1 (Technology).")
    assert "say: rate 1 TECH-2 met, or: rate 1 TECH-2 partially met: WHAT IS MISSING" in told
    assert says(office, REV[1], "rate #1:") == ["dossier 1", "ratings 1"]
    reply(office, REV[1], "rate 1 the rest met")
    assert "Nothing in it is left for you to rate." in reply(office, REV[1], "rate 1")


def test_who_has_not_taken_it_on_is_told_to(office: House) -> None:
    assert "To take it on, say: claim 1." in reply(office, ROB[1], "rate 1")
    assert "takes the role reviewer" in reply(office, SAL[1], "rate 1")


def test_staff_are_told_what_can_be_decided(house: House) -> None:
    one = waiting(house, house.enrol(ADA), "technology", WEAK)

    told = reply(house, SAL[1], f"decide {one.id}")

    assert told.startswith("Deciding submission 1 (Technology) of Ada Reyes. The rule proposes to ")
    assert "- approve 1: REASON" in told
    assert "- ask more 1: REASON" in told
    assert "- recommend course 1: REASON" in told
    offered = says(house, SAL[1], "decide on submission 1")
    assert offered == ["approve 1", "ask more 1", "recommend course 1", "dossier 1"]
    assert "Give a reason after a colon" in reply(house, SAL[1], "1")


def test_staff_are_told_what_more_can_be_asked_for(house: House) -> None:
    waiting(house, house.enrol(ADA), "technology", WEAK)

    told = reply(house, SAL[1], "ask more 1")

    assert "in submission 1 (Technology), for: TECH-3." in told
    assert "Say: ask more 1: REASON." in told
    assert "Or name what it is for: ask more 1 TECH-1: REASON." in told
    assert "More can be asked for: TECH-1, TECH-2, TECH-3" in told
    assert "the personal learning statement (statement)." in told


def test_a_certificate_is_all_that_can_be_asked_for_and_needs_no_name(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), "technology", route=Route.COURSE)

    told = reply(house, SAL[1], "ask more 1")

    assert told.endswith(
        "(Technology), for: its course completion certificate (CCC).\n\nSay: ask more 1: REASON. "
        "To see it first, say: dossier 1."
    )
    assert reply(house, SAL[1], "decide 1").startswith("Deciding submission 1")


@pytest.mark.parametrize("said", ["decide 1", "ask more 1", "request more documents for 1"])
def test_while_ratings_are_missing_that_is_said(office: House, said: str) -> None:
    told = reply(office, SAL[1], said)

    assert told.startswith("18 ratings are still to come before submission 1 (Technology) can be")
    assert says(office, SAL[1], said) == ["ratings 1"]


@pytest.mark.parametrize("said", ["decide 1", "ask more 1"])
def test_what_was_decided_is_not_offered_again(house: House, said: str) -> None:
    waiting(house, house.enrol(ADA), "technology")
    reply(house, SAL[1], "approve 1: Shown.")

    told = reply(house, ADE[1], said)

    then = "Saturday, 21 November 2026 at 18:00 (UTC)"
    assert told.startswith(f"Sal Moreau decided submission 1 on {then}")


def test_a_chance_that_is_used_up_is_not_offered(house: House) -> None:
    ada = house.enrol(ADA)
    first = waiting(house, ada, "technology", WEAK)
    reply(house, SAL[1], f"ask more {first.id}: One is thin.")
    with house.transaction() as uow:
        before = uow.submissions.get(first.id)
    second = submitted(house, ada, "technology", follows=before)
    for who in (REV[1], ROB[1]):
        reply(house, who, f"claim {second.id}")
        reply(house, who, f"rate {second.id} all met")

    assert f"ask more {second.id}" not in says(house, SAL[1], f"decide {second.id}")


def test_staff_are_told_how_to_answer_a_question(office: House) -> None:
    told = reply(office, SAL[1], "answer 1")

    assert told.startswith(f"Question 1 from Ada Reyes: \u201c{PARKING}\u201d")
    assert "Say: answer 1: YOUR REPLY." in told
    reply(office, SAL[1], "answer 1: No.")
    assert reply(office, ADE[1], "answer 1").startswith("Sal Moreau answered question 1 on ")


@pytest.mark.parametrize("said", ["rate 1", "decide 1", "ask more 1", "answer 1"])
def test_nobody_else_learns_whether_there_is_such_a_number(office: House, said: str) -> None:
    office.enrol(BEA)

    told = reply(office, BEA.email, said)

    assert "takes a role that you do not have" in told
    assert told == reply(office, BEA.email, said.replace("1", "99"))


def test_such_words_to_somebody_who_is_on_a_question_go_to_them(office: House) -> None:
    office.appoint(*REV, Role.STAFF)
    reply(office, SAL[1], "take 1")

    assert "Passed on to Sal Moreau" in reply(office, ADA.email, "rate 1")
