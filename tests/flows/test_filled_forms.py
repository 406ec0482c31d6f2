"""From the first word of a statement to the approval, with forms alone, on both programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.rules import Outcome, Rating
from tests.cast import ADA, BEA, REV, ROB, SAL
from tests.desk import House
from tests.filling import close, field, opened, send, typed
from tests.flows.props import prop
from tests.reviewed import reply, staffed, stored

ESSAY = {"part-1": "I was afraid:\nof wheels.\n\nI am not.", "part-2": "What I do otherwise? All!"}
SEVERAL = "Two lines:\n\nrate 1 all met\nand a third one."


@pytest.fixture(params=["knowledge", "other_knowledge"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A Carrel for either program, where Ada is enrolled and has filed all but a statement."""
    knowledge: Knowledge = request.getfixturevalue(request.param)
    made = House(knowledge, tmp_path)
    made.enrol(replace(ADA, electives=()))
    staffed(made)
    one = made.desk.program.required_sets[0]
    ids = ", ".join(c.id for c in one.competencies)
    made.send(ADA.email, prop("log.txt", tmp_path), caption=f"for {ids}")
    yield made
    made.database.close()


def write_and_submit(house: House) -> None:
    """Ada writes, closes the form, opens it again, sends it, files and submits."""
    title = house.desk.program.required_sets[0].title
    words = f"write statement for {title}"
    close(house, ADA.email, opened(house, ADA.email, words).key, ESSAY)
    form = opened(house, ADA.email, words)
    assert "kept: 3 paragraphs (version 1" in send(house, ADA.email, form.key, typed(form))
    reply(house, ADA.email, house.choices()[0].says)
    reply(house, ADA.email, f"submit {title}")
    assert stored(house, 1).open


def rate_all(house: House, who: str, number: int, rating: Rating, comment: str = "") -> str:
    """Somebody takes it on and rates what is left, all the same."""
    reply(house, who, f"claim {number}")
    form = opened(house, who, f"rate {number}")
    values = {one.name: rating.value if one.options else comment for one in form.fields}
    return send(house, who, form.key, values)


def test_a_set_is_approved_by_way_of_forms(place: House) -> None:
    write_and_submit(place)
    for who in (REV[1], ROB[1]):
        assert "You have rated everything." in rate_all(place, who, 1, Rating.MET, SEVERAL)

    form = opened(place, SAL[1], "decide 1")
    told = send(place, SAL[1], form.key, {"outcome": Outcome.APPROVED, "reason": SEVERAL})

    done = stored(place, 1)
    assert told.startswith("Decided: submission 1")
    assert done.decision
    assert (done.decision.outcome, done.decision.reason) == (Outcome.APPROVED, SEVERAL)
    said = SEVERAL.replace("\n\nrate", " rate")
    assert {one.comment for one in done.ratings} == {said}
    competencies = place.desk.program.required_sets[0].competencies
    assert len(done.ratings) == 2 * len(competencies)


def test_more_is_asked_for_by_a_form_and_only_that_is_rated_again(place: House) -> None:
    write_and_submit(place)
    for who in (REV[1], ROB[1]):
        rate_all(place, who, 1, Rating.NOT_MET, "Nothing shown.")
    form = opened(place, SAL[1], "ask more 1")
    first, *_ = place.desk.program.required_sets[0].competencies
    assert first.id in field(form, "sections").value.split("\n")

    send(place, SAL[1], form.key, {"sections": first.id, "reason": "Show one, please."})
    (token,) = [word for word in place.heard(ADA.email)[-1].split() if word.startswith("R-")][:1]
    place.send(ADA.email, prop("steps.txt", place.folder), caption=f"for {token.strip('.,')}")

    again = opened(place, REV[1], "rate 2")
    assert [one.name for one in again.fields] == [f"rating:{first.id}", f"comment:{first.id}"]
    assert stored(place, 1).decision is not None


def test_two_people_with_the_same_form_give_one_decision(place: House) -> None:
    write_and_submit(place)
    place.enrol(replace(BEA, electives=()))
    for who in (REV[1], ROB[1]):
        rate_all(place, who, 1, Rating.MET)
    form = opened(place, SAL[1], "decide 1")
    late = "ade@example.org"
    assert opened(place, late, "decide 1") == form

    send(place, SAL[1], form.key, {"outcome": Outcome.APPROVED, "reason": "Good."})
    told = send(place, late, form.key, {"outcome": Outcome.COURSE, "reason": "No."})

    assert "Sal Moreau decided submission 1" in told
    decision = stored(place, 1).decision
    assert decision
    assert decision.outcome is Outcome.APPROVED
