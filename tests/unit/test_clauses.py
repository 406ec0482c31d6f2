"""A message that asks two things is answered on both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import Knowledge
from bot.knowledge.clauses import questions
from bot.usecases.ask_documents import Asking
from tests.clock import NOON


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how long is it? and what does it cost", ("how long is it", "what does it cost")),
        ("where do papers go and what if I am late", ("where do papers go", "what if I am late")),
        ("what does it cost", ("what does it cost",)),
        ("bread and butter", ("bread and butter",)),
        ("and why?", ("and why?",)),
        ("who may bake and who", ("who may bake and who",)),
    ],
)
def test_a_text_is_cut_where_a_new_question_begins(text: str, expected: tuple[str, ...]) -> None:
    assert questions(text) == expected


@given(st.text(max_size=200))
def test_any_text_has_at_least_one_question(text: str) -> None:
    assert len(questions(text)) >= 1


def test_both_parts_of_a_question_are_answered(knowledge: Knowledge) -> None:
    asking = Asking(
        program=knowledge.pack.program, index=knowledge.index, intents=knowledge.intents
    )

    text = asking("where do appeal papers go and what if I miss the deadline", [], now=NOON).text

    assert "Executive Director" in text
    assert "forfeit" in text.lower() or "lose" in text.lower()
