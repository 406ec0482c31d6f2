"""An appeal's result that reopens: the same submission is judged again, from the start."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.people import Candidate
from bot.domain.rights import Role
from bot.domain.rules import Outcome, Route
from bot.domain.submission import Stage
from tests.cast import ADA, ADE, BEA, REV, ROB, SAL
from tests.desk import House
from tests.leaving import export, new_house, take_on
from tests.reviewed import appeal_of, appealable, begin_appeal, reply, stored, trail
from tests.submitted import (
    ASKED,
    CERTIFICATE,
    answer_all,
    asked_for_more,
    open_sections,
    own,
    send,
    tokens,
)
from tests.usecases.test_choosing import routes_of

RESULT = "appeal result 1 returned: Look at TECH-3 again."


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, for whose portfolio (submission 1) a course was recommended, and who appealed."""
    found = appealable(house)
    appealed(house)
    return found


@pytest.fixture
def asked(house: House) -> Candidate:
    """Ada, of whose portfolio (submission 1) more was asked, and who appealed against that."""
    found = asked_for_more(house)
    appealed(house)
    return found


def appealed(house: House) -> None:
    """Every step of Ada's appeal but its result."""
    begin_appeal(house)
    reply(house, ADA.email, "reasons filed appeal 1: Sent by mail.")
    for step in ("response", "meeting"):
        house.clock.forward(timedelta(days=5))
        reply(house, SAL[1], f"appeal step 1 {step}")


def test_the_same_items_wait_for_a_review_from_the_start(house: House, ada: Candidate) -> None:
    said = reply(house, SAL[1], RESULT)

    first, again = own(house, ada)
    assert (again.follows, again.route, again.items) == (first.id, first.route, first.items)
    assert (again.stage, again.claims, again.ratings, again.asked) == (Stage.WAITING, (), (), ())
    assert again.round == first.round
    assert first.decision is not None
    assert "judged again as submission 2, which waits in the queue" in said
    told = house.heard(ADA.email)[-1]
    assert "has ended: returned to the committee" in told
    assert "Technology (Portfolio) is judged again from the start, as submission 2" in told
    assert "you need not do anything" in told
    assert "judged again as submission 2" in house.heard(ADE[1])[-1]
    for who in (REV[1], ROB[1]):
        assert "After an appeal submission 2 (Technology) of Ada" in house.heard(who)[-1]
        assert "Look at TECH-3 again." in house.heard(who)[-1]
    (line,) = [e for e in trail(house) if e.action == "judged-again"]
    assert (line.subject, line.details["follows"]) == ("submission:2", "1")


def test_a_result_that_upholds_changes_nothing(house: House, ada: Candidate) -> None:
    reply(house, SAL[1], "appeal result 1 upheld: The procedure was followed.")

    assert len(own(house, ada)) == 1
    assert "judged again" not in house.heard(ADA.email)[-1]
    assert routes_of(house, ADA)["technology"] is Route.COURSE


def test_the_chosen_route_is_the_submissions_again(house: House, ada: Candidate) -> None:
    assert routes_of(house, ADA)["technology"] is Route.COURSE

    reply(house, SAL[1], RESULT)

    assert routes_of(house, ADA)["technology"] is Route.PORTFOLIO
    said = reply(house, ADA.email, "routes")
    assert "Technology: portfolio, submitted (submission 2)" in said


def test_everything_is_rated_anew_and_can_be_approved(house: House, ada: Candidate) -> None:
    reply(house, SAL[1], RESULT)

    for who in (REV[1], ROB[1]):
        reply(house, who, "claim 2")
        said = reply(house, who, "rate 2 all met")
        assert all(f"TECH-{n}" in said for n in range(1, 10))
    assert "judged again, from the start" in reply(house, REV[1], "dossier 2")
    reply(house, SAL[1], "approve 2: It is shown.")

    assert "Technology: achieved." in reply(house, ADA.email, "progress")
    assert stored(house, 1).decision is not None


