"""What a statement's tests look at: kept paragraphs, filed texts, achieved sets."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence, State
from bot.domain.rules import Outcome, Route
from bot.domain.submission import ReviewDecision, Stage
from bot.usecases.enrol import Enrolment
from tests.cast import ADA
from tests.desk import House

SECTION = "technology/statement"


def candidate(house: House, who: Enrolment) -> Candidate:
    with house.transaction() as uow:
        person = uow.people.find(who.email)
        found = uow.people.candidate(person) if person else None
    assert found is not None
    return found


def texts(house: House, who: Enrolment = ADA) -> list[tuple[str, ...]]:
    """The paragraphs of every version for Technology."""
    person = candidate(house, who).person
    with house.transaction() as uow:
        return [v.paragraphs for v in uow.statements.versions(person, "technology")]


def filed(house: House) -> list[Evidence]:
    """What Ada has filed as her statement for Technology."""
    person = candidate(house, ADA).person
    with house.transaction() as uow:
        held = uow.records.of(person)
    return [e for e in held if e.filing.state is State.FILED and SECTION in e.filing.sections]


def content(house: House, evidence: Evidence) -> str:
    return house.files.path(evidence.sha256).read_text(encoding="utf-8")


def achieve(house: House, who: Enrolment, set_id: str) -> None:
    """As if reviewers had approved the set."""
    person = candidate(house, who).person
    with house.transaction() as uow:
        added = uow.submissions.add(
            person, set_id=set_id, route=Route.PORTFOLIO, items=(), at=house.clock()
        )
        decision = ReviewDecision(
            outcome=Outcome.APPROVED, by=99, name="Rev", at=house.clock(), reason="Well done."
        )
        assert uow.submissions.save(
            replace(added, stage=Stage.DECIDED, decision=decision), at=house.clock()
        )
        uow.commit()
