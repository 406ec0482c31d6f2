"""The order in which things come next."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choosing import Plan, Why
from bot.domain.next_step import Duty, OpenDuties, OpenMatters, Step, next_duty, next_step
from bot.domain.phases import Phase
from bot.domain.program import CompetencySet
from bot.domain.readiness import Check, Readiness, SetCheck
from bot.domain.rules import Route
from bot.domain.standing import Standing
from tests.unit.garden import garden

PROGRAM = garden()
PHASES = st.sampled_from(Phase)


def check(one: CompetencySet, *, met: int, phase: Phase = Phase.OPEN) -> SetCheck:
    """A set of whose sections the first `met` hold a file."""
    ids = [*(c.id for c in one.competencies), f"{one.id}/statement"]
    checks = tuple(
        Check(section=id, text=id, met=place < met, reason="It must.", cites=())
        for place, id in enumerate(ids)
    )
    found = Readiness(set_id=one.id, route=Route.PORTFOLIO, checks=checks, judged=())
    standing = Standing(set_id=one.id, phase=phase)
    plan = Plan(set=one, route=Route.PORTFOLIO, why=Why.DEFAULT, standing=standing)
    return SetCheck(plan=plan, chosen=True, found=found, asked=(), waiting=())


def whole(one: CompetencySet) -> int:
    return len(one.competencies) + 1


def test_the_begun_set_with_the_fewest_missing_goes_first() -> None:
    first, second, *_ = PROGRAM.sets
    fresh, begun = check(first, met=0), check(second, met=whole(second) - 2)

    found = next_step(PROGRAM, OpenMatters(sets=(fresh, begun)))

    assert (found.step, found.check) == (Step.FILE, begun)
    assert found.count == 2
    assert f"{second.id}/statement" not in found.sections


def test_only_a_statement_missing_is_to_be_written() -> None:
    one = PROGRAM.sets[0]

    found = next_step(PROGRAM, OpenMatters(sets=(check(one, met=whole(one) - 1),)))

    assert found.step is Step.WRITE


def test_what_is_ready_is_submitted_before_electives_are_chosen() -> None:
    one = PROGRAM.sets[0]
    matters = OpenMatters(sets=(check(one, met=whole(one)),), electives=2)

    assert next_step(PROGRAM, matters).step is Step.SUBMIT
    assert next_step(PROGRAM, replace(matters, sets=())).step is Step.CHOOSE


def test_while_reviewers_look_there_is_nothing_to_do_and_in_the_end_nothing_is_left() -> None:
    sets = [check(one, met=whole(one), phase=Phase.ACHIEVED) for one in PROGRAM.sets]
    waiting = [*sets[1:], check(PROGRAM.sets[0], met=0, phase=Phase.IN_REVIEW)]

    assert next_step(PROGRAM, OpenMatters(sets=sets)).step is Step.NOTHING
    assert next_step(PROGRAM, OpenMatters(sets=waiting)).step is Step.WAIT


@given(st.lists(st.tuples(st.integers(0, 9), PHASES), max_size=3), st.integers(0, 2))
def test_there_is_a_step_whatever_is_open(states: list[tuple[int, Phase]], electives: int) -> None:
    sets = [
        check(one, met=met, phase=phase)
        for one, (met, phase) in zip(PROGRAM.sets, states, strict=False)
    ]

    found = next_step(PROGRAM, OpenMatters(sets=sets, electives=electives))

    if found.step in {Step.SUBMIT, Step.FILE, Step.WRITE}:
        assert found.check is not None
        assert found.check.submittable
        assert found.check.found.ready == (found.step is Step.SUBMIT)


def test_people_who_asked_go_before_what_was_taken_on_and_the_queue() -> None:
    everything = OpenDuties(questions=(4, 7), to_rate=((1, ()), (2, ("SOIL-1",))), queue=3)

    asked = next_duty(everything)
    rate = next_duty(replace(everything, questions=()))
    queue = next_duty(OpenDuties(to_rate=((1, ()),), queue=3))

    assert (asked.duty, asked.number, asked.count) == (Duty.ANSWER, 4, 2)
    assert (rate.duty, rate.number, rate.competency) == (Duty.RATE, 2, "SOIL-1")
    assert (queue.duty, queue.count) == (Duty.CLAIM, 3)
    assert next_duty(OpenDuties()).duty is Duty.NOTHING
