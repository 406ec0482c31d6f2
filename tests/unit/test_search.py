"""How questions find passages, in a guild of bakers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.domain.knowledge import Passage
from bot.domain.mentions import Mentions, mentions
from bot.domain.program import Program
from bot.knowledge.encoder import shipped_encoder
from bot.knowledge.generated import generated_passages
from bot.knowledge.index import WHOLE, Index, build_index, is_long
from bot.knowledge.pack import Pack, load_pack
from bot.knowledge.search import LONGEST_LEAD, Found, fitness, search, standalone
from bot.ports import Encoder
from tests.unit.bakery import bakery

NOTHING = Mentions(sets=(), competencies=())
RECORD = Passage(
    id="own#Gaps",
    document="Your log",
    file="own.md",
    heading="What is missing",
    units=("What your log lacks.",),
    asked=("what am I missing", "what do I still need", "what is left for me to do"),
    computes="missing",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return shipped_encoder()


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(bakery(tmp_path_factory.mktemp("bakery")))


@pytest.fixture(scope="module")
def index(pack: Pack, encoder: Encoder) -> Index:
    return build_index((*pack.passages, *generated_passages(pack.program), RECORD), encoder)


def find(
    index: Index, program: Program, question: str, *history: str, personal: bool = False
) -> Found:
    named = mentions(program, question)
    return search(index, question, history=history, mentioned=named, personal=personal)


def best(index: Index, found: Found) -> str:
    return index.passages[found.order[0]].id


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("How hot does the oven have to be?", "ovens#Heat of the stone"),
        ("temprature of the stone", "ovens#Heat of the stone"),
        ("can I burn wood in it", "ovens#Wood ovens"),
        ("which sets are electives", "program#Elective sets"),
        ("what does CAKE-2 say", "cake-making#CAKE-2"),
        ("list the competencies of cake making", "cake-making#Competencies"),
        ("salary of a baker", "ovens#Wages"),
    ],
)
def test_a_question_finds_its_passage(
    question: str, passage: str, index: Index, pack: Pack
) -> None:
    assert best(index, find(index, pack.program, question)) == passage


def test_passages_come_best_first_with_falling_scores(index: Index, pack: Pack) -> None:
    found = find(index, pack.program, "how hot is the oven")

    assert list(found.scores) == sorted(found.scores, reverse=True)
    assert len(set(found.order)) == len(found.order) == 10
    assert 0 < found.nearest <= 1.001


def test_a_follow_up_is_read_with_the_question_before(index: Index, pack: Pack) -> None:
    found = find(index, pack.program, "and is it allowed?", "hello", "may I use gas to bake")

    assert found.question == "may I use gas to bake and is it allowed?"
    assert best(index, found) == "ovens#Gas ovens"


@pytest.mark.parametrize(
    ("question", "history", "read"),
    [
        ("what about gas", ["is wood allowed"], "is wood allowed what about gas"),
        ("is it hot", ["the stone"], "the stone is it hot"),
        ("is it hot", [], "is it hot"),
        ("how many loaves fit", ["the stone"], "how many loaves fit"),
        ("and so on " * 5, ["the stone"], "and so on " * 5),
    ],
)
def test_only_short_questions_that_lean_on_another_are_joined(
    question: str, history: list[str], read: str
) -> None:
    assert standalone(question, history) == read


def test_only_the_asker_with_a_record_is_answered_from_it(index: Index, pack: Pack) -> None:
    mine = "what am I still missing"

    assert best(index, find(index, pack.program, mine, personal=True)) == RECORD.id
    assert best(index, find(index, pack.program, mine)) != RECORD.id
    impersonal = find(index, pack.program, "what is missing", personal=True)
    assert best(index, impersonal) != RECORD.id


def test_what_is_named_is_preferred_to_what_is_not(index: Index) -> None:
    named = Mentions(sets=("cake-making",), competencies=())
    ids = [p.id for p in index.passages]
    fit = dict(zip(ids, fitness(index, named, personal=True), strict=True))
    plain = dict(zip(ids, fitness(index, NOTHING, personal=False), strict=True))

    assert fit["cake-making#Overview"] > 0 > plain["cake-making#Overview"]
    assert fit["bread-baking#Overview"] < plain["bread-baking#Overview"]
    assert fit[RECORD.id] > 0 > plain[RECORD.id]
    assert fit["ovens#Wages"] == plain["ovens#Wages"] == 0


def test_words_that_no_telling_passage_knows_are_foreign(index: Index, pack: Pack) -> None:
    home = find(index, pack.program, "oven heat").foreign
    away = find(index, pack.program, "quantum chromodynamics").foreign

    assert home == 0
    assert away == 1


def test_the_lead_is_measured_against_what_is_not_told(index: Index, pack: Pack) -> None:
    inside = find(index, pack.program, "how hot must the oven be")
    outside = find(index, pack.program, "what does a baker earn")

    assert inside.lead > 0
    assert outside.lead <= 0 or best(index, outside) != "ovens#Wages"


def test_where_everything_is_told_the_lead_says_no_more(pack: Pack, encoder: Encoder) -> None:
    telling = tuple(p for p in pack.passages if p.tells)
    found = find(build_index(telling, encoder), pack.program, "how hot must the oven be")

    assert found.lead == LONGEST_LEAD
    assert len(found.order) == len(telling)


def test_only_long_passages_have_their_sentences_compared(encoder: Encoder) -> None:
    short = replace(RECORD, id="a#short", units=("Flour.",))
    long = replace(RECORD, id="a#long", units=("Flour and water. " * 9,) * (WHOLE // 100))
    made = build_index((short, long), encoder)

    assert [len(rows) for rows in made.units] == [0, len(long.units)]
    assert made.vectors.shape[0] == 2 * (1 + len(RECORD.asked)) + len(long.units)
    assert not is_long(replace(long, lead="Listed whole:"))


def test_a_passage_is_found_by_its_id(index: Index) -> None:
    assert index.passages[index.place("ovens#Wages")].heading == "Wages"
    with pytest.raises(KeyError):
        index.place("ovens#Coal")


def test_one_passage_can_be_searched(encoder: Encoder, tmp_path: Path) -> None:
    only = replace(RECORD, computes="", asked=())
    found = search(
        build_index((only,), encoder), "gaps", history=(), mentioned=NOTHING, personal=False
    )

    assert found.order == (0,)
    assert np.isfinite(found.scores).all()
