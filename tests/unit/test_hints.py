"""What a caption or a file name is taken to mean."""

from __future__ import annotations

import pytest

from bot.evidence.hints import hints, read
from tests.unit.garden import garden

PROGRAM = garden()


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("SOIL-2", ["SOIL-2"]),
        ("soil 2", ["SOIL-2"]),
        ("tree-3_photos.pdf", ["TREE-3"]),
        ("POND2Plan.docx", ["POND-2"]),
        ("for water gardens 2", ["POND-2"]),
        ("competency 2 of Trees and Shrubs", ["TREE-2"]),
        ("competency two of trees", ["TREE-2"]),
        ("the third competency of Trees and Shrubs", ["TREE-3"]),
        ("Soil Care: competency 4", ["SOIL-4"]),
        ("pond set, no. 1", ["POND-1"]),
        ("SOIL-1 and TREE-2", ["SOIL-1", "TREE-2"]),
        ("soil 1, 2 and 4", ["SOIL-1", "SOIL-2", "SOIL-4"]),
        ("can you file this under SOIL-3?", ["SOIL-3"]),
        ("Here is my plan for POND-2. Is it good enough?", ["POND-2"]),
    ],
)
def test_a_competency_is_named_in_many_ways(text: str, sections: list[str]) -> None:
    assert list(hints(PROGRAM, text)) == sections


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("resume", "resume"),
        ("CV", "resume"),
        ("R\u00e9sum\u00e9", "resume"),
        ("my updated resume, thanks!", "resume"),
        ("my application", "application"),
        ("acceptance letter", "acceptance"),
        ("letter of acceptance from MGC", "acceptance"),
        ("certificate for Soil Care", "soil-care/certificate"),
        ("my pos, water gardens", "water-gardens/certificate"),
        ("cert_trees.pdf", "trees-and-shrubs/certificate"),
        ("here is my certificate for the trees course", "trees-and-shrubs/certificate"),
        ("learning essay for Water Gardens", "water-gardens/statement"),
        ("achievement letter for TREE", "trees-and-shrubs/letter"),
        ("soil-care/certificate", "soil-care/certificate"),
        ("POND/statement", "water-gardens/statement"),
    ],
)
def test_other_sections_are_named_by_kind_and_set(text: str, section: str) -> None:
    assert hints(PROGRAM, text) == (section,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not sure, maybe soil?",
        "handout for my resume class",
        "how to write a resume",
        "Application for the meeting room",
        "my application of lime to the rose beds",
        "certificate from a webinar on trees",
        "trees 3 photos",
        "SOIL-99",
        "soil 10-12-2024",
        "our planting plan for the school",
    ],
)
def test_words_that_only_sound_alike_name_no_section(text: str) -> None:
    assert hints(PROGRAM, text) == ()


def test_a_competency_that_is_ruled_out_is_not_named() -> None:
    named = read(PROGRAM, "not SOIL-1 but SOIL-2")

    assert named.sections == ("SOIL-2",)
    assert named.excluded == ("SOIL-1",)


def test_what_comes_after_an_exchange_is_not_ruled_out() -> None:
    named = read(PROGRAM, "instead of soil 3 I want soil 4")

    assert named.sections == ("SOIL-4",)
    assert named.excluded == ("SOIL-3",)


@pytest.mark.parametrize(
    "text", ["maybe SOIL-2?", "I'm not sure if this is SOIL-2", "could be soil 2"]
)
def test_doubt_makes_a_competency_likely_and_not_certain(text: str) -> None:
    named = read(PROGRAM, text)

    assert named.sections == ()
    assert named.maybe == ("SOIL-2",)


@pytest.mark.parametrize("text", ["not sure, maybe soil?", "for my dirt set", "Soil Care"])
def test_a_set_alone_narrows_the_choice(text: str) -> None:
    assert read(PROGRAM, text).sets == ("soil-care",)


def test_a_set_in_a_longer_caption_is_merely_what_it_is_about() -> None:
    named = read(PROGRAM, "poster about ponds for the spring fair")

    assert named.sets == ()
    assert named.about == ("water-gardens",)


def test_a_certificate_without_a_set_says_the_form_only() -> None:
    named = read(PROGRAM, "my certificate")

    assert named.sections == ()
    assert named.forms == ("certificate",)


def test_initials_count_in_capitals_only() -> None:
    assert hints(PROGRAM, "LE for TREE") == ("trees-and-shrubs/statement",)
    assert read(PROGRAM, "le").forms == ()
