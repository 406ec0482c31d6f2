"""A decision is one person's, with a reason, and there is one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from bot.app import Knowledge
from bot.domain.people import Candidate
from bot.domain.review import decide
from bot.domain.rights import Role
from bot.domain.rules import Outcome, Rating, Route
from bot.domain.submission import ReviewDecision, Stage, Submission
from bot.errors import Refused
from bot.usecases.review_step import keep_step
from handlers.pipeline import Pipeline
from tests.cast import ADA, ADE, BEA, REV, ROB, SAL
from tests.desk import LEASE, House
from tests.reviewed import reply, reviewed, staffed, stored, submitted, trail, waiting

SET = "technology"
WEAK = {
    "TECH-3": (Rating.NOT_MET, "No log of your own is here."),
    "TECH-8": (Rating.PARTIALLY, "Only one fault."),
}
POOR = {"TECH-8": (Rating.PARTIALLY, "One fault, and who solved it?")}


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, who has submitted nothing yet."""
    return house.enrol(ADA)


@pytest.fixture
def shared(knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """A Carrel that several threads can work with."""
    made = House(knowledge, tmp_path, url=f"sqlite:///{tmp_path}/carrel.db")
    yield made
    made.database.close()


def test_staff_decide_and_everyone_concerned_is_told_once(house: House, ada: Candidate) -> None:
    one = waiting(house, ada, SET)

    said = reply(house, SAL[1], f"approve {one.id}: All of it is shown.")

    assert f"submission {one.id} (Technology) of Ada Reyes: approved" in said
    assert "The rule proposed" not in said
    decision = stored(house, one.id).decision
    assert decision is not None
    assert (decision.name, decision.reason, decision.proposed) == (
        SAL[0],
        "All of it is shown.",
        Outcome.APPROVED,
    )
    for who in (REV, ROB, ADE):
        (told,) = house.heard(who[1])
        assert f"Sal Moreau decided submission {one.id} (Technology) of Ada Reyes: approved" in told
    assert len(house.heard(SAL[1])) == 1


def test_a_decision_that_differs_from_the_rule_stands_and_says_so(
    house: House, ada: Candidate
) -> None:
    one = waiting(house, ada, SET, WEAK, POOR)

    said = reply(house, SAL[1], f"approve {one.id}: Shown on the phone.")

    assert "The rule proposed another decision: more documents wanted (TECH-3, TECH-8)" in said
    assert "Your decision stands" in said
    assert stored(house, one.id).stage is Stage.DECIDED
    (line,) = (line for line in trail(house) if line.action == "decided")
    assert line.subject == f"submission:{one.id}"
    assert (line.details["outcome"], line.details["proposed"]) == ("approved", "more-documents")


def test_the_second_decider_is_told_by_whom_and_when(house: House, ada: Candidate) -> None:
    one = waiting(house, ada, SET)
    reply(house, SAL[1], f"approve {one.id}: Shown.")
    house.clock.forward(timedelta(minutes=4))

    said = reply(house, ADE[1], f"recommend course {one.id}: Not shown.")

    then = "Saturday, 21 November 2026 at 18:00 (UTC)"
    assert f"Sal Moreau decided submission {one.id} on {then}" in said
    assert stored(house, one.id).decision == replace(
        _decision(house, one.id), outcome=Outcome.APPROVED
    )


def test_two_people_at_the_same_moment_make_one_decision(shared: House) -> None:
    one = waiting(shared, shared.enrol(ADA), SET)
    says = {
        SAL: f"approve {one.id}: Shown.",
        ADE: f"recommend course {one.id}: Not shown.",
    }
    for (_, address), text in says.items():
        shared.pipeline.receive(shared.message(address, text))
    together = Barrier(2)

    def work() -> None:
        pipeline = Pipeline(shared.desk, shared.transaction, lease_seconds=LEASE)
        together.wait()
        pipeline.handle_one()

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(work) for _ in range(2)]:
            done.result()
    shared.drain()

    winner = _decision(shared, one.id).name
    loser = next(who for who in says if who[0] != winner)
    assert any(f"{winner} decided submission {one.id} on" in t for t in shared.heard(loser[1]))
    assert sum(line.action == "decided" for line in trail(shared)) == 1
    assert len(shared.heard(ADA.email)) == 1


def test_a_decision_on_what_was_read_too_early_is_not_kept(house: House, ada: Candidate) -> None:
    one = waiting(house, ada, SET)
    ade = house.appoint(*ADE)
    late = decide(
        one,
        ReviewDecision(
            outcome=Outcome.COURSE, by=ade.id, name=ade.name, at=house.clock(), reason="No."
        ),
        house.desk.program.rules.review,
        competency_set=house.desk.program.set(SET),
        sections=(),
    )
    reply(house, SAL[1], f"approve {one.id}: Shown.")

    with (
        house.transaction() as uow,
        pytest.raises(
            Refused, match="Sal Moreau was faster and decided submission 1 on 2026-11-21"
        ),
    ):
        keep_step(uow, one, late, person=ade, action="decided", now=house.clock())


