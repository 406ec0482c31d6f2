"""How text is cut into pieces that can be quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.sentences import one_line, units

MARKS = ("- ", "* ", "12. ", "# ", "| a |", "> ", "```", "<b>", "\n", "\n\n", " ", ".", "! ", "\f")
WORDS = ("Dr. ", "e.g. ", "One", "two", "Three? ", '"', "\u2028", "\r\n", "\x85", "\u2022 ")
MARKED = st.lists(st.sampled_from((*MARKS, *WORDS)), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One loaf. Two loaves! Three? Yes.", ("One loaf.", "Two loaves!", "Three?", "Yes.")),
        ('He said "Stop." Then he left.', ('He said "Stop."', "Then he left.")),
        ("Ask Dr. Bun at 4 p.m. Monday.", ("Ask Dr. Bun at 4 p.m. Monday.",)),
        ("It costs 3.50 crowns. 4 is too much.", ("It costs 3.50 crowns.", "4 is too much.")),
        ("no end. but small letters", ("no end. but small letters",)),
        ("A sentence over\ntwo lines. Next.", ("A sentence over\ntwo lines.", "Next.")),
        ("- flour\n* water\n3) salt\n\u2022 yeast", ("flour", "water", "salt", "yeast")),
        ("- a long item\n  that goes on\n- next", ("a long item\n  that goes on", "next")),
        ("| a | b |\n| c | d |", ("| a | b |", "| c | d |")),
        ("One paragraph\n\nand another", ("One paragraph", "and another")),
        ("", ()),
        (" \n\t\n", ()),
    ],
)
def test_text_is_cut_where_a_reader_would(text: str, pieces: tuple[str, ...]) -> None:
    assert units(text) == pieces


@given(st.one_of(st.text(), MARKED))
def test_every_piece_stands_in_the_text_letter_by_letter_and_in_order(text: str) -> None:
    start = 0
    for piece in units(text):
        found = text.find(piece, start)
        assert found >= 0
        start = found + len(piece)


@given(st.text())
def test_pieces_are_never_blank(text: str) -> None:
    assert all(piece.strip() for piece in units(text))


@given(st.text())
def test_no_word_changes_on_one_line(text: str) -> None:
    assert one_line(text).split() == text.split()
    assert "\n" not in one_line(text)
