"""Electives as a candidate meets them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.people import Candidate
from bot.domain.rules import Outcome, Route
from bot.domain.submission import ReviewDecision, Stage, Submission
from bot.usecases.enrol import Enrolment
from tests.cast import ADA, BEA, DOT
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import submitted, trail

IDA = Enrolment(
    name="Ida Brandt",
    email="ida@example.org",
    time_zone="Europe/Zurich",
    enrolled_on=date(2026, 1, 1),
)
ACC, COLL = "access-services", "collection-management"
REFERENCE = "Reference and Information Services"


@pytest.fixture
def workshop(other_knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """A Carrel of the invented program, where Ida is enrolled."""
    made = House(other_knowledge, tmp_path)
    made.enrol(IDA)
    yield made
    made.database.close()


def candidate(house: House, who: Enrolment = ADA) -> Candidate:
    with house.transaction() as uow:
        person = uow.people.find(who.email)
        found = uow.people.candidate(person) if person else None
    assert found is not None
    return found


def routes_of(house: House, who: Enrolment) -> dict[str, Route]:
    """The routes that somebody chose."""
    person = candidate(house, who).person
    with house.transaction() as uow:
        return dict(uow.routes.of(person))


def decided(house: House, submission: Submission, outcome: Outcome) -> None:
    """What a review ends with, without the review."""
    decision = ReviewDecision(
        outcome=outcome, by=99, name="Rev", at=house.clock(), reason="so", sections=()
    )
    with house.transaction() as uow:
        assert uow.submissions.save(
            replace(submission, stage=Stage.DECIDED, decision=decision), at=house.clock()
        )
        uow.commit()


def test_electives_tell_what_each_is_and_how_many_are_still_to_choose(home: House) -> None:
    home.send(BEA.email, prop("notes.txt", home.folder), caption="for YTH-2")

    said = home.say(BEA.email, "electives")

    assert "You have chosen 0 of 3 electives: 3 still to choose." in said
    assert "- Youth Services (YTH): 12 competencies, started, 1 of them with evidence." in said
    assert "- Access Services (ACC): 13 competencies, not started." in said
    assert "“Which electives to choose”" in said
    assert "choose Youth Services" in [c.says for c in home.choices()]


def test_an_elective_with_a_certificate_and_one_on_its_way_say_so(home: House) -> None:
    caption = "for access services certificate"
    home.send(ADA.email, prop("notes.txt", home.folder), caption=caption)
    submitted(home, candidate(home), COLL)

    said = home.say(ADA.email, "electives")

    assert "- Access Services (ACC): 13 competencies, certificate filed." in said
    assert "- Collection Management (COLL): 10 competencies, submitted." in said
    assert "drop Collection Management" not in [c.says for c in home.choices()]


def test_electives_are_chosen_one_after_the_other_and_dropped_again(home: House) -> None:
    said = home.say(BEA.email, f"choose youth services and {REFERENCE}")
    assert f"Chosen: Youth Services, {REFERENCE}." in said
    assert "1 still to choose" in said

    home.say(BEA.email, "choose cataloging")
    assert candidate(home, BEA).electives == (
        "youth-services",
        "reference-and-information-services",
        "cataloging-and-classification",
    )

    assert "2 of 3 electives" in home.say(BEA.email, "drop youth services")
    assert "Chosen: Youth Services." in home.say(BEA.email, "1")
    assert [e.details for e in trail(home) if e.action == "chose-electives"][-2:] == [
        {
            "electives": "reference-and-information-services cataloging-and-classification",
            "before": "youth-services reference-and-information-services "
            "cataloging-and-classification",
        },
        {
            "electives": "reference-and-information-services cataloging-and-classification "
            "youth-services",
            "before": "reference-and-information-services cataloging-and-classification",
        },
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("choose gardening", "I know no elective 'gardening'; nothing was changed. The electives"),
        ("choose youth services, gardening", "I know no elective 'gardening'"),
        ("choose access services", "Access Services: among your electives already"),
        ("choose youth services", "Drop 1 first. Say: drop Access Services or drop Collection"),
        ("choose technology", "Technology: required of everybody"),
        ("drop technology", "required of everybody"),
        ("drop youth services", "Youth Services is not among your electives"),
        ("drop gardening", "I know no set 'gardening'"),
        ("prove youth services by course", "an elective that you did not choose"),
    ],
)
def test_what_cannot_be_chosen_changes_nothing_and_says_what_to_do(
    home: House, words: str, said: str
) -> None:
    before = trail(home)

    assert said in home.say(ADA.email, words)
    assert candidate(home).electives == ADA.electives
    assert trail(home) == before


def test_one_known_and_one_new_elective_in_one_message_adds_the_new_one(home: House) -> None:
    home.say(BEA.email, "choose youth services")

    said = home.say(BEA.email, "choose my electives: youth services, access services")

    assert "Chosen: Access Services." in said
    assert "Chosen before already: Youth Services." in said


def test_choosing_without_a_name_shows_what_there_is(home: House) -> None:
    assert "3 of 3 electives" in home.say(ADA.email, "choose my electives")
    assert "drop Access Services" in [c.says for c in home.choices()]


def test_a_sentence_that_names_no_elective_is_a_question(home: House) -> None:
    said = home.say(ADA.email, "choose wisely, they say, but how should anybody know what to do")

    assert "I know no elective" not in said


def test_a_stranger_has_no_electives(home: House) -> None:
    for words in ("electives", "choose youth services", "routes", "pace", "drop youth services"):
        assert "I do not know yet who you are" in home.say(DOT, words)


@pytest.mark.parametrize("outcome", [None, Outcome.APPROVED])
def test_a_set_on_its_way_or_achieved_stays_and_the_others_may_change(
    home: House, outcome: Outcome | None
) -> None:
    made = submitted(home, candidate(home), ACC)
    if outcome:
        decided(home, made, outcome)

    said = home.say(ADA.email, "drop access services")

    assert f"submission {made.id}" in said
    assert "cannot be dropped" in said
    assert "is not among your electives any more" in home.say(ADA.email, "drop collection")
    assert ACC in candidate(home).electives
    assert COLL not in candidate(home).electives
    home.say(ADA.email, "choose youth services")
    assert candidate(home).electives[-1] == "youth-services"


def test_an_elective_is_free_again_when_its_submission_was_withdrawn(home: House) -> None:
    made = submitted(home, candidate(home), ACC)
    with home.transaction() as uow:
        uow.submissions.save(replace(made, stage=Stage.WITHDRAWN), at=home.clock())
        uow.commit()

    home.say(ADA.email, "drop access services")

    assert ACC not in candidate(home).electives


def test_another_program_is_chosen_and_advised_in_its_own_words(workshop: House) -> None:
    assert "1 still to choose" in workshop.say(IDA.email, "electives")
    assert "Chosen: Tower Clocks." in workshop.say(IDA.email, "choose tower clocks")
    assert "Drop 1 first" in workshop.say(IDA.email, "choose cases and dials")

    said = workshop.say(IDA.email, "which route for movements")
    assert "I recommend: Guild school (course), because 0 of 6 parts for Bench proof" in said
    assert "no longer offered" not in said
    assert "You prove Movements by Bench proof (portfolio) now." in workshop.say(IDA.email, "2")

    said = workshop.say(IDA.email, "routes")
    assert "- Movements: Bench proof (portfolio), your choice." in said
    assert "each of the 3 may take 4.4 months" in workshop.say(IDA.email, "pace")


def test_a_choice_of_one_candidate_leaves_another_alone(home: House) -> None:
    home.say(BEA.email, "choose youth services")
    home.say(BEA.email, "prove technology by course")

    assert candidate(home).electives == ADA.electives
    assert "Technology: portfolio, while" in home.say(ADA.email, "routes")
    assert routes_of(home, BEA) == {"technology": Route.COURSE}