@pytest.mark.parametrize(
    "text",
    ["approve {}: Shown", "ask more {} TECH-3: More", "recommend course {}: No"],
)
def test_only_staff_decide_and_never_on_their_own_work(
    house: House, ada: Candidate, text: str
) -> None:
    one = waiting(house, ada, SET)
    house.enrol(BEA)
    house.appoint(ADA.name, ADA.email, Role.STAFF)
    before = len(trail(house))

    theirs = reply(house, BEA.email, text.format(one.id))
    nobodys = reply(house, BEA.email, text.format(77))
    assert theirs.replace(str(one.id), "77") == nobodys
    assert "takes the role staff or admin" in reply(house, REV[1], text.format(one.id))
    assert "a matter of your own" in reply(house, ADA.email, text.format(one.id))

    assert stored(house, one.id).decision is None
    assert len(trail(house)) == before


def test_a_decision_needs_a_reason_and_every_rating(house: House, ada: Candidate) -> None:
    rev, rob = staffed(house)
    one = submitted(house, ada, SET)
    assert "ratings" in reply(house, SAL[1], f"approve {one.id}: Shown.")

    one = reviewed(house, one, (rev, rob))
    assert "Give a reason" in reply(house, SAL[1], f"approve {one.id}")
    assert "Give a reason" in reply(house, SAL[1], f"approve {one.id}:  ")
    assert stored(house, one.id).stage is Stage.IN_REVIEW


def test_more_is_asked_for_what_the_rule_asks_for_or_what_is_named(
    house: House, ada: Candidate
) -> None:
    one = waiting(house, ada, SET, WEAK, POOR)
    other = waiting(house, ada, "communication-and-teamwork")

    reply(house, SAL[1], f"ask more {one.id}: Please add your own work.")
    said = reply(house, SAL[1], f"ask more {other.id} comm-2, and COMM-1: Please add.")

    assert _decision(house, one.id).sections == ("TECH-3", "TECH-8")
    assert _decision(house, other.id).sections == ("COMM-1", "COMM-2")
    assert "The rule proposed another decision: approved" in said


@pytest.mark.parametrize("named", ["TECH-99", "COMM-1", "TECH-1, resume", "technology/letter"])
def test_more_cannot_be_asked_for_sections_of_elsewhere(
    house: House, ada: Candidate, named: str
) -> None:
    one = waiting(house, ada, SET)

    said = reply(house, SAL[1], f"ask more {one.id} {named}: Add some.")

    assert "out of this set's sections" in said
    assert stored(house, one.id).decision is None


def test_asking_more_of_a_course_asks_for_its_certificate(house: House, ada: Candidate) -> None:
    staffed(house)
    one = submitted(house, ada, SET, route=Route.COURSE)

    reply(house, SAL[1], f"ask more {one.id}: The slip is cut off.")

    decision = _decision(house, one.id)
    assert (decision.sections, decision.proposed) == (("technology/certificate",), None)


def test_the_programs_last_chance_is_held(house: House, ada: Candidate) -> None:
    one = waiting(house, ada, SET, WEAK, POOR)
    reply(house, SAL[1], f"ask more {one.id}: Please add your own work.")
    again = submitted(house, ada, SET, follows=stored(house, one.id))
    reviewed(house, again, staffed(house), WEAK, POOR)

    said = reply(house, SAL[1], f"ask more {again.id}: Please add still more.")

    assert "which is all that the program allows" in said
    assert stored(house, again.id).decision is None


def test_what_is_achieved_is_not_approved_again(house: House, ada: Candidate) -> None:
    one = waiting(house, ada, SET)
    reply(house, SAL[1], f"approve {one.id}: Shown.")
    again = waiting(house, ada, SET)

    assert "achieved already" in reply(house, SAL[1], f"approve {again.id}: Shown again.")
    assert stored(house, again.id).decision is None


def _decision(house: House, number: int) -> ReviewDecision:
    submission: Submission = stored(house, number)
    assert submission.decision is not None
    return submission.decision


def test_what_more_is_wanted_for_may_stand_at_the_end_of_the_reason(
    house: House, ada: Candidate
) -> None:
    one = waiting(house, ada, SET)

    unnamed = reply(house, SAL[1], f"ask more {one.id}: The date is missing.")
    reply(house, SAL[1], f"ask more {one.id}: The date is missing for TECH-8 and TECH-3.")

    assert f"Say, for example: ask more {one.id} TECH-1: REASON." in unnamed
    decision = stored(house, one.id).decision
    assert decision is not None
    assert decision.sections == ("TECH-3", "TECH-8")
