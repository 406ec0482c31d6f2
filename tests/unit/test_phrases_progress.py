"""How progress and sections are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choosing import Plan, plan_of
from bot.domain.messages import Bullets, Chart
from bot.domain.people import Candidate, Person
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.program import Program
from bot.domain.progress import SetProgress
from bot.domain.progress import progress as count
from bot.domain.standing import Standing
from bot.phrases import progress, sections
from channels.markup import plain_text
from tests.unit.garden import garden

GARDEN = garden()
SOIL = GARDEN.set("soil-care")
EVERY = frozenset(c.id for c in SOIL.competencies)
ADA = Candidate(
    person=Person(id=1, name="Ada", email="ada@example.org"),
    enrolled_on=date(2025, 1, 15),
    subscription_ends=date(2027, 1, 15),
)
HELD = Evidence(
    id=7,
    number=3,
    person_id=1,
    name="notes.pdf",
    media_type="application/pdf",
    size=1400,
    sha256="0123456789abcdef",
    stored_at=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
    filing=Filing(state=State.FILED, sections=("SOIL-2",)),
)
WAITING = replace(HELD, filing=Filing(state=State.WAITING))
LOST = replace(HELD, filing=HELD.filing.withdrawn())


def plans(phase: Phase, program: Program = GARDEN, set_id: str = SOIL.id) -> dict[str, Plan]:
    """A set in that phase, for which nobody chose a route."""
    stands = Standing(set_id=set_id, phase=phase)
    return {set_id: plan_of(program.set(set_id), stands, chosen={}, evidence=())}


def part(
    *covered: str,
    statement: bool = False,
    certificate: bool = False,
    phase: Phase = Phase.OPEN,
    program: Program = GARDEN,
) -> SetProgress:
    """How far Soil Care is with files for those competencies and the others named."""
    others = {"soil-care/statement": statement, "soil-care/certificate": certificate}
    places = (*covered, *(id for id, there in others.items() if there))
    held = replace(HELD, filing=replace(HELD.filing, sections=places))
    found = count(program, ADA, (held,), today=date(2026, 1, 15), plans=plans(phase, program))
    return next(one for one in found.sets if one.set.id == SOIL.id)


@pytest.mark.parametrize(
    ("state", "lead", "short"),
    [
        (part(certificate=True), "its proof of schooling", "complete by course certificate"),
        (part(*EVERY, statement=True), "every competency has evidence", "complete by portfolio"),
        (
            part(*EVERY),
            "lacks only the learning essay",
            "4 of 5 parts: 4 of 4 competencies, no statement yet",
        ),
        (part("SOIL-1"), "for 3 of 4 competencies and the learning essay.", "1 of 4"),
        (part("SOIL-1", statement=True), "for 3 of 4 competencies. A", "statement there"),
    ],
)
def test_the_state_of_a_set_is_told_in_a_sentence_and_in_few_words(
    state: SetProgress, lead: str, short: str
) -> None:
    assert lead in progress.missing_lead(GARDEN, state)
    assert short in progress.set_state(state)


def test_a_set_of_one_competency_is_told_in_the_singular() -> None:
    small = replace(SOIL, competencies=SOIL.competencies[:1])

    assert "1 of 1 competency and" in progress.missing_lead(GARDEN, replace(part(), set=small))


def test_missing_competencies_are_listed_unless_none_is() -> None:
    reply = progress.missing(GARDEN, (part("SOIL-1"), part(certificate=True)))
    lists = [block for block in reply.blocks if isinstance(block, Bullets)]

    assert [len(block.items) for block in lists] == [3]
    assert lists[0].items[0] == "SOIL-2: Makes compost"


def test_progress_is_told_in_words_and_as_a_picture() -> None:
    soil = replace(HELD, filing=HELD.filing.moved("soil-care/certificate"))
    found = count(GARDEN, ADA, (soil, WAITING), today=date(2026, 1, 15))
    reply = progress.overview(GARDEN, found, "Ada")
    text, chart = plain_text(reply), reply.blocks[-1]

    assert "1 of 2 sets of your GB is complete." in text
    assert "Not in your record yet: Resume, Application, Letter of acceptance." in text
    assert "Waiting for a section: file 3." in text
    assert "Electives still to choose: 1." in text
    assert isinstance(chart, Chart)
    assert [(bar.label, bar.done, bar.total) for bar in chart.bars] == [("Soil Care", 5, 5)]
    assert "Soil Care 5 of 5 parts" in chart.alt


def test_what_is_settled_is_not_mentioned() -> None:
    record = tuple(s.id for s in GARDEN.sections if not s.set_id)
    everything = replace(HELD, filing=replace(HELD.filing, sections=record))
    chosen = replace(ADA, electives=("water-gardens",))
    found = count(GARDEN, chosen, (everything,), today=date(2026, 1, 15))
    text = plain_text(progress.overview(GARDEN, found, "Ada"))

    assert "0 of 2 sets of your GB are complete." in text
    assert "Not in your record" not in text
    assert "Waiting" not in text
    assert "Electives" not in text


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1461, "ends on Friday, 15 January 2027, in 1,461 days."),
        (1, "in 1 day."),
        (0, "Your subscription ends today, Friday, 15 January 2027."),
        (-1, "Your subscription ended on Friday, 15 January 2027, 1 day ago."),
        (-30, "30 days ago."),
    ],
)
def test_the_clock_of_a_subscription_is_a_sentence(days: int, expected: str) -> None:
    assert progress.clock(date(2027, 1, 15), days).endswith(expected)


def test_sections_are_named_for_people() -> None:
    assert sections.short_name(GARDEN, "SOIL-2") == "SOIL-2"
    assert sections.short_name(GARDEN, "resume") == "Resume"
    assert sections.full_name(GARDEN, "resume") == "Resume"
    assert "Soil Care" in sections.full_name(GARDEN, "SOIL-2")
    assert "Makes compost" in sections.full_name(GARDEN, "SOIL-2")
    assert sections.label(GARDEN, "SOIL-2") == "SOIL-2 Makes compost"
    assert sections.label(GARDEN, "resume") == "Resume"


@given(st.lists(st.text("abc", min_size=1, max_size=20), min_size=1, max_size=30))
def test_a_label_always_fits_on_its_button(words: list[str]) -> None:
    first, *others = GARDEN.sections
    program = replace(GARDEN, sections=(replace(first, title=" ".join(words)), *others))
    label = sections.label(program, first.id)

    assert len(label) <= sections.LABEL
    assert label == " ".join(words) or label.endswith("\u2026")
