"""What ratings add up to."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from bot.domain.rating_words import rating_named
from bot.domain.rules import Outcome, Rating, ReviewRule
from bot.domain.verdict import combine, proposed
from bot.errors import Refused
from tests.unit.reviews import IDS, RAY, RULE, RUT, SOIL, given, rated, submission

MET, PARTIALLY, NOT_MET = Rating
WORDED = replace(RULE, words={MET: "runs true", PARTIALLY: "runs slow", NOT_MET: "stands still"})


@pytest.mark.parametrize("pairs", [("mp", "pm", "mm", "nn"), ("pn", "np", "mn", "nm")])
def test_the_order_of_the_reviewers_makes_no_difference(pairs: tuple[str, ...]) -> None:
    one = rated(*pairs)
    orders = list(permutations(one.ratings))[:200]

    results = {
        tuple(row.rating for row in combine(replace(one, ratings=order), SOIL, RULE))
        for order in orders
    }

    assert len(results) == 1
    assert None not in results.pop()


def test_two_ratings_give_what_the_program_says() -> None:
    rows = combine(rated("mm", "mp", "pn", "nm"), SOIL, RULE)

    assert [row.rating for row in rows] == [MET, PARTIALLY, NOT_MET, NOT_MET]
    assert [row.disputed for row in rows] == [False, True, True, True]


def test_one_rating_adds_up_to_nothing_yet() -> None:
    rows = combine(submission(claims=(RAY,), ratings=(given(RAY),)), SOIL, RULE)

    assert [row.rating for row in rows] == [None] * len(IDS)
    assert [len(row.given) for row in rows] == [1, 0, 0, 0]


def test_nothing_is_proposed_while_a_rating_is_missing() -> None:
    whole = rated("mm", "mm", "mm", "mm")

    assert proposed(replace(whole, ratings=whole.ratings[:-1]), SOIL, RULE) is None
    assert proposed(submission(), SOIL, RULE) is None


@pytest.mark.parametrize(
    ("pairs", "round", "outcome", "asks"),
    [
        (("mm", "mm", "mm", "mm"), 1, Outcome.APPROVED, ()),
        (("mm", "mp", "mm", "mm"), 1, Outcome.MORE, IDS[1:2]),  # a chance is left, so it is used
        (("mm", "mp", "mm", "mm"), 2, Outcome.APPROVED, IDS[1:2]),  # one in four may be in part
        (("mm", "pp", "pp", "mm"), 2, Outcome.COURSE, IDS[1:3]),
        (("mm", "mm", "mm", "mn"), 1, Outcome.MORE, IDS[3:]),
        (("mm", "mm", "mm", "mn"), 2, Outcome.COURSE, IDS[3:]),  # nothing may be not met
    ],
)
def test_the_rule_proposes(
    pairs: tuple[str, ...], round: int, outcome: Outcome, asks: tuple[str, ...]
) -> None:
    proposal = proposed(rated(*pairs, round=round), SOIL, RULE)

    assert proposal
    assert (proposal.outcome, proposal.asks) == (outcome, asks)
    assert proposal.met + proposal.partially + proposal.not_met == len(IDS)


@pytest.mark.parametrize(("percent", "needed"), [(1, 1), (50, 2), (66, 3), (75, 3), (76, 4)])
def test_what_must_be_met_is_rounded_up(percent: int, needed: int) -> None:
    proposal = proposed(rated("mm", "mm", "mm", "mm"), SOIL, replace(RULE, met_percent=percent))

    assert proposal
    assert proposal.needed == needed


@pytest.mark.parametrize(("percent", "allowed"), [(0, 0), (24, 0), (25, 1), (34, 1), (99, 3)])
def test_what_may_be_met_in_part_is_rounded_down(percent: int, allowed: int) -> None:
    rule = replace(RULE, partially_percent=percent)

    proposal = proposed(rated("mm", "mm", "mm", "mm"), SOIL, rule)

    assert proposal
    assert proposal.allowed == allowed


def test_a_rating_from_the_round_before_counts_like_any_other() -> None:
    carried = [given(who, id, carried=True) for who in (RAY, RUT) for id in IDS[1:]]
    second = submission(
        round=2,
        asked=IDS[:1],
        claims=(RAY, RUT),
        ratings=(*carried, given(RAY), given(RUT)),
    )

    proposal = proposed(second, SOIL, RULE)

    assert proposal
    assert proposal.outcome is Outcome.APPROVED


@pytest.mark.parametrize(
    ("rule", "said", "meant"),
    [
        (RULE, "met", MET),
        (RULE, "MET", MET),
        (RULE, "m", MET),
        (RULE, "part", PARTIALLY),
        (RULE, "not met", NOT_MET),
        (RULE, "not-met", NOT_MET),
        (RULE, "Not\u2011Met", NOT_MET),
        (RULE, " not ", NOT_MET),
        (WORDED, "runs true", MET),
        (WORDED, "Runs S", PARTIALLY),
        (WORDED, "stands", NOT_MET),
        (WORDED, "met", MET),  # Carrel's own word is understood beside the program's
    ],
)
def test_a_rating_is_named_in_the_programs_words_or_by_a_beginning(
    rule: ReviewRule, said: str, meant: Rating
) -> None:
    assert rating_named(rule, said) is meant


@pytest.mark.parametrize(("rule", "said"), [(RULE, "good"), (RULE, " "), (WORDED, "runs")])
def test_a_word_that_names_no_rating_is_answered_with_those_that_do(
    rule: ReviewRule, said: str
) -> None:
    with pytest.raises(Refused) as told:
        rating_named(rule, said)

    assert f"Use one of: {', '.join(rule.words[rating] for rating in Rating)}." in str(told.value)


def test_the_programs_own_words_go_first() -> None:
    odd = replace(RULE, words={MET: "not met", PARTIALLY: "so so", NOT_MET: "no"})

    assert rating_named(odd, "not met") is MET