def test_judging_again_uses_up_no_chance(house: House, ada: Candidate) -> None:
    reply(house, SAL[1], RESULT)
    for who in (REV[1], ROB[1]):
        reply(house, who, "claim 2")
        reply(house, who, "rate 2 TECH-3 not met: Nothing is shown.")
        reply(house, who, "rate 2 the rest met")

    assert "ask more documents for TECH-3" in reply(house, SAL[1], "ratings 2")
    reply(house, SAL[1], "ask more 2: One is thin.")

    assert open_sections(house, ada) == {"TECH-3"}
    send(house, ADA.email, "steps.txt", tokens(house, ada)["TECH-3"])
    third = own(house, ada)[-1]
    assert (third.round, third.follows, third.asked) == (2, 2, ("TECH-3",))


def test_the_candidate_cannot_take_it_back(house: House, ada: Candidate) -> None:
    reply(house, SAL[1], RESULT)

    assert "cannot be withdrawn" in reply(house, ADA.email, "withdraw submission 2")
    assert "withdraw submission 2" not in reply(house, ADA.email, "submit technology")
    assert stored(house, 2).open


def test_what_was_asked_for_is_given_up(house: House, asked: Candidate) -> None:
    codes = tokens(house, asked)
    assert open_sections(house, asked) == set(ASKED)

    assert "2 open requests are given up" in reply(house, SAL[1], RESULT)

    assert open_sections(house, asked) == set()
    told = house.heard(ADA.email)[-1]
    assert f"not wanted any more: {codes['TECH-3']}, {codes['TECH-8']}." in told
    said = send(house, ADA.email, "steps.txt", codes["TECH-3"])
    assert "is not wanted any more" in said
    assert len(own(house, asked)) == 2


@pytest.mark.parametrize("achieved", [False, True])
def test_nothing_is_judged_again_while_the_set_is_on_its_way_or_achieved(
    house: House, asked: Candidate, *, achieved: bool
) -> None:
    answer_all(house, asked)
    if achieved:
        for who in (REV[1], ROB[1]):
            reply(house, who, "rate 2 all met")
        reply(house, SAL[1], "approve 2: Now it is shown.")
    why = "achieved" if achieved else "in review"

    said = reply(house, SAL[1], RESULT)

    assert appeal_of(house).result == "returned to the committee"
    expected = f"Nothing is judged again because of it: Technology is {why} meanwhile (submission 2"
    assert expected in said
    assert expected in house.heard(ADE[1])[-1]
    assert expected in house.heard(ADA.email)[-1]
    assert len(own(house, asked)) == 2


def test_a_certificate_that_was_judged_is_judged_again(house: House, ada: Candidate) -> None:
    send(house, BEA.email, "slip.txt", CERTIFICATE)
    reply(house, BEA.email, "submit technology")
    reply(house, SAL[1], "recommend course 2: This is no approved course.")
    reply(house, BEA.email, "notice 2")
    reply(house, BEA.email, "file notice 2")
    reply(house, BEA.email, "reasons filed appeal 2")
    for step in ("response", "meeting"):
        reply(house, SAL[1], f"appeal step 2 {step}")
    reply(house, SAL[1], "appeal result 2 returned: It is an approved one.")

    assert stored(house, 3).route is Route.COURSE
    reply(house, SAL[1], "approve 3: It is in order.")
    decision = stored(house, 3).decision
    assert decision is not None
    assert decision.outcome is Outcome.APPROVED


def test_it_is_exported_and_taken_on_as_it_is(
    knowledge: Knowledge, house: House, asked: Candidate, tmp_path: Path
) -> None:
    reply(house, SAL[1], RESULT)
    other = new_house(knowledge, tmp_path / "other")

    done = take_on(other, export(house, ADA.email))

    again, there = own(house, asked)[1], stored(other, done.submissions[2])
    assert (there.follows, there.round, there.items) == (done.submissions[1], 1, again.items)
    assert there.judged_again
    with other.transaction() as uow:
        assert [r.given_up for r in uow.requests.of(done.candidate.person)] == [True, True]
    other.database.close()


def test_reviewers_who_are_staff_too_never_judge_their_own(house: House, ada: Candidate) -> None:
    house.appoint(ADA.name, ADA.email, Role.REVIEWER)

    reply(house, SAL[1], RESULT)

    assert not [text for text in house.heard(ADA.email) if "After an appeal" in text]
    reply(house, ADA.email, "claim 2")
    assert stored(house, 2).claims == ()
