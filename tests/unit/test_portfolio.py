"""What counts as progress, and what is open to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Candidate, Person
from bot.domain.portfolio import WITHDRAWN, Evidence, Filing, State, chosen_sets, open_sections
from bot.domain.progress import Progress, SetProgress, progress
from tests.unit.garden import garden

GARDEN = garden()
TODAY = date(2026, 3, 1)
ADA = Candidate(
    person=Person(id=1, name="Ada", email="ada@example.org"),
    enrolled_on=date(2025, 1, 15),
    subscription_ends=date(2027, 1, 15),
    electives=("water-gardens",),
)
SOIL = tuple(c.id for c in GARDEN.set("soil-care").competencies)
PLACES = [s.id for s in GARDEN.sections]

filings = st.builds(
    Filing,
    state=st.sampled_from(State),
    sections=st.lists(st.sampled_from(PLACES), max_size=3, unique=True).map(tuple),
)


def file(*sections: str, state: State = State.FILED, number: int = 1) -> Evidence:
    return evidence(Filing(state=state, sections=sections), number=number)


def evidence(filing: Filing, *, number: int = 1) -> Evidence:
    return Evidence(
        id=number,
        number=number,
        person_id=1,
        name="notes.pdf",
        media_type="application/pdf",
        size=10,
        sha256="ab",
        stored_at=datetime(2026, 1, 1, tzinfo=UTC),
        filing=filing,
    )


def report(*held: Evidence, who: Candidate = ADA) -> Progress:
    return progress(GARDEN, who, held, today=TODAY)


def part(held: Progress, set_id: str) -> SetProgress:
    return next(p for p in held.sets if p.set.id == set_id)


def test_each_competency_and_the_statement_count_once() -> None:
    soil = part(report(file("SOIL-1"), file("SOIL-1", "SOIL-2")), "soil-care")

    assert (soil.done, soil.total) == (2, 5)
    assert [c.id for c in soil.missing] == ["SOIL-3", "SOIL-4"]
    assert not soil.complete


def test_all_competencies_and_the_statement_make_a_set_complete() -> None:
    held = report(file(*SOIL, "soil-care/statement"))

    assert part(held, "soil-care").complete
    assert held.sets_complete == 1
    assert held.sets_needed == 2


def test_a_certificate_stands_for_the_whole_set() -> None:
    soil = part(report(file("soil-care/certificate")), "soil-care")

    assert soil.complete
    assert soil.done == soil.total


def test_a_letter_starts_a_set_and_proves_nothing() -> None:
    trees = part(report(file("trees-and-shrubs/letter")), "trees-and-shrubs")

    assert trees.started
    assert (trees.done, trees.complete) == (0, False)


@pytest.mark.parametrize("state", [State.WAITING, State.WITHDRAWN])
def test_only_filed_evidence_counts(state: State) -> None:
    held = report(file("SOIL-1", state=state))

    assert part(held, "soil-care").done == 0
    assert [e.number for e in held.waiting] == ([1] if state is State.WAITING else [])


def test_sections_of_the_record_tell_whether_they_are_filled() -> None:
    filled = {section.id: there for section, there in report(file("resume")).record}

    assert filled == {"resume": True, "application": False, "acceptance": False}


def test_sets_not_chosen_show_only_once_something_is_in_them() -> None:
    assert [p.set.id for p in report().sets] == ["soil-care", "water-gardens"]
    assert len(report(file("TREE-1")).sets) == 3


def test_days_left_fall_below_zero_after_the_end() -> None:
    over = replace(ADA, subscription_ends=date(2026, 2, 27))

    assert report(who=over).days_left == -2


def test_electives_still_to_be_chosen_are_counted_and_never_below_none() -> None:
    every = replace(ADA, electives=("water-gardens", "trees-and-shrubs"))

    assert report(who=replace(ADA, electives=())).open_electives == 1
    assert report(who=every).open_electives == 0


def test_every_elective_is_open_until_enough_are_chosen() -> None:
    undecided = replace(ADA, electives=())

    assert {s.set_id for s in open_sections(GARDEN, undecided)} == {
        "",
        "soil-care",
        "trees-and-shrubs",
        "water-gardens",
    }
    assert {s.set_id for s in open_sections(GARDEN, ADA)} == {"", "soil-care", "water-gardens"}
    assert [s.id for s in chosen_sets(GARDEN, undecided)] == ["soil-care"]


def test_a_file_moves_stands_in_two_places_or_leaves() -> None:
    there = Filing(state=State.WAITING).moved("SOIL-1")
    both = there.also("SOIL-2")

    assert there == Filing(state=State.FILED, sections=("SOIL-1",))
    assert both.sections == ("SOIL-1", "SOIL-2")
    assert both.also("SOIL-1").sections == ("SOIL-2", "SOIL-1")
    assert both.withdrawn() == WITHDRAWN


@given(st.lists(filings, max_size=12))
def test_progress_stays_within_its_bounds(held: list[Filing]) -> None:
    found = report(*map(evidence, held))

    assert 0 <= found.sets_complete <= found.sets_needed
    for one in found.sets:
        assert 0 <= one.done <= one.total
        assert one.complete == (one.done == one.total)
        uncovered = {c.id for c in one.set.competencies} - one.covered
        assert {c.id for c in one.missing} == (set() if one.has_certificate else uncovered)


@given(st.lists(filings, max_size=8), st.sampled_from(PLACES))
def test_one_more_filed_file_never_lowers_progress(held: list[Filing], place: str) -> None:
    before = report(*map(evidence, held))
    after = report(*map(evidence, held), file(place))
    done = {p.set.id: p.done for p in after.sets}

    assert after.sets_complete >= before.sets_complete
    assert all(done[p.set.id] >= p.done for p in before.sets)


@given(st.permutations(SOIL))
def test_each_new_competency_raises_progress_by_one(order: list[str]) -> None:
    for count in range(1, len(order) + 1):
        soil = part(report(*(file(id) for id in order[:count])), "soil-care")
        assert soil.done == count


def test_electives_beyond_those_needed_make_nobody_more_complete() -> None:
    undecided = replace(ADA, electives=())
    electives = (file("trees-and-shrubs/certificate"), file("water-gardens/certificate"))

    without_soil = report(*electives, who=undecided)
    whole = report(file("soil-care/certificate"), *electives, who=undecided)

    assert (without_soil.sets_complete, without_soil.sets_needed) == (1, 2)
    assert (whole.sets_complete, whole.sets_needed) == (2, 2)
