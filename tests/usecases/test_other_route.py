"""While more documents are wanted a set may still be proved by the other route."""

from __future__ import annotations

import pytest

from bot.domain.people import Candidate
from bot.domain.rules import Outcome, Route
from bot.domain.submission import Stage
from tests.cast import ADA, BEA, SAL
from tests.desk import House
from tests.flows.props import prop
from tests.reviewed import reply, submitted, trail
from tests.submitted import (
    ASKED,
    CERTIFICATE,
    REVIEWERS,
    answer_all,
    asked_for_more,
    open_sections,
    own,
    send,
    tokens,
)
from tests.usecases.test_choosing import candidate, decided, routes_of

COURSE = "prove technology by course"


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, of whose portfolio (submission 1, Technology) more was asked for TECH-3 and TECH-8."""
    return asked_for_more(house)


def by_course(house: House) -> str:
    """What Ada is told when she submits her certificate instead of what was asked for."""
    reply(house, ADA.email, COURSE)
    send(house, ADA.email, "slip.txt", CERTIFICATE)
    return reply(house, ADA.email, "submit technology")


def test_an_elective_of_which_more_is_wanted_is_not_dropped(home: House) -> None:
    made = submitted(home, candidate(home), "access-services")
    decided(home, made, Outcome.MORE)

    said = home.say(ADA.email, "drop access services")

    assert "More documents are wanted for Access Services (submission 1)" in said
    assert "Say: requests" in said
    assert "prove Access Services by course" in said
    assert candidate(home).electives == ADA.electives
    home.say(ADA.email, "electives")
    assert "drop Access Services" not in [c.says for c in home.choices()]


def test_choosing_the_course_tells_that_both_ways_stay_open(house: House, ada: Candidate) -> None:
    said = reply(house, ADA.email, COURSE)

    assert "You prove Technology by course now." in said
    assert "submission 1 stays wanted until you submit Technology by course" in said
    assert "goes back to its reviewers by portfolio" in said
    assert open_sections(house, ada) == set(ASKED)


def test_a_certificate_takes_the_place_of_what_was_asked_for(house: House, ada: Candidate) -> None:
    codes = tokens(house, ada)
    said = by_course(house)

    first, second = own(house, ada)
    assert (second.route, second.round, second.follows) == (Route.COURSE, 1, None)
    assert [i.section for i in second.items] == ["technology/certificate"]
    assert first.stage is Stage.DECIDED
    assert "Submitted: Technology, Course, as submission 2" in said
    assert "takes the place of what was asked for in submission 1" in said
    assert all(code in said for code in codes.values())
    assert open_sections(house, ada) == set()
    assert "no open request" in reply(house, ADA.email, "requests")
    for who in (*REVIEWERS, SAL[1]):
        (told,) = [text for text in house.heard(who) if "submission 2" in text]
        assert "What was asked for in submission 1 is given up" in told
    assert [e.details["section"] for e in trail(house) if e.action == "given-up"] == list(ASKED)
    reply(house, SAL[1], "approve 2: The certificate is in order.")
    assert "Technology: achieved." in reply(house, ADA.email, "progress")


def test_without_the_certificate_nothing_is_given_up(house: House, ada: Candidate) -> None:
    reply(house, ADA.email, COURSE)

    said = reply(house, ADA.email, "submit technology")

    assert "lacks 1 of 1 parts, so nothing was submitted" in said
    assert open_sections(house, ada) == set(ASKED)
    assert len(own(house, ada)) == 1


def test_the_choice_can_be_taken_back_before_that(house: House, ada: Candidate) -> None:
    reply(house, ADA.email, COURSE)
    said = reply(house, ADA.email, "prove technology by portfolio")

    assert "what was asked for in submission 1 is wanted" in said
    said = reply(house, ADA.email, "submit technology")
    assert "Send them with their codes" in said
    assert "prove Technology by course" in said
    assert "round 2" in answer_all(house, ada)


def test_a_filed_certificate_alone_changes_no_route(house: House, ada: Candidate) -> None:
    send(house, ADA.email, "slip.txt", CERTIFICATE)

    assert "Send them with their codes" in reply(house, ADA.email, "submit technology")
    assert len(own(house, ada)) == 1


def test_when_all_comes_by_its_codes_the_set_goes_back_on_its_first_route(
    house: House, ada: Candidate
) -> None:
    reply(house, ADA.email, COURSE)

    answer_all(house, ada)

    second = own(house, ada)[-1]
    assert (second.round, second.route, second.follows) == (2, Route.PORTFOLIO, 1)
    assert routes_of(house, ADA)["technology"] is Route.PORTFOLIO
    assert "Technology: portfolio, in review (submission 2)" in reply(house, ADA.email, "routes")


def test_what_was_given_up_is_answered_by_nothing(house: House, ada: Candidate) -> None:
    codes = tokens(house, ada)
    send(house, ADA.email, "steps.txt", codes["TECH-3"])
    by_course(house)

    for section in ASKED:
        said = send(house, ADA.email, "faults.txt", codes[section])
        assert f"What {codes[section]} asked for is not wanted any more" in said
    reply(house, SAL[1], "recommend course 2: This is no approved course.")
    assert "not wanted any more" in reply(house, ADA.email, f"file 1 answers {codes['TECH-3']}")
    assert len(own(house, ada)) == 2


def test_an_answer_that_leaves_its_section_after_that_is_not_asked_for_again(
    house: House, ada: Candidate
) -> None:
    send(house, ADA.email, "steps.txt", tokens(house, ada)["TECH-3"])
    by_course(house)

    said = reply(house, ADA.email, "remove 3")

    assert "wanted again" not in said
    assert open_sections(house, ada) == set()


def test_once_the_certificate_is_taken_back_what_was_given_up_is_wanted_again(
    house: House, ada: Candidate
) -> None:
    send(house, ADA.email, "steps.txt", tokens(house, ada)["TECH-3"])
    by_course(house)

    said = reply(house, ADA.email, "withdraw submission 2")

    assert f"wait for evidence again: {tokens(house, ada)['TECH-8']}" in said
    assert "submit Technology" in said
    assert open_sections(house, ada) == {"TECH-8"}
    send(house, ADA.email, "faults.txt", tokens(house, ada)["TECH-8"])
    assert own(house, ada)[-1].follows == 1


def test_ready_and_preview_tell_both_ways_and_agree(house: House, ada: Candidate) -> None:
    codes = tokens(house, ada)
    said = reply(house, ADA.email, "ready technology")
    assert all(f"{id}: send it with {codes[id]}" in said for id in ASKED)
    assert "prove Technology by course" in said
    said = reply(house, ADA.email, "preview technology")
    assert "by portfolio: if it went back now, 2 reviewers would see exactly this: 10 files" in said
    assert "Checked by a rule" not in said

    reply(house, ADA.email, COURSE)
    for words in ("ready technology", "preview technology"):
        said = reply(house, ADA.email, words)
        assert "Two ways are open. By course: submit Technology" in said
        assert f"By portfolio, as it was submitted: send what was asked for ({codes['TECH-3']}" in (
            said
        )
        assert "10 files" not in said
        assert "0 of 1 sections" in said
    assert "submit Technology" not in [c.says for c in house.choices()]
    said = reply(house, ADA.email, "ready")
    assert "Technology: 1 of 1 missing, by course. Or by portfolio: more documents are" in said

    send(house, ADA.email, "slip.txt", CERTIFICATE)
    assert "Technology, by course, is ready" in reply(house, ADA.email, "ready technology")
    said = reply(house, ADA.email, "preview technology")
    assert "a reviewer would see exactly this: 1 file in 1 section" in said
    assert "submit Technology" in [c.says for c in house.choices()]


def test_a_course_of_which_more_is_wanted_may_become_a_portfolio(
    house: House, ada: Candidate
) -> None:
    house.send(BEA.email, prop("slip.txt", house.folder), caption=CERTIFICATE)
    reply(house, BEA.email, "submit technology")
    reply(house, SAL[1], "ask more 2: This page is cut off.")

    assert "Or prove the set by portfolio" in reply(house, BEA.email, "ready technology")
    assert "prove Technology by portfolio" in reply(house, BEA.email, "submit technology")
    reply(house, BEA.email, "prove technology by portfolio")
    assert "lacks 10 of 10 parts" in reply(house, BEA.email, "submit technology")


def test_a_portfolio_that_was_given_up_gets_no_second_chance(house: House, ada: Candidate) -> None:
    by_course(house)
    reply(house, SAL[1], "ask more 2: The signature is missing.")
    reply(house, ADA.email, "prove technology by portfolio")

    said = reply(house, ADA.email, "submit technology")

    assert "was given up for the course" in said
    assert len(own(house, ada)) == 2
