"""Two people, or two messages, at the same moment: one of them wins, and the other is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import Knowledge
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.messages import Address
from bot.domain.people import Candidate
from bot.domain.rights import Role
from bot.domain.rules import Route
from bot.domain.submission import Stage
from tests.cast import ADA, REV, ROB, SAL
from tests.desk import House
from tests.flows.races import at_once
from tests.flows.town import PlainReader
from tests.reviewed import reply, stored, submitted

LIV, REN = ("Liv Aas", "liv@example.org"), ("Ren Ito", "ren@example.org")
PHONE = "ada-phone"
MOMENT = "on Saturday, 21 November 2026 at 18:00"
TIMES = 10


@pytest.fixture
def house(knowledge: Knowledge, tmp_path: Path, shared_url: str) -> Iterator[House]:
    """A Carrel on a database that several workers share, with three reviewers and two of staff."""
    made = House(knowledge, tmp_path, url=shared_url)
    made.desk = replace(made.desk, reader=PlainReader())
    for person in (REV, ROB, REN):
        made.appoint(*person, Role.REVIEWER)
    for person in (SAL, LIV):
        made.appoint(*person, Role.STAFF)
    yield made
    made.database.close()


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, who has as many sets to submit as there are races."""
    assert len(house.desk.program.sets) >= TIMES
    return house.enrol(ADA)


def each(house: House, ada: Candidate, *, route: Route) -> Iterator[int]:
    """The number of a fresh submission for each race."""
    for one in house.desk.program.sets[:TIMES]:
        yield submitted(house, ada, one.id, route=route).id


def steps(house: House, number: int) -> list[str]:
    """What was done to a submission."""
    with house.transaction() as uow:
        assert uow.trail.broken_at() is None
        return [line.action for line in uow.trail.entries(subject=f"submission:{number}")]


def test_of_two_decisions_one_is_kept_and_the_other_told(house: House, ada: Candidate) -> None:
    winners = set()
    for number in each(house, ada, route=Route.COURSE):
        told = at_once(
            house,
            house.message(SAL[1], f"approve {number}: It is in order."),
            house.message(LIV[1], f"recommend course {number}: It is not in order."),
        )

        decision = stored(house, number).decision
        assert decision is not None
        winner, loser = (SAL, LIV) if decision.name == SAL[0] else (LIV, SAL)
        winners.add(decision.name)
        assert told[winner[1]].startswith("Decided: ") or "is complete" in told[winner[1]]
        assert f"{winner[0]} decided submission {number} {MOMENT}" in told[loser[1]]
        assert steps(house, number).count("decided") == 1
        news = [t for t in house.heard(ADA.email) if f"submission {number} (" in t]
        assert len(news) == 1
    assert winners


def test_of_two_who_claim_the_last_place_one_has_it(house: House, ada: Candidate) -> None:
    for number in each(house, ada, route=Route.PORTFOLIO):
        reply(house, REV[1], f"claim {number}")

        told = at_once(
            house,
            house.message(ROB[1], f"claim {number}"),
            house.message(REN[1], f"claim {number}"),
        )

        names = [claim.name for claim in stored(house, number).claims]
        winner, loser = (ROB, REN) if ROB[0] in names else (REN, ROB)
        assert names == [REV[0], winner[0]]
        assert "is yours to review: place 2 of 2 is taken" in told[winner[1]]
        assert f"Submission {number} was taken by {REV[0]}" in told[loser[1]]
        assert f"{winner[0]} {MOMENT}" in told[loser[1]]
        assert steps(house, number).count("claimed") == 2


def test_of_two_who_claim_two_places_both_have_one(house: House, ada: Candidate) -> None:
    for number in each(house, ada, route=Route.PORTFOLIO):
        told = at_once(
            house,
            house.message(ROB[1], f"claim {number}"),
            house.message(REN[1], f"claim {number}"),
        )

        assert {claim.name for claim in stored(house, number).claims} == {ROB[0], REN[0]}
        assert all("is yours to review" in text for text in told.values())


def test_a_withdrawal_and_a_claim_do_not_both_happen(house: House, ada: Candidate) -> None:
    for number in each(house, ada, route=Route.PORTFOLIO):
        told = at_once(
            house,
            house.message(ADA.email, f"withdraw submission {number}"),
            house.message(REV[1], f"claim {number}"),
        )

        one = stored(house, number)
        if one.stage is Stage.WITHDRAWN:
            assert not one.claims
            assert "was withdrawn by the candidate" in told[REV[1]]
            assert told[ADA.email].startswith("Withdrawn")
        else:
            assert [claim.name for claim in one.claims] == [REV[0]]
            assert "has started, so it cannot be withdrawn" in told[ADA.email]
            assert "is yours to review" in told[REV[1]]
        assert len({"claimed", "withdrawn"} & set(steps(house, number))) == 1


def test_of_two_messages_with_one_code_one_answers_it(house: House, ada: Candidate) -> None:
    with house.transaction() as uow:
        phone = Address(channel=house.channel.name, value=PHONE)
        uow.people.connect(ada.person, phone, at=house.clock())
        uow.commit()
    for number in each(house, ada, route=Route.COURSE):
        reply(house, SAL[1], f"ask more {number}: Another one is wanted.")
        (wanted,) = (r for r in requests(house, ada) if r.open)

        told = at_once(
            house,
            *(
                house.message(who, wanted.token, house.attach(paper(house, f"{number} {who}")))
                for who in (ADA.email, PHONE)
            ),
        )

        with house.transaction() as uow:
            back = [s for s in uow.submissions.of(ada.person) if s.follows == number]
            held = {e.number for e in uow.records.of(ada.person)}
        assert len(back) == 1
        (answered,) = (r for r in requests(house, ada) if r.id == wanted.id)
        assert answered.closed_by in held
        assert sorted("That was all" in text for text in told.values()) == [False, True], told
        (late,) = (text for text in told.values() if "That was all" not in text)
        assert f"the set is with its reviewers again, as submission {back[0].id}" in late


def requests(house: House, ada: Candidate) -> tuple[EvidenceRequest, ...]:
    """Everything that was wanted of her."""
    with house.transaction() as uow:
        return uow.requests.of(ada.person)


def paper(house: House, name: str) -> Path:
    """A file of that name."""
    path = house.folder / f"{name}.txt"
    path.write_text(f"What I did, and how: {name}.", encoding="utf-8")
    return path
