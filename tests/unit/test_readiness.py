"""Readiness: what a rule looks for, and that it decides nothing that people judge."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.program import Program
from bot.domain.readiness import Readiness, readiness
from bot.domain.rules import Route
from tests.unit.garden import garden

GARDEN = garden()
SOIL = GARDEN.set("soil-care")
COMPETENCIES = tuple(c.id for c in SOIL.competencies)
STATEMENT, CERTIFICATE, LETTER = "soil-care/statement", "soil-care/certificate", "soil-care/letter"
SECTIONS = st.lists(
    st.sampled_from([*COMPETENCIES, STATEMENT, CERTIFICATE, LETTER, "resume", "POND-1"]),
    max_size=4,
    unique=True,
)


def filed(*sections: str, number: int = 1, state: State = State.FILED) -> Evidence:
    """A file in those sections."""
    return Evidence(
        id=number,
        number=number,
        person_id=1,
        name=f"{number}.pdf",
        media_type="application/pdf",
        size=100,
        sha256="ab" * 32,
        stored_at=datetime(2026, 3, 1, tzinfo=UTC),
        filing=Filing(state=state, sections=sections),
    )


def checked(
    *evidence: Evidence, route: Route = Route.PORTFOLIO, program: Program = GARDEN
) -> Readiness:
    """The check of Soil Care."""
    return readiness(program, SOIL, route=route, evidence=evidence)


def test_a_portfolio_needs_a_file_for_each_competency_and_the_statement() -> None:
    assert [c.section for c in checked().missing] == [*COMPETENCIES, STATEMENT]
    assert [c.section for c in checked(filed(*COMPETENCIES)).missing] == [STATEMENT]
    assert checked(filed(*COMPETENCIES, STATEMENT)).ready


def test_a_certificate_alone_is_enough_for_a_course_and_nothing_else_is_asked() -> None:
    assert checked(filed(CERTIFICATE), route=Route.COURSE).ready
    assert [c.section for c in checked(route=Route.COURSE).checks] == [CERTIFICATE]


def test_a_certificate_makes_no_portfolio_ready() -> None:
    assert not checked(filed(CERTIFICATE)).ready


@pytest.mark.parametrize("state", [State.WAITING, State.WITHDRAWN])
def test_what_is_not_filed_does_not_count(state: State) -> None:
    assert not checked(filed(CERTIFICATE, state=state), route=Route.COURSE).ready


def test_every_missing_thing_has_its_name_and_its_reason() -> None:
    first, *_, last = checked().missing

    assert (first.text, first.reason) == (
        "Tests soil and corrects it",
        "The board wants each competency.",
    )
    assert last.reason == "The board wants each statement."


def test_what_people_judge_is_said_in_the_words_of_the_program() -> None:
    shown, written, decided = checked().judged
    valid, _ = checked(route=Route.COURSE).judged

    assert shown.endswith("2 reviewers rate every competency met, partially or not met.")
    assert "learning essay" in written
    assert "a person decides" in decided
    assert valid == "Whether the proof of schooling (POS) is valid and stands for all of Soil Care."


@given(
    places=st.lists(st.tuples(SECTIONS, st.sampled_from(State)), max_size=6),
    route=st.sampled_from(Route),
    data=st.data(),
)
def test_a_set_is_ready_exactly_when_nothing_is_missing_in_whatever_order_files_came(
    places: list[tuple[list[str], State]], route: Route, data: st.DataObject
) -> None:
    evidence = [filed(*s, number=n, state=state) for n, (s, state) in enumerate(places, start=1)]
    shuffled = data.draw(st.permutations(evidence))
    there = {s for sections, state in places if state is State.FILED for s in sections}
    needed = {CERTIFICATE} if route is Route.COURSE else {*COMPETENCIES, STATEMENT}
    found = checked(*evidence, route=route)

    assert found == checked(*shuffled, route=route)
    assert {check.section for check in found.missing} == needed - there
    assert found.ready == (not found.missing) == (needed <= there)
