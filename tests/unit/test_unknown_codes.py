"""Ids that look like the program's and are none: asked about, never filed by guess."""

from __future__ import annotations

import pytest

from bot.evidence.hints import read
from tests.cast import ADA
from tests.desk import House
from tests.unit.garden import garden

PROGRAM = garden()


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("for SOIL-44", ["SOIL-44"]),
        ("soil-44.txt", ["SOIL-44"]),
        ("SOIL 44", ["SOIL-44"]),
        ("pond44", ["POND-44"]),
        ("SOIL-0", ["SOIL-0"]),
        ("SIOL-4 and TREES-1", ["SIOL-4", "TREES-1"]),
        ("SOIL-2 and SOIL-9", ["SOIL-9"]),
    ],
)
def test_a_code_that_names_nothing_is_noticed(text: str, unknown: list[str]) -> None:
    assert list(read(PROGRAM, text).unknown) == unknown


@pytest.mark.parametrize(
    "text",
    [
        "SOIL-2",
        "SOIL-02",
        "COVID-19",
        "ROOM-12",
        "soil 44 samples",
        "SOIL-1-2024",
        "plan for soil 2025",
        "tree-3_photos.pdf",
    ],
)
def test_other_words_with_numbers_are_no_codes(text: str) -> None:
    assert read(PROGRAM, text).unknown == ()


GUIDE = (
    "Dewey Decimal Classification at our library. I classified non-fiction with WebDewey, built "
    "numbers from the tables, and explained classification and call numbers to a trainee. "
) * 8


@pytest.mark.parametrize(
    ("name", "caption", "told"),
    [
        ("dewey.txt", "for CAT-44", "CAT-44, which does not exist: Cataloging and Classification"),
        ("dewey.txt", "for CTA-4", "CTA-4, which does not exist: the codes are"),
        ("CAT-44.txt", "here you are", "the file name names CAT-44, which does not exist"),
        ("CAT-4.txt", "for CAT-44", "the caption names CAT-44, which does not exist"),
    ],
)
def test_a_file_for_what_does_not_exist_is_asked_about(
    home: House, name: str, caption: str, told: str
) -> None:
    home.say(ADA.email, "drop access services")
    home.say(ADA.email, "choose cataloging")
    path = home.folder / name
    path.write_text(GUIDE)

    said = " ".join(home.send(ADA.email, path, caption=caption).split())

    assert "safe but not filed" in said
    assert told in said


def test_what_exists_is_filed_and_the_rest_is_told(home: House) -> None:
    path = home.folder / "guide.txt"
    path.write_text(GUIDE)

    said = " ".join(home.send(ADA.email, path, caption="for TECH-2 and TECH-44").split())

    assert "Filed guide.txt as file 1 in TECH-2" in said
    assert "TECH-44, which does not exist: Technology has TECH-1 to TECH-9" in said
