"""Does a question ask what a person has answered for good? Pure.

Nearness of meaning alone cannot tell: sentence vectors put `before` next to `after` and one name
next to another. So a question also has to agree in everything a small word decides: what it names,
what it counts, and which way it points. What is missed is answered from documents or declined; a
wrong match would put words into a person's mouth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import Stemmer

from bot.domain.handover import Curated
from bot.domain.mentions import mentions
from bot.domain.program import Program
from bot.knowledge.index import Index
from bot.knowledge.lexical import STOP, words
from bot.knowledge.search import Found, leans
from bot.ports import Encoder, Vectors

NEAR = 0.87  # cosine; chosen and measured in tests/unit/test_curated.py
ENOUGH = 3  # words of content that tell what a question is about, whatever else is in it
SAME_WORDS = 0.8  # shared words of all words, where nearness of meaning is not enough
NUMBER_WORDS = "two three four five six seven eight nine ten"  # `one` is a pronoun as often
NOT_WORDS = "not no never cannot neither nor"
OPPOSITES = (
    ("before", "after"),
    ("up", "down"),
    ("rise", "fall"),
    ("increase", "decrease"),
    ("more", "less"),
    ("first", "last"),
    ("minimum", "maximum"),
    ("start", "end"),
    ("early", "late"),
    ("above", "below"),
    ("with", "without"),
    ("required", "optional"),
    ("approved", "rejected"),
    ("own", "another"),
)
_NOT = frozenset(NOT_WORDS.split())
_NUMBERS = {word: str(number) for number, word in enumerate(NUMBER_WORDS.split(), start=2)}
_NAME = re.compile(r"(?<=[\w,;:] )[A-Z][\w-]*")
_THERE = re.compile(r"\b(?:is|are|was|were|be) there\b|\bthere (?:is|are)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(\d+|" + "|".join(_NUMBERS) + r")\b[ -]*([a-z]*)")


def pack_vector(vector: Vectors) -> bytes:
    """A vector of shape (d,) as it is kept: float32, little endian."""
    return vector.astype("<f4").tobytes()


def vectors_of(kept: Sequence[Curated], encoder: Encoder) -> Vectors:
    """A row for each curated question; encoded again where another encoder had made its vector."""
    fresh = [c.question for c in kept if c.encoder != encoder.id]
    again = iter(encoder(fresh)) if fresh else iter(())
    rows = [
        np.frombuffer(c.vector, dtype="<f4") if c.encoder == encoder.id else next(again)
        for c in kept
    ]
    return np.asarray(rows, dtype=np.float32)


def asked_for(
    program: Program, index: Index, found: Found, kept: Sequence[Curated], *, question: str
) -> Curated | None:
    """The curated answer that a question asks for, put as it was and with what was found for it.

    One that leans on the question before it, or that no document could answer, has to be put in
    nearly the same words as the curated one.
    """
    if not kept:
        return None
    alone = index.speller.correct(question)
    leans = found.question != alone
    return nearest(
        program,
        kept,
        vectors_of(kept, index.encoder),
        question=question,
        vector=index.encoder([alone])[0] if leans else found.vector,
        strict=leans or found.beyond is not None,
    )


def nearest(
    program: Program,
    kept: Sequence[Curated],
    rows: Vectors,
    *,
    question: str,
    vector: Vectors,
    strict: bool,
) -> Curated | None:
    """The curated answer nearest to a question; of equally near ones the newest.

    `rows` are the curated questions' vectors, `vector` is the question's; when `strict`, nearness
    of meaning does not do without nearly the same words.
    """
    fits = [
        (round(float(cosine), 2), one.id, one)
        for one, cosine in zip(kept, rows @ vector, strict=True)
        if near(program, one.question, question, cosine=float(cosine), strict=strict)
    ]
    return max(fits, key=lambda fit: fit[:2])[2] if fits else None


def near(program: Program, kept: str, asked: str, *, cosine: float, strict: bool) -> bool:
    """Whether a question asks what a curated one does.

    When `strict`, nearness of meaning does not do without nearly the same words.
    """
    close = cosine >= NEAR and (same_words(kept, asked) or not strict)
    return close and agree(program, kept, asked)


def same_words(one: str, other: str) -> bool:
    """Whether two questions are put in nearly the same words."""
    left, right = set(words(one)), set(words(other))
    return len(left & right) >= SAME_WORDS * len(left | right) > 0


def agree(program: Program, one: str, other: str) -> bool:
    """Whether both name the same, count the same, and point the same way."""
    return (
        _mentioned(program, one) == _mentioned(program, other)
        and _counted(one) == _counted(other)
        and _denied(one) == _denied(other)
        and not _opposed(one, other)
        and _names(one) <= _stems(other)
        and _names(other) <= _stems(one)
    )


def says_enough(question: str) -> bool:
    """Whether a question tells by itself what it is about: it points nowhere, or says much."""
    content = {word for word in words(question) if word not in STOP}
    return len(content) >= ENOUGH or bool(content and not leans(_THERE.sub("", question)))


def _mentioned(program: Program, text: str) -> set[str]:
    """Competencies, and the sets that are named beside them."""
    named = mentions(program, text)
    held = {s.id for s in program.sets for c in s.competencies if c.id in named.competencies}
    return {*named.competencies, *(set(named.sets) - held)}


def _counted(text: str) -> set[tuple[str, str]]:
    """Every number with the word it stands before."""
    stem = Stemmer.Stemmer("english").stemWord
    return {(_NUMBERS.get(n, n), stem(word)) for n, word in _COUNTED.findall(text.lower())}


def _denied(text: str) -> bool:
    said = words(text)
    return not _NOT.isdisjoint(said) or any(word.endswith("n't") for word in said)


def _opposed(one: str, other: str) -> bool:
    """Whether one says a word and the other only its opposite."""
    left, right = set(words(one)), set(words(other))
    for pair in OPPOSITES:
        said, answered = left & set(pair), right & set(pair)
        if said and answered and said.isdisjoint(answered):
            return True
    return False


def _names(text: str) -> set[str]:
    """Words with a capital letter inside a sentence."""
    return _stems(" ".join(n for n in _NAME.findall(text) if n.lower() not in STOP))


def _stems(text: str) -> set[str]:
    return set(Stemmer.Stemmer("english").stemWords(words(text)))
