"""Replies as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Bullets, Chart, Choice, Paragraph, Quotation, Reply
from channels.markup import place, plain_text

LETTERS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1).filter(str.strip)
BLOCKS = st.one_of(
    st.builds(Paragraph, text=LETTERS),
    st.builds(Bullets, items=st.lists(LETTERS, max_size=4).map(tuple)),
    st.builds(Quotation, text=LETTERS, document=LETTERS, heading=LETTERS, dated=LETTERS),
    st.builds(Chart, title=st.just("t"), bars=st.just(()), footer=st.just("f"), alt=LETTERS),
)
REPLIES = st.builds(Reply, blocks=st.lists(BLOCKS, max_size=5).map(tuple))
QUOTATION = Quotation(text="Hot.\nVery hot.", document="Rules", heading="Heat", dated="in 1990")


def test_every_kind_of_block_reads_well_aloud() -> None:
    reply = Reply(
        blocks=(
            Paragraph(text="Hello."),
            Bullets(items=("one", "two")),
            QUOTATION,
            Chart(title="Log", bars=(), footer="", alt="a bar of 2 of 5."),
        ),
        choices=(Choice(label="Yes", says="yes"), Choice(label="No", says="no")),
    )

    assert plain_text(reply) == (
        "Hello.\n\n- one\n- two\n\n  Hot.\n  Very hot.\n  \u2014 Rules, \u201cHeat\u201d (in 1990)"
        "\n\nPicture: a bar of 2 of 5.\n\n  1. Yes\n  2. No\nReply with a number."
    )


@pytest.mark.parametrize(("dated", "end"), [("", "\u201d"), ("in 1990", " (in 1990)")])
def test_a_place_tells_the_age_when_it_is_known(dated: str, end: str) -> None:
    assert place(Quotation(text="x", document="D", heading="H", dated=dated)).endswith(end)


def test_lines_are_wrapped_under_their_mark() -> None:
    text = plain_text(Reply(blocks=(Bullets(items=("a loaf of bread",)), QUOTATION)), width=12)

    assert text.splitlines()[:2] == ["- a loaf of", "  bread"]
    assert text.endswith("\n  \u2014 Rules,\n    \u201cHeat\u201d\n    (in\n    1990)")


def test_line_ends_of_a_paragraph_stay() -> None:
    assert plain_text(Reply(blocks=(Paragraph(text="a b\nc d"),)), width=4) == "a b\nc d"


def test_an_address_is_never_broken() -> None:
    long = "https://example.org/a-very-long/path"

    assert long in plain_text(Reply(blocks=(Paragraph(text=f"see {long} now"),)), width=10)


def test_nothing_to_say_is_no_text() -> None:
    assert plain_text(Reply(blocks=())) == ""


@given(REPLIES, st.integers(8, 100))
def test_wrapping_loses_no_letter_and_keeps_to_the_width(reply: Reply, width: int) -> None:
    loose, wrapped = plain_text(reply), plain_text(reply, width=width)

    assert "".join(wrapped.split()) == "".join(loose.split())
    for line in wrapped.split("\n"):
        assert len(line) <= width or len(line.removeprefix("- ").split()) <= 2


@given(st.lists(LETTERS, min_size=1, max_size=9))
def test_choices_are_numbered_from_one(labels: list[str]) -> None:
    choices = tuple(Choice(label=label, says=label) for label in labels)
    text = plain_text(Reply(blocks=(), choices=choices))

    for number, label in enumerate(labels, start=1):
        assert f"  {number}. {label}\n" in text
