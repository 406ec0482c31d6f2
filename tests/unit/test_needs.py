"""What a route needs is the program's: one that wants less, and one that wants more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.needs import is_needed, sections_for
from bot.domain.rules import Route
from bot.domain.sections import SectionKind, section_id
from bot.phrases import deciding, progress
from bot.phrases.sections import needs_of
from channels.markup import plain_text
from tests.unit.garden import asking, garden
from tests.unit.reviews import IDS, SOIL, decided, decision, submission
from tests.unit.test_phrases_progress import EVERY, part
from tests.unit.test_readiness import checked, filed

CERTIFICATE, STATEMENT, COMPETENCY = (
    SectionKind.CERTIFICATE,
    SectionKind.STATEMENT,
    SectionKind.COMPETENCY,
)
PAPER, ESSAY = section_id(SOIL.id, CERTIFICATE), section_id(SOIL.id, STATEMENT)
PLAIN = asking((CERTIFICATE,), (COMPETENCY,))
STRICT = asking((CERTIFICATE, STATEMENT), (COMPETENCY, STATEMENT))
KINDS = st.permutations([CERTIFICATE, STATEMENT, COMPETENCY])


@given(KINDS, st.integers(1, 3))
def test_sections_come_in_the_order_in_which_the_route_needs_them(
    kinds: list[SectionKind], count: int
) -> None:
    program = asking(kinds[:count], (COMPETENCY,))
    found = sections_for(program, SOIL.id, Route.COURSE)

    assert list(dict.fromkeys(section.kind for section in found)) == kinds[:count]
    assert {section.set_id for section in found} == {SOIL.id}
    assert all(is_needed(program, Route.COURSE, kind) for kind in kinds[:count])
    assert not any(is_needed(program, Route.COURSE, kind) for kind in kinds[count:])


def test_where_no_statement_is_needed_the_competencies_make_a_portfolio() -> None:
    found = checked(filed(*IDS), program=PLAIN)
    whole, almost = part(*EVERY, program=PLAIN), part("SOIL-1", program=PLAIN)

    assert found.ready
    assert [check.section for check in found.checks] == list(IDS)
    assert not any("essay" in judged for judged in found.judged)
    assert (whole.done, whole.total, whole.complete) == (4, 4, True)
    assert progress.set_state(whole) == "complete by portfolio"
    assert progress.missing_lead(PLAIN, whole).endswith("every competency has evidence.")
    assert progress.set_state(almost) == "1 of 4 parts: 1 of 4 competencies"
    assert "for 3 of 4 competencies. A proof" in progress.missing_lead(PLAIN, almost)
    assert needs_of(PLAIN, Route.PORTFOLIO) == "a file for each competency"


def test_a_course_may_need_a_statement_beside_its_certificate() -> None:
    alone = checked(filed(PAPER), route=Route.COURSE, program=STRICT)
    both = checked(filed(PAPER, ESSAY), route=Route.COURSE, program=STRICT)

    assert [check.section for check in alone.missing] == [ESSAY]
    assert both.ready
    assert any("learning essay says" in judged for judged in both.judged)


@pytest.mark.parametrize(
    ("statement", "state", "lead"),
    [
        (False, "0 of 5 parts: 0 of 4 competencies, certificate there, no statement yet", "only"),
        (True, "complete by course certificate", "nothing: its proof of schooling (POS) and the"),
    ],
)
def test_a_certificate_alone_does_not_complete_a_set_that_needs_more(
    statement: bool, state: str, lead: str
) -> None:
    held = part(certificate=True, statement=statement, program=STRICT)

    assert held.complete == statement
    assert not held.missing
    assert lead in progress.missing_lead(STRICT, held)
    assert progress.set_state(held) in {state, state.replace("0 of 5", "1 of 5")}


def test_where_a_course_needs_more_it_is_said_instead_of_a_certificate_alone() -> None:
    told = progress.missing_lead(STRICT, part())
    ended = decided(submission(route=Route.COURSE), decision())
    sent = deciding.course(STRICT, ended, (), appeal_until=None)

    assert told.endswith(
        "By Course it would need its proof of schooling (POS) and the learning essay."
    )
    assert "It also needs the learning essay." in plain_text(sent)
    assert "also needs" not in plain_text(deciding.course(garden(), ended, (), appeal_until=None))
