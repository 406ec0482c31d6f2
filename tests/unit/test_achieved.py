"""What was submitted, decided or achieved shows in progress, in words and in the picture."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choosing import plans_of
from bot.domain.messages import Chart
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.progress import SetProgress
from bot.domain.progress import progress as count
from bot.domain.rules import Route
from bot.phrases import progress
from channels.markup import plain_text
from tests.unit.reviews import PROGRAM, SOIL, decided, decision, submission
from tests.unit.test_phrases_progress import ADA, HELD, part, plans

TODAY = date(2026, 1, 15)
PLACES = [s.id for s in PROGRAM.sections]


def filed(sections: tuple[str, ...]) -> Evidence:
    filing = Filing(state=State.FILED, sections=sections)
    return Evidence(**{name: getattr(HELD, name) for name in HELD.__slots__} | {"filing": filing})


@pytest.mark.parametrize(
    ("state", "short", "lead"),
    [
        (part(phase=Phase.ACHIEVED), "achieved", "is achieved and yours for ever"),
        (
            part(phase=Phase.SUBMITTED),
            "submitted, waiting for a review",
            "nothing is wanted of you now",
        ),
        (part(phase=Phase.IN_REVIEW), "submitted, in review", "nothing is wanted of you now"),
        (part(phase=Phase.MORE_WANTED), "more documents are wanted", "Say: requests"),
        (
            part("SOIL-1", phase=Phase.COURSE_RECOMMENDED),
            "is not filed yet",
            "lacks its proof of sch",
        ),
        (part(certificate=True, phase=Phase.COURSE_RECOMMENDED), "ready to submit", "Submit it."),
    ],
)
def test_what_came_of_a_set_is_told_in_place_of_what_it_lacks(
    state: SetProgress, short: str, lead: str
) -> None:
    reply = progress.missing(PROGRAM, (state,))

    assert short in progress.set_state(state)
    assert lead in plain_text(reply)
    assert len(reply.blocks) == 1
    assert state.missing == ()


@given(st.lists(st.sampled_from(PLACES), max_size=6, unique=True).map(tuple))
def test_an_achieved_set_is_complete_whatever_is_filed(sections: tuple[str, ...]) -> None:
    found = count(PROGRAM, ADA, (filed(sections),), today=TODAY, plans=plans(Phase.ACHIEVED))
    soil = next(s for s in found.sets if s.set.id == SOIL.id)

    assert soil.complete
    assert soil.missing == ()
    assert found.sets_achieved == 1
    assert found.sets_complete >= 1


def test_an_achieved_elective_shows_though_it_is_not_chosen() -> None:
    one = PROGRAM.elective_sets[0]
    found = count(PROGRAM, ADA, (), today=TODAY, plans=plans(Phase.ACHIEVED, set_id=one.id))

    assert one.id in {s.set.id for s in found.sets}
    assert (found.sets_achieved, found.sets_complete) == (1, 1)


def test_the_whole_is_told_with_how_many_are_achieved() -> None:
    one = decided(submission(route=Route.COURSE), decision())
    found = count(
        PROGRAM, ADA, (), today=TODAY, plans=plans_of(PROGRAM, (one,), chosen={}, evidence=())
    )
    reply = progress.overview(PROGRAM, found, "Ada")
    chart = reply.blocks[-1]

    assert "is complete. 1 of them is achieved." in plain_text(reply)
    assert isinstance(chart, Chart)
    assert [(b.done, b.total, b.note) for b in chart.bars] == [(5, 5, "achieved")]


def test_once_a_course_is_recommended_a_whole_portfolio_is_not_complete() -> None:
    every = (*(c.id for c in SOIL.competencies), f"{SOIL.id}/statement")
    found = count(PROGRAM, ADA, (filed(every),), today=TODAY, plans=plans(Phase.COURSE_RECOMMENDED))

    assert found.sets_complete == 0
