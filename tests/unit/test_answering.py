"""Which passages are quoted together, in which order, and when a question is declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import Knowledge
from bot.domain.beyond import Beyond
from bot.domain.knowledge import Answer, Citation, Passage, Status
from bot.domain.mentions import Mentions
from bot.knowledge.answering import CLOSE, MOST_UNITS, Verdict, judge, quote
from bot.knowledge.confidence import FLOOR, confidence
from bot.knowledge.encoder import shipped_encoder
from bot.knowledge.index import Index, build_index
from bot.knowledge.search import Found
from bot.ports import Encoder

TODAY = date(2026, 3, 1)
STEPS = tuple(
    f"Step {n}: {what}." + " Take your time with it and do not hurry." * 3
    for n, what in enumerate(("weigh the flour", "wake the yeast", "fold the dough"), 1)
)


def passage(name: str, **fields: Any) -> Passage:
    made = Passage(
        id=f"p#{name}",
        document="Oven rules",
        file="p.md",
        heading=name,
        units=(f"{name} is told here.",),
        asked=(f"what about {name}",),
    )
    return replace(made, **fields)


PASSAGES = (
    passage("heat", units=("Hot.", "Very hot.")),
    passage("fee then", matter="fee", since="1990", dated="about 1990"),
    passage("fee now", matter="fee", since="2020-01-31", dated="since 2020"),
    passage("fee between", matter="fee", since="2005"),
    passage("wood", valid_to=date(2001, 12, 31), now="p#gas"),
    passage("coal", valid_to=date(2026, 3, 1), now="p#gas"),
    passage("gas"),
    passage("wages", tells=False),
    passage("hours", computes="support-open"),
    passage("gaps", computes="missing"),
    passage("bread", about="bread-baking", lead="Bread is required."),
    passage("dough", units=(*STEPS * 2, "Yeast wakes in warm water.")),
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return shipped_encoder()


@pytest.fixture(scope="module")
def index(encoder: Encoder) -> Index:
    return build_index(PASSAGES, encoder)


def found(
    index: Index,
    *names: str,
    gap: float = 1.0,
    sure: bool = True,
    question: str = "yeast",
    beyond: Beyond | None = None,
) -> Found:
    """What a search would give whose best passages are those, `gap` apart in score."""
    return Found(
        question=question,
        mentions=Mentions(sets=(), competencies=()),
        order=tuple(index.place(name) for name in names),
        also=(),
        scores=tuple(1.0 - gap * place for place in range(len(names))),
        nearest=0.9 if sure else 0.0,
        lead=0.5 if sure else -0.5,
        foreign=0.0 if sure else 1.0,
        beyond=beyond,
        vector=index.encoder([question])[0],
    )


def verdict(index: Index, *names: str, gap: float = 1.0, sure: bool = True) -> Verdict:
    full = [f"p#{name}" for name in names]
    return judge(index, found(index, *full, gap=gap, sure=sure), today=TODAY)


def told(index: Index, *names: str, gap: float = 1.0) -> list[str]:
    return [p.heading for p in verdict(index, *names, gap=gap).passages]


def said(index: Index, name: str, *, lead: str = "") -> Answer:
    searched = found(index, f"p#{name}")
    return quote(index, searched, judge(index, searched, today=TODAY), lead=lead)


@pytest.mark.parametrize(
    ("names", "gap", "expected"),
    [
        (["heat", "gas"], 1.0, ["heat"]),
        (["heat", "gas"], CLOSE / 2, ["heat", "gas"]),
        (["heat"], 0.0, ["heat"]),
        (["heat", "wages"], CLOSE / 2, ["heat"]),
        (["heat", "hours"], CLOSE / 2, ["heat"]),
        (["hours", "heat"], CLOSE / 2, ["hours"]),
        (["bread", "heat"], CLOSE / 2, ["bread"]),
        (["fee then", "heat"], 1.0, ["fee now", "fee between", "fee then"]),
        (["fee between", "fee now"], CLOSE / 2, ["fee now", "fee between", "fee then"]),
        (["heat", "fee then"], CLOSE / 2, ["heat", "fee now", "fee between", "fee then"]),
        (["wood", "heat"], 1.0, ["wood", "gas"]),
        (["wood", "heat"], CLOSE / 2, ["wood", "heat"]),
        (["coal", "heat"], 1.0, ["coal"]),
    ],
)
def test_passages_bring_those_they_must_not_stand_without(
    names: list[str], gap: float, expected: list[str], index: Index
) -> None:
    assert told(index, *names, gap=gap) == expected


@given(
    st.lists(st.sampled_from(PASSAGES), min_size=1, max_size=5, unique_by=lambda p: p.id),
    st.floats(0, 0.1),
)
def test_what_is_superseded_never_stands_alone(
    index: Index, chosen: list[Passage], gap: float
) -> None:
    given_ = verdict(index, *(p.heading for p in chosen), gap=gap)
    if given_.status is Status.ANSWERED:
        assert any(not p.valid_to or p.valid_to >= TODAY for p in given_.passages)
        assert len({p.id for p in given_.passages}) == len(given_.passages)


def test_what_is_not_sure_is_declined_without_quotations(index: Index) -> None:
    unsure = verdict(index, "heat", sure=False)

    assert unsure.status is Status.DECLINED
    assert unsure.passages == ()
    assert unsure.confidence < FLOOR
    assert unsure.ranked == ("p#heat",)


def test_what_no_document_can_answer_is_declined_however_near_it_is(index: Index) -> None:
    searched = found(index, "p#heat", beyond=Beyond.OPINION)

    assert judge(index, searched, today=TODAY).status is Status.DECLINED


def test_what_the_documents_do_not_tell_is_declined_with_their_words(index: Index) -> None:
    given_ = said(index, "wages")

    assert given_.status is Status.DECLINED
    assert [c.quote for c in given_.citations] == ["wages is told here."]


def test_a_quotation_names_its_place_and_age(index: Index) -> None:
    assert said(index, "fee now").citations[0] == Citation(
        document="Oven rules",
        heading="fee now",
        quote="fee now is told here.",
        file="p.md",
        dated="since 2020",
    )


def test_a_short_passage_is_quoted_whole_and_its_lead_comes_first(index: Index) -> None:
    given_ = said(index, "heat", lead="By the rules:")

    assert given_.text == "By the rules:\n\nHot.\n\nVery hot."
    assert given_.passages == ("p#heat",)


def test_of_a_long_passage_the_nearest_sentences_are_quoted_in_their_order(index: Index) -> None:
    quotes = [c.quote for c in said(index, "dough").citations]
    units = index.passages[index.place("p#dough")].units

    assert "Yeast wakes in warm water." in quotes
    assert 1 <= len(quotes) <= MOST_UNITS
    assert quotes == [u for u in units if u in quotes][-len(quotes) :]


def test_what_is_worked_out_from_a_record_is_not_quoted(index: Index) -> None:
    assert said(index, "gaps", lead="You lack nothing.").citations == ()
    assert said(index, "hours", lead="Open.").citations != ()


@given(st.floats(-1, 1), st.floats(-1, 0.5), st.floats(0, 1), st.booleans())
def test_confidence_is_a_chance_that_grows_with_nearness(
    nearest: float, lead: float, foreign: float, rich: bool
) -> None:
    searched = Found(
        question="",
        mentions=Mentions(sets=(), competencies=()),
        order=(0,),
        also=(),
        scores=(1.0,),
        nearest=nearest,
        lead=lead,
        foreign=foreign,
        beyond=None,
        vector=np.zeros(1, dtype=np.float32),
    )
    chance = confidence(searched, rich=rich)

    assert 0 <= chance <= 1
    assert confidence(replace(searched, nearest=nearest + 0.1), rich=rich) > chance
    assert confidence(replace(searched, foreign=foreign + 0.1), rich=rich) < chance


def test_every_contested_passage_of_the_program_comes_with_the_newest_first(
    knowledge: Knowledge,
) -> None:
    index = knowledge.index
    contested = [p for p in index.passages if p.matter and p.tells and not p.computes]

    assert contested
    for one in contested:
        since = [p.since for p in _chosen(index, one) if p.matter == one.matter]
        assert since == sorted(since, reverse=True)
        assert len(since) > 1


def test_no_superseded_passage_of_the_program_is_quoted_alone(knowledge: Knowledge) -> None:
    index = knowledge.index
    outdated = [p for p in index.passages if p.valid_to and p.valid_to < TODAY]

    assert outdated
    for one in outdated:
        chosen = _chosen(index, one)
        assert not one.tells or any(not p.valid_to or p.valid_to >= TODAY for p in chosen), one.id


def _chosen(index: Index, one: Passage) -> Sequence[Passage]:
    return judge(index, found(index, one.id), today=TODAY).passages
