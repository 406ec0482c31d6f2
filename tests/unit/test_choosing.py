"""Electives and routes: what may be chosen, and what is fixed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choosing import (
    LOCKING,
    Why,
    check_route,
    choose,
    drop,
    held_electives,
    plan_of,
    route_of,
)
from bot.domain.people import Candidate, Person
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.rules import Route
from bot.domain.standing import Standing
from bot.domain.submission import Submission
from bot.errors import Refused
from tests.unit.garden import garden

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
GARDEN = garden()  # one required set, one of two electives
WIDE = replace(GARDEN, electives_needed=2)
SOIL, TREE, POND = "soil-care", "trees-and-shrubs", "water-gardens"
ADA = Candidate(
    person=Person(id=1, name="Ada", email="ada@example.org"),
    enrolled_on=date(2025, 1, 15),
    subscription_ends=date(2027, 1, 15),
)


def filed(*sections: str, state: State = State.FILED) -> Evidence:
    """A file in those sections."""
    return Evidence(
        id=1,
        number=1,
        person_id=1,
        name="notes.pdf",
        media_type="application/pdf",
        size=100,
        sha256="ab" * 32,
        stored_at=NOW,
        filing=Filing(state=state, sections=sections),
    )


def standing(set_id: str, phase: Phase, *, route: Route = Route.PORTFOLIO) -> Standing:
    """A set in that phase, by submission 7."""
    made = Submission(
        id=7,
        person_id=1,
        set_id=set_id,
        route=route,
        round=1,
        follows=None,
        asked=(),
        items=(),
        submitted_at=NOW,
    )
    return Standing(set_id=set_id, phase=phase, submission=None if phase is Phase.OPEN else made)


def test_an_elective_is_added_behind_those_chosen_before() -> None:
    chosen = replace(ADA, electives=(POND,))

    assert choose(WIDE, chosen, (TREE,), ()) == (POND, TREE)
    assert choose(WIDE, ADA, (TREE, TREE, POND), ()) == (TREE, POND)


def test_one_that_was_chosen_before_may_be_named_beside_a_new_one() -> None:
    chosen = replace(ADA, electives=(POND,))

    assert choose(WIDE, chosen, (POND, TREE), ()) == (POND, TREE)


@pytest.mark.parametrize(
    ("chosen", "wanted", "said"),
    [
        ((), (SOIL,), "Soil Care: required of everybody"),
        ((TREE,), (TREE,), "Trees and Shrubs: among your electives already"),
        ((TREE,), (POND,), "Drop 1 first. Say: drop Trees and Shrubs."),
        ((), (TREE, POND), "choose at most 1 more"),
    ],
)
def test_a_choice_that_does_not_fit_says_what_to_do(
    chosen: tuple[str, ...], wanted: tuple[str, ...], said: str
) -> None:
    with pytest.raises(Refused) as refused:
        choose(GARDEN, replace(ADA, electives=chosen), wanted, ())

    assert said in str(refused.value)


def test_an_elective_on_its_way_is_not_offered_to_be_dropped() -> None:
    candidate = replace(ADA, electives=(TREE,))

    with pytest.raises(Refused) as refused:
        choose(GARDEN, candidate, (POND,), (standing(TREE, Phase.IN_REVIEW),))

    assert "Trees and Shrubs: fixed" in str(refused.value)
    assert "drop Trees" not in str(refused.value)


def test_an_elective_of_which_more_is_wanted_stays_until_it_is_answered_or_proved_otherwise() -> (
    None
):
    candidate = replace(ADA, electives=(TREE, POND))
    standings = (standing(TREE, Phase.MORE_WANTED), standing(POND, Phase.OPEN))

    with pytest.raises(Refused) as refused:
        drop(WIDE, candidate, TREE, standings)

    assert "Say: requests" in str(refused.value)
    assert "prove Trees and Shrubs by course" in str(refused.value)
    assert held_electives(WIDE, replace(ADA, electives=()), standings) == (TREE,)
    with pytest.raises(Refused, match="Trees and Shrubs: fixed"):
        choose(GARDEN, replace(ADA, electives=(TREE,)), (POND,), standings)


@pytest.mark.parametrize("phase", sorted(LOCKING))
def test_what_is_submitted_or_achieved_cannot_be_dropped_and_the_others_can(phase: Phase) -> None:
    candidate = replace(ADA, electives=(TREE, POND))
    standings = (standing(TREE, phase), standing(POND, Phase.OPEN))

    with pytest.raises(Refused, match=f"Trees and Shrubs is {phase} .submission 7."):
        drop(WIDE, candidate, TREE, standings)
    assert drop(WIDE, candidate, POND, standings) == (TREE,)


@pytest.mark.parametrize(
    ("set_id", "said"), [(SOIL, "required of everybody"), (POND, "not among your electives")]
)
def test_what_was_never_chosen_cannot_be_dropped(set_id: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        drop(WIDE, replace(ADA, electives=(TREE,)), set_id, ())


ELECTIVES = st.lists(st.sampled_from([TREE, POND]), max_size=3)


@given(
    before=st.lists(st.sampled_from([TREE, POND]), max_size=2, unique=True),
    steps=st.lists(st.tuples(st.booleans(), ELECTIVES), max_size=6),
    phases=st.tuples(st.sampled_from(Phase), st.sampled_from(Phase)),
    needed=st.sampled_from([1, 2]),
)
def test_no_choice_holds_too_many_or_loses_a_locked_set(
    before: list[str], steps: list[tuple[bool, list[str]]], phases: tuple[Phase, Phase], needed: int
) -> None:
    program = replace(GARDEN, electives_needed=needed)
    standings = tuple(standing(id, phase) for id, phase in zip((TREE, POND), phases, strict=True))
    locked = {s.set_id for s in standings if s.phase in LOCKING}
    candidate = replace(ADA, electives=tuple(before[:needed]))
    if len(held_electives(program, candidate, standings)) > needed:
        return  # more were submitted than are needed: no choice led there
    for adds, wanted in steps:
        try:
            if adds:
                after = choose(program, candidate, wanted, standings)
                assert set(candidate.electives) <= set(after)
            else:
                after = drop(program, candidate, wanted[0] if wanted else TREE, standings)
        except Refused:
            continue

        assert len(after) == len(set(after)) <= needed
        assert locked <= set(after)
        candidate = replace(candidate, electives=after)


@pytest.mark.parametrize(
    ("chosen", "sections", "phase", "expected"),
    [
        ({}, (), Phase.OPEN, (Route.PORTFOLIO, Why.DEFAULT)),
        ({}, ("soil-care/certificate",), Phase.OPEN, (Route.COURSE, Why.CERTIFICATE)),
        ({}, ("water-gardens/certificate",), Phase.OPEN, (Route.PORTFOLIO, Why.DEFAULT)),
        (
            {SOIL: Route.PORTFOLIO},
            ("soil-care/certificate",),
            Phase.OPEN,
            (Route.PORTFOLIO, Why.CHOSEN),
        ),
        ({SOIL: Route.COURSE}, ("SOIL-1",), Phase.MORE_WANTED, (Route.COURSE, Why.CHOSEN)),
        (
            {},
            ("soil-care/certificate",),
            Phase.MORE_WANTED,
            (Route.PORTFOLIO, Why.SUBMITTED),
        ),
        (
            {SOIL: Route.PORTFOLIO},
            ("SOIL-1",),
            Phase.COURSE_RECOMMENDED,
            (Route.COURSE, Why.RECOMMENDED),
        ),
    ],
)
def test_a_route_follows_from_a_review_a_choice_or_what_is_filed(
    chosen: dict[str, Route], sections: tuple[str, ...], phase: Phase, expected: tuple[Route, Why]
) -> None:
    evidence = (filed(*sections), filed("soil-care/certificate", state=State.WAITING))
    soil = GARDEN.set(SOIL)
    plan = plan_of(soil, standing(SOIL, phase), chosen=chosen, evidence=evidence)

    assert (plan.route, plan.why) == expected
    stands = standing(SOIL, phase)
    assert route_of(soil, stands, chosen=chosen, evidence=evidence) is plan.route
    assert plan.switched == (phase is Phase.MORE_WANTED and expected[0] is Route.COURSE)


def test_a_set_on_its_way_keeps_the_route_of_its_submission() -> None:
    stands = standing(SOIL, Phase.IN_REVIEW, route=Route.COURSE)
    plan = plan_of(GARDEN.set(SOIL), stands, chosen={SOIL: Route.PORTFOLIO}, evidence=())

    assert plan.route is Route.COURSE


@pytest.mark.parametrize(
    ("phase", "wanted", "said"),
    [
        (Phase.SUBMITTED, Route.COURSE, "withdraw submission 7"),
        (Phase.ACHIEVED, Route.COURSE, "yours for ever"),
        (Phase.COURSE_RECOMMENDED, Route.PORTFOLIO, "ended with a course recommended"),
        (Phase.OPEN, Route.PORTFOLIO, "You chose portfolio for Soil Care already"),
    ],
)
def test_a_route_that_cannot_be_chosen_says_why(phase: Phase, wanted: Route, said: str) -> None:
    chosen = {SOIL: Route.PORTFOLIO}
    plan = plan_of(GARDEN.set(SOIL), standing(SOIL, phase), chosen=chosen, evidence=())

    with pytest.raises(Refused, match=said):
        check_route(plan, wanted)
