"""Ratings: in words, several at once, and until the decision."""

from __future__ import annotations

import pytest

from bot.app import Knowledge
from bot.domain.rights import Role
from bot.domain.rules import Rating, Route
from tests.cast import ADA, ADE, BEA, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import reply, staffed, stored, submitted, trail

SET = "technology"
SIZE = 9  # competencies of the set
MET, PARTIALLY, NOT_MET = Rating


@pytest.fixture
def desk(house: House) -> House:
    """Ada's submission 1, taken on by Rev and Rob."""
    staffed(house)
    submitted(house, house.enrol(ADA), SET)
    for who in (REV[1], ROB[1]):
        reply(house, who, "claim 1")
    return house


def ratings(house: House, name: str = REV[0]) -> dict[str, Rating]:
    """What that reviewer gave."""
    one = stored(house, 1)
    number = next(c.reviewer for c in one.claims if c.name == name)
    return {r.competency: r.rating for r in one.ratings if r.reviewer == number}


def flat(text: str) -> str:
    """The text in one line."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("said", "rating"),
    [
        ("rate 1 TECH-8 met", MET),
        ("Rate submission #1 tech 8 as MET.", MET),
        ("rate 1 Tech8 partially met: no dates", PARTIALLY),
        ("rate 1 TECH-8 partially : no dates", PARTIALLY),
        ("rate 1 TECH-08 not: nothing is here", NOT_MET),
        ("please rate 1 TECH-8 not-met:\nnothing\nis here", NOT_MET),
    ],
)
def test_a_rating_is_said_in_words(desk: House, said: str, rating: Rating) -> None:
    told = flat(reply(desk, REV[1], said))

    assert ratings(desk) == {"TECH-8": rating}
    assert "Rated in submission 1: TECH-8." in told
    assert "Left for you: TECH-1, TECH-2" in told
    assert f"{SIZE} ratings of others still to come." in told


def test_the_comment_is_kept_as_it_was_said(desk: House) -> None:
    reply(desk, REV[1], "rate 1 TECH-8 partially: Which printer? See page 2: the log")

    (given,) = stored(desk, 1).ratings
    assert given.comment == "Which printer? See page 2: the log"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("rate 1 TECH-8 superb", "'superb' is no rating"),
        ("rate 1 TECH-8 superb", "Use one of: met, partially met, not met."),
        ("rate 1 TECH-8 partially", "rate 1 TECH-8 partially met: WHAT IS MISSING"),
        ("rate 1 FOUN-1 met", "FOUN-1 is not to be rated in submission 1"),
        ("rate 1 resume met", "To be rated are: TECH-1, TECH-2"),
        ("rate 1 the rest partially", "Say what is missing in TECH-1"),
    ],
)
def test_what_cannot_be_kept_is_told_with_the_way_out(desk: House, said: str, told: str) -> None:
    assert told in flat(reply(desk, REV[1], said))
    assert not stored(desk, 1).ratings


def test_the_rest_is_what_i_have_not_rated_yet(desk: House) -> None:
    reply(desk, REV[1], "rate 1 TECH-3 not met: the log is empty")

    told = flat(reply(desk, REV[1], "rate 1 all met"))

    assert ratings(desk)["TECH-3"] is NOT_MET
    assert list(ratings(desk).values()).count(MET) == SIZE - 1
    assert "You have rated everything." in told
    assert "Nothing is left for you to rate" in reply(desk, REV[1], "rate 1 everything met")


def test_several_lines_are_kept_together(desk: House) -> None:
    lines = (
        "rate 1 TECH-1 met",
        "rate 1 TECH-2 partially: says nothing of licences.",
        "And whose work is it?",
        "rate 1 TECH-2 not met: says nothing of licences.",
        "And whose work is it?",
        "rate 1 the rest met",
    )

    told = flat(reply(desk, REV[1], "\n".join(lines)))

    assert ratings(desk)["TECH-2"] is NOT_MET
    assert len(ratings(desk)) == SIZE
    assert "You have rated everything." in told
    (comment,) = (r.comment for r in stored(desk, 1).ratings if r.comment)
    assert comment.splitlines() == ["says nothing of licences.", "And whose work is it?"]
    assert [line.action for line in trail(desk)].count("rated") == 1


@pytest.mark.parametrize(
    "bad",
    ["rate 1 TECH-2 superb", "rate 1 TECH-2 partially", "rate 1 TREE-1 met", "rate 1", "rate 2 x"],
)
def test_one_wrong_line_keeps_all_lines_out(desk: House, bad: str) -> None:
    reply(desk, REV[1], f"rate 1 TECH-1 met\n{bad}\nrate 1 TECH-3 met")

    assert not stored(desk, 1).ratings


def test_lines_may_be_about_two_submissions(desk: House) -> None:
    submitted(desk, desk.enrol(BEA), SET)
    reply(desk, REV[1], "claim 2")

    reply(desk, REV[1], "rate 1 TECH-1 met\nrate 2 TECH-2 met")

    assert [r.competency for r in stored(desk, 1).ratings] == ["TECH-1"]
    assert [r.competency for r in stored(desk, 2).ratings] == ["TECH-2"]


def test_a_rating_can_be_changed_until_the_decision(desk: House) -> None:
    reply(desk, REV[1], "rate 1 TECH-8 met")
    reply(desk, REV[1], "rate 1 TECH-8 not met: it is blank")

    assert ratings(desk) == {"TECH-8": NOT_MET}


@pytest.mark.parametrize("who", [SAL[1], ADE[1], "ron@example.org"])
def test_only_who_has_taken_it_on_can_rate(desk: House, who: str) -> None:
    desk.appoint("Ron Bex", "ron@example.org", Role.REVIEWER)

    told = flat(reply(desk, who, "rate 1 all met"))

    assert ("takes the role reviewer" in told) != ("Others have taken it on" in told)
    assert not stored(desk, 1).ratings


def test_a_course_has_no_ratings(house: House) -> None:
    staffed(house)
    submitted(house, house.enrol(ADA), SET, route=Route.COURSE)
    reply(house, REV[1], "claim 1")

    assert "nothing in it is rated" in reply(house, REV[1], "rate 1 TECH-1 met")
    assert "Nothing is left for you to rate" in reply(house, REV[1], "rate 1 all met")
    assert "Nothing is rated in submission 1" in reply(house, SAL[1], "ratings 1")


def test_after_the_decision_nothing_is_rated(desk: House) -> None:
    for who in (REV[1], ROB[1]):
        reply(desk, who, "rate 1 all met")
    reply(desk, SAL[1], "approve 1: well done")
    before = stored(desk, 1)

    told = flat(reply(desk, REV[1], "rate 1 TECH-1 not met: I looked again"))

    assert "is decided: approved, by Sal Moreau" in told
    assert stored(desk, 1) == before


def test_another_program_rates_in_its_own_words(other_knowledge: Knowledge, house: House) -> None:
    other = House(other_knowledge, house.folder / "other")
    program = other.desk.program
    first, second = program.sets[0].competencies[:2]
    staffed(other)
    submitted(other, other.enrol(BEA), program.sets[0].id)
    claimed = reply(other, REV[1], "claim 1")

    told = flat(reply(other, REV[1], f"rate 1 {first.id} runs"))
    reply(other, REV[1], f"rate 1 {first.id} stands: the spring\nrate 1 {second.id} Runs True")
    kept = ratings(other)
    other.database.close()

    assert f"rate 1 {first.id} runs true" in flat(claimed)
    assert "Use one of: runs true, runs slow, stands still." in told
    assert kept == {first.id: NOT_MET, second.id: MET}


def test_what_is_said_instead_uses_the_words_of_the_program(desk: House) -> None:
    said = flat(reply(desk, REV[1], "rate 1 TECH-8 not met"))

    assert "say" in said.lower()
    assert "rate 1 TECH-8 not met: WHAT IS MISSING" in said
    assert "not-met" not in said


def test_an_end_of_a_review_is_told_in_words(desk: House) -> None:
    for who in (REV[1], ROB[1]):
        reply(desk, who, "rate 1 TECH-8 not met: Nothing is here.")
        reply(desk, who, "rate 1 the rest met")
    reply(desk, SAL[1], "ask more 1 TECH-8: It is thin.")
    told = [reply(desk, SAL[1], "approve 1: fine"), reply(desk, REV[1], "rate 1 TECH-8 met")]

    assert all("more documents wanted" in flat(one) for one in told)
    assert not any("more-documents" in one for one in told)
