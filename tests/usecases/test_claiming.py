"""Submissions are taken on and given back; a place is taken once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from bot.app import Knowledge
from bot.domain.people import Candidate
from bot.domain.review import claim
from bot.domain.rights import Role
from bot.domain.rules import Route
from bot.domain.submission import Stage
from bot.errors import Refused
from bot.usecases.review_step import keep_step
from handlers.pipeline import Pipeline
from tests.cast import ADA, ADE, BEA, REV, ROB, SAL
from tests.desk import LEASE, House
from tests.reviewed import reply, staffed, stored, submitted, trail, waiting

SET = "technology"


@pytest.fixture
def ada(house: House) -> Candidate:
    """Ada, in a house with reviewers and staff."""
    staffed(house)
    return house.enrol(ADA)


@pytest.fixture
def shared(knowledge: Knowledge, tmp_path: Path) -> Iterator[House]:
    """A Carrel that several threads can work with."""
    made = House(knowledge, tmp_path, url=f"sqlite:///{tmp_path}/carrel.db")
    yield made
    made.database.close()


def test_claiming_by_button_and_the_way_on(house: House, ada: Candidate) -> None:
    submitted(house, ada, SET)
    reply(house, REV[1], "queue")

    said = " ".join(reply(house, REV[1], "1").split())

    assert "Submission 1, Technology, is yours to review: place 1 of 2 is taken." in said
    assert "say: dossier 1." in said
    assert "rate 1 TECH-1 met" in said
    assert "rate 1 the rest met" in said
    assert "release 1" in said
    assert stored(house, 1).stage is Stage.IN_REVIEW
    lines = [line for line in trail(house) if line.action != "appointed"]
    assert [line.action for line in lines] == ["enrolled", "claimed"]


def test_a_certificate_has_one_place_and_nothing_to_rate(house: House, ada: Candidate) -> None:
    submitted(house, ada, SET, route=Route.COURSE)

    said = reply(house, REV[1], "claim 1")

    assert "place 1 of 1 is taken" in said
    assert "Nothing in it is rated" in said
    assert "was taken by Rev Lindqvist" in reply(house, ROB[1], "claim 1")


def test_whoever_comes_too_late_is_told_who_was_faster(house: House, ada: Candidate) -> None:
    house.appoint("Ron Bex", "ron@example.org", Role.REVIEWER)
    submitted(house, ada, SET)
    reply(house, REV[1], "claim 1")
    house.clock.forward(timedelta(hours=1))
    reply(house, ROB[1], "claim 1")

    said = " ".join(reply(house, "ron@example.org", "claim 1").split())

    day = "Saturday, 21 November"
    assert f"by Rev Lindqvist on {day} 2026 at 18:00 (UTC) and Rob Achebe on {day}" in said
    assert "Claim 1" not in [choice.label for choice in house.choices()]


def test_the_same_place_is_not_taken_twice(house: House, ada: Candidate) -> None:
    submitted(house, ada, SET)
    reply(house, REV[1], "claim 1")

    assert "is yours already" in reply(house, REV[1], "claim 1")
    assert len(stored(house, 1).claims) == 1


@pytest.mark.parametrize("who", [SAL[1], ADE[1]])
def test_staff_without_the_role_are_told_who_may_claim(
    house: House, ada: Candidate, who: str
) -> None:
    submitted(house, ada, SET)

    said = reply(house, who, "claim 1")

    assert "To claim a submission takes the role reviewer" in said
    assert "appoint EMAIL reviewer" in said
    assert not stored(house, 1).claims


def test_a_number_that_is_not_there_looks_the_same_to_everyone(
    house: House, ada: Candidate
) -> None:
    submitted(house, ada, SET)
    nothing = "There is no submission {} for you. Say: submissions, or: queue."

    assert reply(house, REV[1], "claim 99") == nothing.format(99)
    assert reply(house, REV[1], f"claim {'9' * 40}").startswith("There is no submission 1000000000")
    house.enrol(BEA)
    for words in ("claim {}", "release {}", "rate {} TECH-1 met", "ratings {}"):
        assert reply(house, BEA.email, words.format(1)) == nothing.format(1)
        assert reply(house, BEA.email, words.format(99)) == nothing.format(99)
    lines = [line for line in trail(house) if line.action != "appointed"]
    assert [line.action for line in lines] == ["enrolled", "enrolled"]


def test_released_work_is_in_the_queue_again_without_ratings(house: House, ada: Candidate) -> None:
    submitted(house, ada, SET)
    reply(house, REV[1], "claim 1")
    reply(house, REV[1], "rate 1 all met")

    said = reply(house, REV[1], "release 1")

    assert "Submission 1 is in the queue again" in said
    assert (stored(house, 1).stage, stored(house, 1).ratings) == (Stage.WAITING, ())
    assert "is not yours" in reply(house, REV[1], "release 1")


def test_two_who_claim_at_once_both_get_a_place_and_a_third_is_told(shared: House) -> None:
    staffed(shared)
    shared.appoint("Ron Bex", "ron@example.org", Role.REVIEWER)
    one = submitted(shared, shared.enrol(ADA), SET)
    three = (REV[1], ROB[1], "ron@example.org")
    for who in three:
        shared.pipeline.receive(shared.message(who, f"claim {one.id}"))
    together = Barrier(len(three))

    def work() -> None:
        pipeline = Pipeline(shared.desk, shared.transaction, lease_seconds=LEASE)
        together.wait()
        pipeline.handle_one()

    with ThreadPoolExecutor(len(three)) as threads:
        for done in [threads.submit(work) for _ in three]:
            done.result()
    shared.drain()

    assert len(stored(shared, one.id).claims) == 2
    heard = [shared.heard(who)[-1] for who in three]
    assert sum("is yours to review" in text for text in heard) == 2
    assert sum("no place is left" in text for text in heard) == 1


def test_a_later_round_may_have_nothing_to_rate(house: House, ada: Candidate) -> None:
    first = waiting(house, ada, SET)
    reply(house, SAL[1], f"ask more {first.id} for technology/statement: sign it")
    submitted(house, ada, SET, follows=stored(house, first.id))

    assert "Nothing in it is left for you to rate." in reply(house, REV[1], "claim 2")


def test_who_saw_a_claim_that_was_given_back_is_told_to_look_again(
    house: House, ada: Candidate
) -> None:
    seen = submitted(house, ada, SET)
    reply(house, REV[1], "claim 1")
    reply(house, REV[1], "release 1")
    with house.transaction() as uow:
        rob = uow.people.find(ROB[1])
        assert rob
        late = claim(seen, rob, house.desk.program.rules.review, now=house.clock())
        with pytest.raises(Refused, match="Look at it and try again"):
            keep_step(uow, seen, late, person=rob, action="claimed", now=house.clock())


def test_who_saw_an_older_state_changes_nothing(house: House, ada: Candidate) -> None:
    seen = submitted(house, ada, SET)
    rule = house.desk.program.rules.review
    reply(house, REV[1], "claim 1")
    with house.transaction() as uow:
        rob = uow.people.find(ROB[1])
        assert rob
        late = claim(seen, rob, rule, now=house.clock())
        with pytest.raises(
            Refused, match=r"Rev Lindqvist was faster and, on .*, took submission 1 on;"
        ):
            keep_step(uow, seen, late, person=rob, action="claimed", now=house.clock())
        uow.commit()

    assert [c.name for c in stored(house, 1).claims] == [REV[0]]
