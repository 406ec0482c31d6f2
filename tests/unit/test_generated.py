"""Passages made from a program's data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.knowledge import Passage
from bot.domain.program import Program
from bot.knowledge.generated import generated_passages
from bot.knowledge.pack import load_pack
from tests.unit.bakery import bakery


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return load_pack(bakery(tmp_path)).program


def made(program: Program) -> dict[str, Passage]:
    return {p.id: p for p in generated_passages(program)}


def test_sets_are_counted_and_listed(program: Program) -> None:
    found = made(program)

    assert found["program#All sets"].units == ("Bread Baking", "Cake Making", "Shop Keeping")
    assert found["program#All sets"].lead == (
        "There are three sets (3): one required and two electives. "
        "A candidate proves two (2) of them."
    )
    assert found["program#Required sets"].lead == "One sets (1) are required:"
    assert found["program#Elective sets"].units == ("Cake Making", "Shop Keeping")


def test_beyond_ten_numbers_are_digits(program: Program) -> None:
    many = tuple(replace(program.sets[0], id=f"set-{n}") for n in range(11))

    assert "There are 11 sets (11)" in made(replace(program, sets=many))["program#All sets"].lead


def test_a_set_tells_its_role_its_competencies_and_its_note(program: Program) -> None:
    found = made(program)

    assert found["cake-making#Overview"].lead == "Cake Making is an elective."
    assert found["bread-baking#Overview"].lead == "Bread Baking is required."
    assert found["cake-making#Competencies"].lead == (
        "Cake Making has 2 competencies, CAKE-1 to CAKE-2. A third one is being written."
    )
    assert found["cake-making#Competencies"].file == "sets/cake-making.yaml"


def test_wording_that_is_not_official_says_so(program: Program) -> None:
    found = made(program)

    assert "partial and not official" in found["bread-baking#BREAD-2"].lead
    assert "official" not in found["bread-baking#BREAD-1"].lead


def test_only_competencies_with_suggestions_have_a_passage_of_them(program: Program) -> None:
    found = made(program)

    assert found["bread-baking#Suggestions for BREAD-1"].lead == (
        "Suggestions for BREAD-1. These ideas are not the guild's."
    )
    assert "bread-baking#Suggestions for BREAD-2" not in found


def test_everything_quoted_is_a_text_of_the_program(program: Program) -> None:
    texts = {s.title for s in program.sets} | {s.overview for s in program.sets}
    competencies = [c for s in program.sets for c in s.competencies]
    texts |= {text for c in competencies for text in (c.text, *c.suggestions)}

    assert all(u in texts for p in generated_passages(program) for u in p.units)
