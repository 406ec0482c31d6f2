"""Which sets and competencies a text names, and which words only look like them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mentions import mentions, set_places
from tests.unit.garden import garden

GARDEN = garden()
CODES = [c.id for s in GARDEN.sets for c in s.competencies]


@pytest.mark.parametrize(
    "text",
    ["SOIL-2", "soil 2", "Soil2", "soil-02", "(SOIL\u20132)", "soil\u20112.", "for SOIL-2, please"],
)
def test_a_competency_is_named_in_many_spellings(text: str) -> None:
    assert mentions(GARDEN, text).competencies == ("SOIL-2",)


@pytest.mark.parametrize(
    "text",
    ["SOIL-9", "SOIL-0", "SOIL-222", "TOPSOIL-2", "subsoil 2", "SOIL two", "POND2O", "SOIL- 2 3"],
)
def test_look_alikes_of_a_competency_are_not_named(text: str) -> None:
    assert mentions(GARDEN, text).competencies == ()


@pytest.mark.parametrize(
    ("text", "set_id"),
    [
        ("Soil Care", "soil-care"),
        ("soil-care", "soil-care"),
        ("the DIRT SET", "soil-care"),
        ("Trees\n  and   Shrubs", "trees-and-shrubs"),
        ("is POND required?", "water-gardens"),
        ("my ponds", "water-gardens"),
    ],
)
def test_a_set_is_named_by_title_id_alias_or_code(text: str, set_id: str) -> None:
    found = mentions(GARDEN, text)

    assert found.sets == (set_id,)
    assert found.any


@pytest.mark.parametrize(
    "text", ["pond", "tree", "responds", "street-trees", "trees-like", "soiled", "", "Shrubs"]
)
def test_look_alikes_of_a_set_are_not_named(text: str) -> None:
    found = mentions(GARDEN, text)

    assert found.sets == ()
    assert not found.any


def test_of_names_that_overlap_the_longest_counts() -> None:
    (place,) = set_places(GARDEN, "for Trees and\nShrubs only")

    assert (place.start, place.end) == (4, 20)
    assert (place.set_id, place.name) == ("trees-and-shrubs", "Trees and Shrubs")


def test_each_is_named_once_in_order_of_appearance() -> None:
    found = mentions(GARDEN, "ponds, TREE-2 and soil; ponds again, SOIL-1, TREE-2")

    assert found.sets == ("water-gardens", "soil-care")
    assert found.competencies == ("TREE-2", "SOIL-1")


def test_a_program_without_sets_names_nothing() -> None:
    assert not mentions(replace(GARDEN, sets=()), "SOIL-2, ponds, -12").any


@given(st.sampled_from(CODES), st.text(alphabet=" .,;!?\n", min_size=1), st.booleans())
def test_a_code_is_found_wherever_it_stands(code: str, around: str, low: bool) -> None:
    text = f"{around}{code.lower() if low else code}{around}"

    assert mentions(GARDEN, text).competencies == (code,)
