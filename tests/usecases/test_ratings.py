"""Who sees which ratings when, and what they add up to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.people import Candidate
from bot.domain.rights import Role
from tests.cast import ADA, ADE, BEA, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import reply, staffed, stored, submitted

SET = "technology"
SIZE = 9  # competencies of the set


@pytest.fixture
def desk(house: House) -> House:
    """Ada's submission 1, taken on by Rev and Rob."""
    staffed(house)
    submitted(house, house.enrol(ADA), SET)
    for who in (REV[1], ROB[1]):
        reply(house, who, "claim 1")
    return house


def flat(text: str) -> str:
    """The text in one line."""
    return " ".join(text.split())


def test_the_candidate_cannot_rate_or_read_ratings(desk: House) -> None:
    for said in ("rate 1 all met", "ratings 1"):
        assert "in a matter of your own" in reply(desk, ADA.email, said)
    assert not stored(desk, 1).ratings


def test_each_reviewer_judges_alone_first(desk: House) -> None:
    reply(desk, ROB[1], "rate 1 TECH-1 not met: a secret remark")
    reply(desk, ROB[1], "rate 1 the rest met")
    told = reply(desk, REV[1], "rate 1 TECH-1 met")

    before = flat(reply(desk, REV[1], "ratings 1"))
    reply(desk, REV[1], "rate 1 the rest met")
    after = flat(reply(desk, REV[1], "ratings 1"))

    for text in (told, before):
        assert "secret" not in text
        assert "not met" not in text
        assert "disagree" not in text
    assert "TECH-1: Rev Lindqvist met." in before
    assert "How others rated is shown to you when you have rated everything." in before
    assert "Rob Achebe not met (\u201ca secret remark\u201d). Combined: not met. They dis" in after


def test_staff_see_every_rating_as_it_comes(desk: House) -> None:
    reply(desk, ROB[1], "rate 1 TECH-1 met")

    seen = flat(reply(desk, SAL[1], "ratings of submission 1"))

    assert "TECH-1: Rob Achebe met." in seen
    assert "TECH-2: not rated yet." in seen
    assert "proposes" not in seen


def test_whoever_is_staff_and_reviews_it_judges_alone_too(desk: House) -> None:
    desk.appoint(*REV, Role.STAFF)
    reply(desk, ROB[1], "rate 1 TECH-1 met")

    assert "Rob Achebe" not in reply(desk, REV[1], "ratings 1")


def test_staff_hear_of_the_last_rating_and_of_nothing_before(desk: House) -> None:
    reply(desk, REV[1], "rate 1 all met")
    reply(desk, ROB[1], "rate 1 TECH-4 not met: nothing is here")
    assert desk.heard(SAL[1]) == []

    told = flat(reply(desk, ROB[1], "rate 1 the rest met"))

    proposal = "The rule proposes to ask more documents for TECH-4."
    counts = "8 met (at least 7 needed), 0 partially met (at most 2 allowed), 1 not met."
    assert f"{counts} {proposal} A person decides." in told
    for who in (SAL[1], ADE[1]):
        (alert,) = desk.heard(who)
        assert flat(alert).startswith(f"Submission 1 (Technology) is rated. {proposal}")
        assert "say: ratings 1." in flat(alert)


def test_staff_hear_again_when_a_change_turns_the_proposal(desk: House) -> None:
    for who in (REV[1], ROB[1]):
        reply(desk, who, "rate 1 all met")

    reply(desk, ROB[1], "rate 1 TECH-4 met: as it was")
    reply(desk, ROB[1], "rate 1 TECH-4 not met: it is somebody else's")

    first, second = desk.heard(SAL[1])
    assert "proposes to approve it" in flat(first)
    assert "proposes to ask more documents for TECH-4" in flat(second)


def test_the_proposal_quotes_the_rule_it_rests_on(desk: House) -> None:
    for who in (REV[1], ROB[1]):
        reply(desk, who, "rate 1 all met")

    seen = flat(reply(desk, SAL[1], "ratings 1"))

    assert f"{SIZE} met (at least 7 needed)" in seen
    assert "The rule proposes to approve it. A person decides." in seen
    assert "The 70 percent rule" in seen


def test_a_second_round_rates_what_was_asked_for_and_shows_the_rest(desk: House) -> None:
    reply(desk, REV[1], "rate 1 TECH-3 not met: the log is empty\nrate 1 the rest met")
    reply(desk, ROB[1], "rate 1 all met")
    reply(desk, SAL[1], "ask more 1: the log is missing")
    second = submitted(desk, _ada(desk), SET, follows=stored(desk, 1))
    claims = stored(desk, 1).claims
    with desk.transaction() as uow:
        assert uow.submissions.save(replace(second, claims=claims), at=desk.clock())
        uow.commit()

    alone = flat(reply(desk, REV[1], "ratings 2"))
    refused = flat(reply(desk, REV[1], "rate 2 TECH-1 met"))
    kept = flat(reply(desk, REV[1], "rate 2 all met"))
    last = flat(reply(desk, ROB[1], "rate 2 all not met: it is still empty"))
    seen = flat(reply(desk, SAL[1], "ratings 2"))

    assert "TECH-1: Rev Lindqvist met, in an earlier round; Rob Achebe met, in an earlier" in alone
    assert "Left for you: TECH-3." in alone
    assert "TECH-1 is not to be rated in submission 2. To be rated are: TECH-3." in refused
    assert "Rated in submission 2: TECH-3. You have rated everything. 1 rating of others" in kept
    assert "The rule proposes to recommend a course. A person decides." in last
    assert "When a course is recommended" in seen


def _ada(house: House) -> Candidate:
    with house.transaction() as uow:
        person = uow.people.find(ADA.email)
        found = uow.people.candidate(person) if person else None
    assert found
    return found


def test_nobody_is_sent_to_claim_what_cannot_be_claimed(desk: House) -> None:
    bea = desk.enrol(BEA)
    for set_id in (SET, "access-services"):
        submitted(desk, bea, set_id)
    reply(desk, BEA.email, "withdraw submission 2")
    desk.appoint(*ADE, Role.REVIEWER)

    full, withdrawn, free = (flat(reply(desk, ADE[1], f"rate {n} TECH-1 met")) for n in (1, 2, 3))

    assert "whether a place is left, you see with: queue" in full
    assert "Submission 2 was withdrawn by the candidate" in withdrawn
    assert "say: claim 3" in free
    assert "was withdrawn by the candidate" in flat(reply(desk, REV[1], "ratings 2"))
    assert "was withdrawn by the candidate" in flat(reply(desk, SAL[1], "ratings 2"))
