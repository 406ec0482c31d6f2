"""The queue: what waits, who takes it on, and who gives it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.people import Candidate
from bot.domain.rights import Role
from bot.domain.rules import Outcome, Route
from tests.cast import ADA, ADE, BEA, DOT, MIA, REV, ROB, SAL
from tests.desk import House
from tests.reviewed import Judged, reply, reviewed, staffed, stored, submitted, waiting

SET = "technology"


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, in a house with reviewers and staff."""
    staffed(house)
    return house.enrol(ADA)


@pytest.mark.parametrize("who", [REV[1], SAL[1], ADE[1]])
def test_reviewers_staff_and_admins_see_what_waits(house: House, ada: Candidate, who: str) -> None:
    assert reply(house, who, "queue") == "Nothing waits for a review."
    submitted(house, ada, SET)
    house.clock.forward(timedelta(days=3))

    said = reply(house, who, "queue")

    assert "1 submission waits for a decision, the oldest first:" in said
    assert "1: Ada Reyes, Technology, Portfolio, round 1, 0 files, waiting 3 days." in said
    assert "2 places free." in said


def test_a_day_begins_at_midnight_where_the_asker_is(house: House, ada: Candidate) -> None:
    with house.transaction() as uow:
        uow.people.add("Ivo Tan", email="ivo@example.org", time_zone="Pacific/Kiritimati")
        uow.commit()
    house.appoint("Ivo Tan", "ivo@example.org", Role.REVIEWER)
    house.clock.forward(timedelta(hours=12))  # 06:00 UTC, 20:00 in Kiritimati
    submitted(house, ada, SET)
    assert "since today" in reply(house, "ivo@example.org", "queue")

    house.clock.forward(timedelta(hours=5))

    assert "waiting 1 day." in reply(house, "ivo@example.org", "queue")
    assert "since today" in reply(house, REV[1], "queue")


def test_it_says_who_has_taken_what_on(house: House, ada: Candidate) -> None:
    submitted(house, ada, SET)
    submitted(house, ada, "foundations-of-library-services", route=Route.COURSE)

    reply(house, REV[1], "claim 1")
    reply(house, ROB[1], "claim 2")

    said = " ".join(reply(house, SAL[1], "queue").split())
    assert "Taken on by Rev Lindqvist; 1 place free." in said
    assert "2: Ada Reyes, Foundations of Library Services, Course," in said
    assert "Taken on by Rob Achebe; full." in said


def test_ten_are_shown_and_the_rest_on_the_next_page(house: House, ada: Candidate) -> None:
    bea = house.enrol(BEA)
    for person in (ada, bea):
        for one in house.desk.program.sets[:6]:
            submitted(house, person, one.id)

    first = reply(house, SAL[1], "queue")
    second = reply(house, SAL[1], "queue after 10")

    assert "12 submissions wait" in first
    assert "- 10: Bea Okafor" in first
    assert "- 11: " not in first
    assert "say: queue after 10" in first
    assert "- 11: Bea Okafor" in second
    assert "- 12: Bea Okafor" in second
    assert "queue after" not in second
    assert reply(house, SAL[1], "queue after 12") == "There is nothing after that. Say: queue."


def test_what_is_decided_or_taken_back_waits_no_more(house: House, ada: Candidate) -> None:
    one = waiting(house, ada, SET)
    submitted(house, ada, "access-services")
    reply(house, SAL[1], f"approve {one.id}: well done")
    reply(house, ADA.email, "withdraw submission 2")

    assert reply(house, REV[1], "queue") == "Nothing waits for a review."


def test_ones_own_submissions_are_not_offered(house: House, ada: Candidate) -> None:
    bea = house.enrol(BEA)
    house.appoint(ada.person.name, ADA.email, Role.REVIEWER)
    for one in house.desk.program.sets:
        submitted(house, ada, one.id)
    submitted(house, bea, SET)

    said = reply(house, ADA.email, "queue")

    assert "1 submission waits" in said
    assert "- 11: Bea Okafor" in said
    assert "Ada Reyes" not in said


@pytest.mark.parametrize("said", ["queue", "my reviews", "queue after 3"])
def test_others_are_told_no_more_than_that_nothing_is_there(
    house: House, ada: Candidate, said: str
) -> None:
    house.appoint(*MIA)
    submitted(house, ada, SET)

    nothing = "There is nothing of that number or name for you. Say: help."
    assert reply(house, ADA.email, said) == reply(house, MIA[1], said) == nothing
    assert reply(house, DOT, said) == reply(house, DOT, "progress")


def test_my_reviews_are_those_i_have_and_what_is_left(house: House, ada: Candidate) -> None:
    assert "You have no open reviews" in reply(house, REV[1], "my reviews")
    for one in (SET, "access-services", "foundations-of-library-services"):
        submitted(house, ada, one)
    reply(house, REV[1], "claim 1")
    reply(house, REV[1], "claim 3")
    reply(house, ROB[1], "claim 2")
    reply(house, REV[1], "rate 1 all met")
    first = house.desk.program.set("foundations-of-library-services").competencies[0].id
    reply(house, REV[1], f"rate 3 {first} met")

    said = " ".join(reply(house, REV[1], "my reviews").split())

    assert "- 1: Ada Reyes, Technology" in said
    assert "Nothing left for you to rate." in said
    assert "- 3: Ada Reyes, Foundations of Library Services" in said
    assert "11 left for you to rate." in said
    assert "- 2:" not in said


def test_a_later_round_goes_back_to_the_same_two(house: House, ada: Candidate) -> None:
    weak: Judged = {}
    first = waiting(house, ada, SET, weak)
    reply(house, SAL[1], f"ask more {first.id} for TECH-3: show more")
    decision = stored(house, first.id).decision
    assert decision
    assert decision.outcome is Outcome.MORE
    second = submitted(house, ada, SET, follows=stored(house, first.id))
    reviewers = staffed(house)

    reviewed(house, second, reviewers)

    assert "round 2" in reply(house, SAL[1], "queue")
