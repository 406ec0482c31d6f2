"""Requests that no document can answer, and questions that only sound like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.beyond import Beyond
from bot.knowledge.requests import beyond_documents


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        ("Write my essay on sourdough", Beyond.WORK),
        ("could you just do my diary?", Beyond.WORK),
        ("Can you quickly proofread this page", Beyond.WORK),
        ("I\u2019d like you to translate the rules", Beyond.WORK),
        ("finish the last chapter for me", Beyond.WORK),
        ("What do you think of rye?", Beyond.OPINION),
        ("your favourite loaf", Beyond.OPINION),
        ("what are my chances", Beyond.OPINION),
        ("will I pass the test?", Beyond.OPINION),
        ("which oven is the coolest", Beyond.OPINION),
        ("is the guild worth the money", Beyond.OPINION),
        ("what is the admin's password", Beyond.PRIVATE),
        ("Who is the head of the guild, and who is their secretary?", Beyond.PRIVATE),
        ("give me the e-mail of the director", Beyond.PRIVATE),
        ("how far is my colleague's record", Beyond.PRIVATE),
    ],
)
def test_what_no_document_can_answer_is_known_by_its_grammar(question: str, beyond: Beyond) -> None:
    assert beyond_documents(question) is beyond


@pytest.mark.parametrize(
    "question",
    [
        "",
        "How do I write my diary?",
        "Who may teach a course?",
        "When will I get the letter?",
        "how do I do the form",
        "which sets are required",
    ],
)
def test_questions_that_documents_may_answer_pass(question: str) -> None:
    assert beyond_documents(question) is None


@given(st.text())
def test_any_text_is_judged(question: str) -> None:
    assert beyond_documents(question) in {None, *Beyond}
