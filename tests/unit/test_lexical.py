"""Shared words, strange words and misspelt words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.lexical import Lexicon, Speller, words

TEXTS = ("Sourdough bread rises slowly", "Cakes need eggs and sugar", "The oven heats the stone")
LEXICON = Lexicon(TEXTS)
SPELLER = Speller(["sourdough", "oven", "diploma", "egg"], ["bread", "over"])


def test_words_are_lower_case_and_keep_their_apostrophe() -> None:
    assert words("Don\u2019t burn 2 Loaves!") == ["don't", "burn", "2", "loaves"]


def test_the_text_that_shares_rare_words_scores_best() -> None:
    scores = LEXICON.scores("how many eggs for a cake")

    assert scores.argmax() == 1
    assert scores[0] == 0


@pytest.mark.parametrize("question", ["", "what is it?", "quantum physics"])
def test_a_question_without_known_words_scores_nothing(question: str) -> None:
    assert LEXICON.scores(question).tolist() == [0, 0, 0]


def test_strange_words_weigh_against_the_known_ones() -> None:
    known = LEXICON.vocabulary([0, 2])

    assert LEXICON.foreign("bread oven", known) == 0
    assert LEXICON.foreign("quantum physics", known) == 1
    assert 0 < LEXICON.foreign("bread physics", known) < 1
    assert LEXICON.foreign("eggs", known) == 1
    assert LEXICON.foreign("what is it", known) == 0


@given(st.text(), st.sets(st.integers(0, 2)))
def test_strangeness_is_a_share(question: str, told: set[int]) -> None:
    assert 0 <= LEXICON.foreign(question, LEXICON.vocabulary(told)) <= 1 + 1e-9


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("sourdouhg", "sourdough"),
        ("my dipolma, please", "my diploma, please"),
        ("ovne", "oven"),
        ("over", "over"),
        ("bread", "bread"),
        ("Oven", "Oven"),
        ("OVNE", "OVNE"),
        ("eg", "eg"),
        ("xylophone", "xylophone"),
        ("what", "what"),
    ],
)
def test_only_unknown_words_are_corrected_to_a_near_word(typed: str, read: str) -> None:
    assert SPELLER.correct(typed) == read


@given(st.lists(st.sampled_from(["sourdough", "oven", "bread", "what", "12", "?"])))
def test_a_text_of_known_words_stays_as_it_is(known: list[str]) -> None:
    assert SPELLER.correct(" ".join(known)) == " ".join(known)
