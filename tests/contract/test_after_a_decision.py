"""Requests for more evidence, and appeals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.appeal import StepTaken
from bot.domain.evidence_requests import EvidenceRequest
from bot.errors import Refused
from bot.ports import UnitOfWork
from tests.contract.examples import NOW, later, person
from tests.contract.reviewing import at_once, submitted

TODAY = date(2026, 3, 2)


def _asked(unit: UnitOfWork, says: str = "R-AAAA-AAAA", *, name: str = "Ada") -> EvidenceRequest:
    someone = person(unit, name)
    return unit.requests.add(
        someone, submission=submitted(unit, someone), section="A-2", token=says, at=NOW
    )


def test_a_token_names_one_request(unit: UnitOfWork) -> None:
    with unit:
        made = _asked(unit)
        _asked(unit, "R-BBBB-BBBB", name="Bea")

        assert unit.requests.by_token("R-AAAA-AAAA") == made
        assert unit.requests.by_token("R-AAAA-AAA") is None
        assert unit.requests.by_token("") is None


def test_a_token_of_somebody_else_tells_whose_it_is(unit: UnitOfWork) -> None:
    with unit:
        _asked(unit)
        bea = person(unit, "Bea")
        found = unit.requests.by_token("R-AAAA-AAAA")

        assert found is not None
        assert found.person_id != bea.id
        assert unit.requests.of(bea) == ()


def test_a_section_is_asked_for_once(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        submission = submitted(unit, ada)
        made = [
            unit.requests.add(ada, submission=submission, section=section, token=token, at=NOW)
            for section, token in (("A-2", "R-1"), ("A-2", "R-2"), ("A-1", "R-3"))
        ]

        assert made[1] == made[0]
        assert unit.requests.of(ada) == (made[0], made[2])


def test_a_token_that_was_given_out_before_is_refused(unit: UnitOfWork) -> None:
    with unit:
        _asked(unit)
        with pytest.raises(Refused, match="another"):
            _asked(unit, name="Bea")


def test_a_request_is_closed_once_and_may_wait_again(unit: UnitOfWork) -> None:
    with unit:
        made = _asked(unit)

        assert unit.requests.close(made, evidence=4, at=later(1))
        assert not unit.requests.close(made, evidence=5, at=later(2))
        assert unit.requests.by_token(made.token) == replace(made, closed_at=later(1), closed_by=4)
        unit.requests.reopen(made)
        assert unit.requests.by_token(made.token) == made


def test_a_request_is_given_up_once_without_an_answer_and_may_wait_again(
    unit: UnitOfWork,
) -> None:
    with unit:
        made = _asked(unit)

        assert unit.requests.give_up(made, at=later(1))
        assert not unit.requests.give_up(made, at=later(2))
        assert not unit.requests.close(made, evidence=4, at=later(2))
        kept = unit.requests.by_token(made.token)
        assert kept == replace(made, closed_at=later(1))
        assert kept.given_up
        assert not kept.open
        unit.requests.reopen(made)
        assert unit.requests.by_token(made.token) == made
        assert unit.requests.close(made, evidence=4, at=later(3))
        assert not unit.requests.give_up(made, at=later(4))


def test_of_several_that_close_a_request_at_once_one_does(
    shared: Callable[[], UnitOfWork],
) -> None:
    with shared() as unit:
        made = _asked(unit)
        unit.commit()

    def close(number: int) -> bool:
        with shared() as own:
            closed = own.requests.close(made, evidence=number, at=NOW)
            own.commit()
        return closed

    assert at_once(close).count(True) == 1


def test_a_submission_is_appealed_once(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        submission = submitted(unit, ada)
        made = unit.appeals.add(ada, submission=submission, decided_on=TODAY, notice="I appeal.")
        again = unit.appeals.add(ada, submission=submission, decided_on=TODAY, notice="Me too.")

        assert again == made
        assert (made.notice, made.decided_on, made.taken) == ("I appeal.", TODAY, ())


def test_an_appeal_comes_back_as_it_was_saved(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        made = unit.appeals.add(
            ada, submission=submitted(unit, ada), decided_on=TODAY, notice="I appeal."
        )
        step = StepTaken(step="intent", day=TODAY, at=later(1), by=ada.id, note="by mail")
        moved = replace(made, taken=(step,), result_note="soon")

        assert unit.appeals.save(moved)
        assert unit.appeals.get(made.id) == replace(moved, version=1)
        assert not unit.appeals.save(replace(made, notice="other"))


def test_an_appeal_is_open_until_it_has_a_result(unit: UnitOfWork) -> None:
    with unit:
        ada = person(unit)
        first, second = (
            unit.appeals.add(
                ada, submission=submitted(unit, ada, set_id), decided_on=TODAY, notice=""
            )
            for set_id in "AB"
        )
        assert unit.appeals.open() == (first, second)

        unit.appeals.save(replace(first, result="upheld"))
        assert unit.appeals.open() == (second,)
        assert [one.result for one in unit.appeals.of(ada)] == ["upheld", ""]
        assert unit.appeals.of(person(unit, "Bea")) == ()
