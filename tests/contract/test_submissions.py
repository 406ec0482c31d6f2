"""Submissions: snapshots that never change, and reviews that one person at a time moves on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.rules import Outcome, Route
from bot.domain.submission import OPEN_STAGES, Claim, Stage
from bot.errors import Refused
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, later, person
from tests.contract.reviewing import at_once, decided, in_review, item, saved, submitted


def test_a_submission_comes_back_as_it_was_made(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        made = submitted(unit, ada)

        assert unit.submissions.get(made.id) == made
        assert made.items == (item(), item(2, section="A-2"))
        assert (made.person_id, made.set_id, made.route) == (ada.id, "A", Route.PORTFOLIO)
        assert (made.stage, made.round, made.submitted_at) == (Stage.WAITING, 1, NOW)


def test_a_review_comes_back_as_it_was_saved(unit: UnitOfWork) -> None:
    with unit:
        wanted = decided(submitted(unit, person(unit)))

        assert saved(unit, wanted) == replace(wanted, version=1)


def test_what_somebody_has_taken_on_is_found_until_it_ends(unit: UnitOfWork) -> None:
    with unit:
        ada, rex = person(unit), person(unit, "Rex Reader")
        submitted(unit, ada)
        claim = Claim(reviewer=rex.id, name=rex.name, at=NOW)
        taken = replace(submitted(unit, ada, "B"), stage=Stage.IN_REVIEW, claims=(claim,))
        unit.submissions.save(taken, at=NOW)
        found = unit.submissions.claimed_by(rex)
        unit.submissions.save(replace(decided(found[0]), claims=(claim,)), at=NOW)

        assert [one.set_id for one in found] == ["B"]
        assert unit.submissions.claimed_by(ada) == ()
        assert unit.submissions.claimed_by(rex) == ()


def test_all_are_read_some_at_a_time_and_what_is_not_there_is_not_known(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        made = [submitted(unit, ada, set_id) for set_id in "ABC"]
        numbers = [one.id for one in made]

        assert unit.submissions.page(limit=2) == tuple(zip(numbers, made, strict=True))[:2]
        assert unit.submissions.page(limit=2, after=numbers[1]) == ((numbers[2], made[2]),)
        assert unit.submissions.page(limit=2, after=numbers[2]) == ()
        assert unit.submissions.known([numbers[0], 999, -1, 10**20]) == {numbers[0]}


def test_a_set_is_open_once(unit: UnitOfWork) -> None:
    with unit:
        ada, bea = person(unit), person(unit, "Bea Example")
        first = submitted(unit, ada)
        with pytest.raises(Refused, match="withdraw"):
            submitted(unit, ada)
        submitted(unit, ada, "B")
        submitted(unit, bea)
        unit.submissions.save(in_review(first), at=NOW)
        with pytest.raises(Refused, match="withdraw"):
            submitted(unit, ada)

        assert [one.set_id for one in unit.submissions.of(ada)] == ["A", "B"]


@pytest.mark.parametrize("end", [Stage.WITHDRAWN, Stage.DECIDED])
def test_after_its_end_a_set_may_be_submitted_anew(unit: UnitOfWork, end: Stage) -> None:
    with unit:
        ada = person(unit)
        first = submitted(unit, ada)
        ended = decided(first) if end is Stage.DECIDED else replace(first, stage=end)
        unit.submissions.save(ended, at=NOW)

        assert submitted(unit, ada).id > first.id


def test_the_next_round_follows_the_decision_and_its_sections(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        first = saved(unit, decided(submitted(unit, ada)))
        second = unit.submissions.add(
            ada, set_id="A", route=first.route, items=(item(),), at=later(9), follows=first
        )

        assert (second.round, second.follows, second.asked) == (2, first.id, ("A-2",))
        assert unit.submissions.of(ada) == (first, second)


def test_a_decided_one_is_judged_again_with_its_items_in_its_round(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        first = saved(unit, decided(submitted(unit, ada, route=Route.COURSE)))
        again = unit.submissions.judge_again(first, at=later(9))

        assert (again.follows, again.round, again.asked) == (first.id, 1, ())
        assert (again.person_id, again.set_id, again.route) == (ada.id, "A", Route.COURSE)
        assert (again.items, again.submitted_at) == (first.items, later(9))
        assert (again.stage, again.claims, again.ratings) == (Stage.WAITING, (), ())
        assert again.judged_again
        assert again.decision is None
        assert unit.submissions.of(ada) == (first, again)
        with pytest.raises(Refused):
            unit.submissions.judge_again(first, at=later(10))


def test_what_somebody_changed_meanwhile_is_not_overwritten(unit: UnitOfWork) -> None:
    with unit:
        read = submitted(unit, person(unit))

        assert unit.submissions.save(in_review(read), at=NOW)
        assert not unit.submissions.save(replace(read, stage=Stage.WITHDRAWN), at=NOW)
        kept = unit.submissions.get(read.id)
        assert kept is not None
        assert kept.stage is Stage.IN_REVIEW


def test_a_decision_is_never_replaced(unit: UnitOfWork) -> None:
    with unit:
        kept = saved(unit, decided(submitted(unit, person(unit))))

        assert not unit.submissions.save(decided(kept, outcome=Outcome.APPROVED), at=NOW)
        assert unit.submissions.get(kept.id) == kept


def test_of_several_that_decide_at_once_one_does(shared: Callable[[], UnitOfWork]) -> None:
    with shared() as unit:
        read = submitted(unit, person(unit))
        unit.commit()

    def decide(number: int) -> bool:
        with shared() as own:
            done = own.submissions.save(decided(read, seconds=number), at=NOW)
            own.commit()
        return done

    done = at_once(decide)

    assert done.count(True) == 1
    with shared() as unit:
        kept = unit.submissions.get(read.id)
    assert kept is not None
    assert kept.decision is not None
    assert kept.decision.at == later(done.index(True))


def test_a_set_submitted_by_several_clicks_at_once_is_submitted_once(
    shared: Callable[[], UnitOfWork],
) -> None:
    with shared() as unit:
        ada = person(unit)
        unit.commit()

    def submit(_: int) -> bool:
        with shared() as own:
            try:
                submitted(own, ada)
            except Refused:
                return False
            own.commit()
        return True

    assert at_once(submit).count(True) == 1
    with shared() as unit:
        assert len(unit.submissions.of(ada)) == 1


def test_the_queue_is_the_oldest_of_its_stages_page_by_page(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        made = [submitted(unit, ada, f"S{n}") for n in range(7)]
        for each in (made[1], made[4]):
            unit.submissions.save(in_review(each), at=NOW)
        unit.submissions.save(replace(made[2], stage=Stage.WITHDRAWN), at=NOW)
        pages = [unit.submissions.in_stages(OPEN_STAGES, limit=2)]
        while len(pages[-1]) == 2:
            last = pages[-1][-1].id
            pages.append(unit.submissions.in_stages(OPEN_STAGES, limit=2, after=last))

        assert [[one.set_id for one in page] for page in pages] == [
            ["S0", "S1"],
            ["S3", "S4"],
            ["S5", "S6"],
            [],
        ]
        light = unit.submissions.standing_in(OPEN_STAGES, limit=9)
        assert light == tuple(replace(one, items=()) for page in pages for one in page)
        assert [one.set_id for one in unit.submissions.in_stages([Stage.IN_REVIEW], limit=9)] == [
            "S1",
            "S4",
        ]
        assert unit.submissions.count(OPEN_STAGES) == 6
        assert unit.submissions.count([Stage.WITHDRAWN]) == 1


def test_decisions_of_a_route_come_newest_first(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        for n, seconds in enumerate((5, 9, 7)):
            unit.submissions.save(decided(submitted(unit, ada, f"S{n}"), seconds=seconds), at=NOW)
        unit.submissions.save(decided(submitted(unit, ada, "C", route=Route.COURSE)), at=NOW)
        unit.submissions.save(replace(submitted(unit, ada, "W"), stage=Stage.WITHDRAWN), at=NOW)
        submitted(unit, ada, "X")
        newest = unit.submissions.decided(Route.PORTFOLIO, limit=2)

    assert [one.set_id for one in newest] == ["S1", "S2"]


@pytest.mark.parametrize("number", [0, -1, 9, 2**31, 2**63, 10**30])
def test_a_number_of_no_submission_finds_none(unit: UnitOfWork, number: int) -> None:
    with unit:
        submitted(unit, person(unit))

        assert unit.submissions.get(number) is None
        assert unit.appeals.get(number) is None
        assert unit.shares.get(number) is None
        assert unit.shares.get_offer(number) is None
        assert unit.handovers.get(number) is None
        assert unit.people.get(number) is None
        assert not unit.curated.retire(number, at=NOW)
