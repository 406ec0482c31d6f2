"""What a candidate, or a user of `carrel intent`, notices of learnt intents."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import handlers
from bot.domain.knowledge import COMPUTED
from bot.errors import CarrelError
from bot.knowledge import documents
from bot.knowledge.checks import check_passages
from bot.knowledge.encoder import shipped_encoder
from bot.knowledge.intents import Example, Intents, train
from bot.knowledge.vectors import RememberedVectors
from bot.ports import Encoder, Vectors

EXAMPLES = Path(handlers.__path__[0]) / "intents.jsonl"
OWN_RECORD = Path(documents.__file__).with_name("own_record.md")
KITCHEN = {
    "boil": ("boil the water", "put the kettle on", "heat some water", "I want hot water"),
    "bake": ("bake a cake", "put the bread in the oven", "preheat the oven", "make cookies"),
    "wash": ("wash the dishes", "run the dishwasher", "clean the plates", "rinse the cups"),
}


def lesson(**lines: Sequence[str]) -> list[Example]:
    return [Example(text=text, intent=intent) for intent, texts in lines.items() for text in texts]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return shipped_encoder()


@pytest.fixture(scope="module")
def candidates_words() -> list[Example]:
    lines = EXAMPLES.read_text(encoding="utf-8").splitlines()
    return [Example(**json.loads(line)) for line in lines]


@pytest.fixture(scope="module")
def intents(encoder: Encoder, candidates_words: list[Example]) -> Intents:
    return train(candidates_words, encoder)


@pytest.fixture(scope="module")
def kitchen(encoder: Encoder) -> Intents:
    return train(lesson(**KITCHEN), encoder)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("hey, good morning!", "greeting"),
        ("thanks, that was really useful", "thanks"),
        ("bye for now", "goodbye"),
        ("what are the things you can do?", "help"),
        ("show me how far I have come", "progress"),
        ("oops, please undo that upload", "undo"),
        ("list the documents I have uploaded", "files"),
        ("let me talk to a real person", "human"),
        ("here is the certificate of my course", "announce"),
        ("when does my own subscription expire?", "mine"),
        ("how long does an appeal take?", "question"),
        ("is it going to snow tonight?", "question"),
    ],
)
def test_a_candidates_words_have_the_intent_a_person_would_see(
    intents: Intents, text: str, intent: str
) -> None:
    assert intents.classify(text).intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "thanks, and what does a second try cost?",
        "hello, who may apply?",
        "great, thank you. how many sets are there?",
    ],
)
def test_a_question_stays_one_when_it_is_asked_politely(intents: Intents, text: str) -> None:
    assert intents.classify(text).intent == "question"


def test_the_shipped_examples_are_varied_and_say_nothing_twice(
    candidates_words: list[Example],
) -> None:
    each = Counter(e.intent for e in candidates_words)

    assert len({e.text.casefold() for e in candidates_words}) == len(candidates_words)
    assert each.pop("question") >= 80
    assert all(25 <= count <= 40 for count in each.values())


def test_another_domain_is_learnt_from_four_lines_each(kitchen: Intents) -> None:
    asked = ["could you bake some muffins", "please do the dishes", "boil water for tea"]

    assert [g.intent for g in kitchen.classify_many(asked)] == ["bake", "wash", "boil"]


def test_what_fits_no_example_is_less_sure(kitchen: Intents) -> None:
    known = kitchen.classify("boil some water")
    strange = kitchen.classify("who painted this portrait?")

    assert strange.confidence < known.confidence - 0.1


def test_confidences_come_true(encoder: Encoder, candidates_words: list[Example]) -> None:
    held_out = candidates_words[::4]
    learnt = train([e for e in candidates_words if e not in held_out], encoder)
    guesses = learnt.classify_many([e.text for e in held_out])
    right = np.mean([g.intent == e.intent for g, e in zip(guesses, held_out, strict=True)])

    assert right > 0.8
    assert abs(np.mean([g.confidence for g in guesses]) - right) < 0.08


def test_one_example_for_each_intent_is_enough_to_begin(encoder: Encoder) -> None:
    learnt = train(lesson(yes=["yes"], weather=["what is the weather"]), encoder)
    guess = learnt.classify("how is the weather today")

    assert guess.intent == "weather"
    assert 0.5 < guess.confidence < 1


def test_a_single_intent_is_everybodys_intent(encoder: Encoder) -> None:
    learnt = train(lesson(only=["hello", "good day"]), encoder)

    assert learnt.classify("something else").intent == "only"
    assert learnt.classify("something else").confidence == 1.0


def test_a_rare_intent_is_found_beside_a_frequent_one(encoder: Encoder) -> None:
    drinks = [f"I would like {n} cups of {what}" for n in range(2, 12) for what in ("tea", "milk")]
    learnt = train(lesson(order=drinks, bill=["the bill please", "I want to pay"]), encoder)

    assert learnt.classify("could I pay the bill").intent == "bill"


def test_a_line_given_many_times_counts_once(encoder: Encoder, kitchen: Intents) -> None:
    repeated = train(lesson(**KITCHEN) + lesson(**KITCHEN) * 5, encoder)

    assert repeated.classify("make tea").intent == kitchen.classify("make tea").intent
    assert repeated.classify("make tea").confidence == pytest.approx(
        kitchen.classify("make tea").confidence, abs=0.02
    )


def test_a_line_with_two_intents_leaves_doubt_between_them(encoder: Encoder) -> None:
    learnt = train(lesson(tea=["a cup please"], coffee=["a cup please"]), encoder)

    assert learnt.classify("a cup please").confidence == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("blank", ["", "   ", "\n\t"])
def test_blank_text_is_no_reason_to_act(kitchen: Intents, blank: str) -> None:
    assert kitchen.classify(blank).confidence == 0.0


@pytest.mark.parametrize("examples", [[], lesson(nothing=["", "  "])])
def test_no_examples_is_an_error_that_says_what_to_give(
    encoder: Encoder, examples: list[Example]
) -> None:
    with pytest.raises(CarrelError, match="give at least one example"):
        train(examples, encoder)


def test_many_texts_are_answered_in_order_as_one_by_one(kitchen: Intents) -> None:
    texts = ["boil an egg", "", "wash my mug", "bake a pie"]
    together = kitchen.classify_many(texts)

    for text, guess in zip(texts, together, strict=True):
        alone = kitchen.classify(text)
        assert guess.intent == alone.intent
        assert guess.confidence == pytest.approx(alone.confidence, abs=0.05)
    assert kitchen.classify_many([]) == ()


def test_a_vector_that_is_known_already_gives_the_same_guess(
    kitchen: Intents, encoder: Encoder
) -> None:
    text = "bake a loaf"

    assert kitchen.of(encoder([text])[0]) == kitchen.classify(text)


def test_remembered_vectors_are_used_where_they_are_offered(
    encoder: Encoder, kitchen: Intents
) -> None:
    asked: list[str] = []

    def embed(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return encoder(texts)

    learnt = train(lesson(**KITCHEN), encoder, embed)

    assert asked == [e.text for e in lesson(**KITCHEN)]
    assert learnt.classify("bake a loaf") == kitchen.classify("bake a loaf")


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_at_all_gets_an_intent_that_was_taught(kitchen: Intents, text: str) -> None:
    guess = kitchen.classify(text)

    assert guess.intent in KITCHEN
    assert 0.0 <= guess.confidence <= 1.0


@settings(max_examples=10, deadline=None)
@given(
    examples=st.lists(
        st.builds(Example, text=st.text(max_size=20), intent=st.sampled_from("abcde")), min_size=1
    )
)
def test_any_examples_that_say_something_can_be_learnt_from(
    encoder: Encoder, examples: list[Example]
) -> None:
    examples = [*examples, Example(text="something", intent="a")]
    guess = train(examples, encoder).classify("anything")

    assert guess.intent in {e.intent for e in examples}
    assert 0.0 < guess.confidence <= 1.0


def test_the_questions_about_ones_own_record_fit_a_programs_documents() -> None:
    text = OWN_RECORD.read_text(encoding="utf-8")
    passages, faults = documents.read_document(text, file="own_record.md", eras={})

    assert not faults
    assert not check_passages(passages)
    assert {p.computes for p in passages} == set(COMPUTED) - {"support-open"}
    assert all(len(p.asked) >= 10 and len(p.units) == 1 for p in passages)


def test_what_was_learnt_is_remembered_until_an_example_changes(
    kitchen: Intents, encoder: Encoder, tmp_path: Path
) -> None:
    told: list[int] = []
    remembered = RememberedVectors(encoder, tmp_path, lambda done, _: told.append(done))
    examples = lesson(**KITCHEN)
    first, second = (train(examples, encoder, remembered, keep=remembered.keep) for _ in range(2))
    train(examples[1:], encoder, remembered, keep=remembered.keep)

    assert told == [len(examples)]
    assert np.array_equal(first.weights, second.weights)
    assert np.allclose(first.weights, kitchen.weights)
