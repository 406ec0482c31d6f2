"""A long text is laid into fields and comes back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.form_text import (
    LONGEST_PART,
    MOST_PARTS,
    paragraphs_in,
    part_names,
    parts_of,
    text_in,
)
from bot.domain.statement import paragraphs_of
from bot.domain.text import plain
from bot.errors import Refused

PARAGRAPHS = (
    st.lists(st.text(min_size=1, max_size=40).map(lambda text: text * 60), max_size=12)
    .map("\n\n".join)
    .map(plain)
)  # as every message arrives


def paragraphs(text: str) -> tuple[str, ...]:
    try:
        return paragraphs_of(text)
    except Refused:
        return ()


@given(PARAGRAPHS, st.integers(0, 3_000))
def test_a_text_comes_back_from_its_fields(text: str, words: int) -> None:
    before = paragraphs(text)
    parts = parts_of(before, words=words)

    if parts is None:
        assert sum(map(len, before)) > LONGEST_PART
        return
    assert paragraphs_in(dict(zip(part_names(len(parts)), parts, strict=True))) == before
    assert 1 <= len(parts) <= MOST_PARTS
    assert all(len(part) <= LONGEST_PART for part in parts)


def test_there_is_room_for_what_is_advised_and_for_more() -> None:
    full = "x" * LONGEST_PART

    assert parts_of((), words=1_200) == ("", "", "")
    assert parts_of((), words=0) == ("",)
    assert parts_of(("short", "too"), words=500) == ("short\n\ntoo", "")
    assert parts_of((full, full), words=500) == (full, full, "")
    assert parts_of((full,) * MOST_PARTS, words=500) == (full,) * MOST_PARTS


def test_a_text_that_does_not_fit_is_given_up_whole() -> None:
    assert parts_of(("x" * (LONGEST_PART + 1),), words=500) is None
    assert parts_of(("x" * LONGEST_PART,) * (MOST_PARTS + 1), words=500) is None


def test_fields_that_are_empty_are_no_paragraphs() -> None:
    assert text_in({"part-1": " one ", "part-2": " \n", "part-3": "two\u2029three"}) == (
        "one\n\ntwo\nthree"
    )
    assert paragraphs_in({}) == paragraphs_in({"part-1": "\u2060 \n"}) == ()
