"""A question -> passages in order of how well they answer it; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.beyond import Beyond
from bot.domain.handover import Curated
from bot.domain.knowledge import OF_RECORD
from bot.domain.mentions import Mentions
from bot.knowledge.clauses import questions
from bot.knowledge.index import NEAREST, Index
from bot.knowledge.requests import beyond_documents
from bot.ports import Vectors

# Fitted by bench/fit_answers.py on development questions: the nearest text of a passage, the mean
# of its three nearest, its body, and shared words (BM25 at which half of that weight counts).
BEST_WEIGHT, MEAN_WEIGHT, BODY_WEIGHT, LEXICAL_WEIGHT = 0.1, 0.8, 0.1, 0.6
LEXICAL_HALF = 8.0
OWN_BONUS = 0.1  # for an answer from the record of someone who asks in the first person
NEVER = -100.0  # not to be found at all
NEAR_ENOUGH = 0.6  # cosine at which a passage answers a part of a question
SHORT = 12  # words; a longer question says what it is about
CLEAR = 0.58  # cosine at which a question that may lean is understood alone
DEEPEST = 2  # earlier questions that one may lean on
LONGEST_LEAD = 0.5  # a lead beyond this says no more
# Words that join a question to the one before, and words that may point back to it.
_JOINS = re.compile(
    r"^(?:and|or|but|so|then|also|what about|how about|same|why not|which of|how many of)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\b(?:it|that|them|those|these|they|this|there|one)\b|^why\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The outcome of a search: passages' places with scores, best first, and the question's vector.

    `also` are the places of passages that answer a part of a question of several parts.
    `nearest` is the cosine of the best passage's nearest text; `lead` how far its score is ahead of
    the best passage that tells nothing; `foreign` the share of the question's words that no passage
    that tells anything knows; `beyond` why no document could answer; `curated` is the answer that a
    person has given for good, which comes before all of them.
    """

    question: str
    mentions: Mentions
    order: tuple[int, ...]
    also: tuple[int, ...]
    scores: tuple[float, ...]
    nearest: float
    lead: float
    foreign: float
    beyond: Beyond | None
    vector: Vectors
    curated: Curated | None = None


_FIRST_PERSON = re.compile(r"\b(i|i'm|i've|me|my|mine|we|our)\b", re.IGNORECASE)


def search(
    index: Index,
    question: str,
    *,
    history: Sequence[str],
    mentioned: Mentions,
    personal: bool,
) -> Found:
    """Ranks the passages for a question.

    `history` holds earlier questions, oldest first; it counts when the question leans on it.
    `personal` says whether the asker has a record: what is asked in the first person may then be
    answered from it.
    """
    spelt = index.speller.correct(question)
    full = _in_context(index, spelt, history)
    own = personal and bool(_FIRST_PERSON.search(question))
    fit = fitness(index, mentioned, personal=own)
    vector = index.encoder([full])[0]
    nearest, scores = _scores(index, full, vector)
    scores = scores + fit
    order = np.argsort(-scores)[:10]
    return Found(
        question=full,
        mentions=mentioned,
        order=tuple(int(i) for i in order),
        also=_also(index, questions(spelt), fit),
        scores=tuple(float(scores[i]) for i in order),
        nearest=float(nearest[order[0]]),
        lead=_lead(index, scores),
        foreign=index.lexicon.foreign(spelt, index.vocabulary),
        beyond=beyond_documents(question),
        vector=vector,
    )


def _also(index: Index, parts: Sequence[str], fit: Vectors) -> tuple[int, ...]:
    """The best passage of each part that has one near enough."""
    if len(parts) == 1:
        return ()
    best = []
    for part in parts:
        nearest, scores = _scores(index, part, index.encoder([part])[0])
        place = int(np.argmax(scores + fit))
        if nearest[place] >= NEAR_ENOUGH:
            best.append(place)
    return tuple(dict.fromkeys(best))


def standalone(question: str, history: Sequence[str]) -> str:
    """The question after those it leans on: one that leans itself brings the one before it."""
    chain = [question]
    for earlier in reversed(history[-DEEPEST:]):
        if not leans(chain[0]):
            break
        chain.insert(0, earlier)
    return " ".join(chain)


def leans(question: str) -> bool:
    """Whether a question may need the one before it to be understood."""
    short = len(question.split()) <= SHORT
    return short and bool(_JOINS.search(question) or _POINTS.search(question))


def _in_context(index: Index, question: str, history: Sequence[str]) -> str:
    """The question by itself when it joins nothing and is well understood alone."""
    if _JOINS.search(question) or not (history and leans(question)):
        return standalone(question, history)
    alone, _ = _scores(index, question, index.encoder([question])[0])
    return question if float(alone.max()) >= CLEAR else standalone(question, history)


def _scores(index: Index, question: str, vector: Vectors) -> tuple[Vectors, Vectors]:
    """How well each passage answers, and the cosine of its nearest text."""
    cosines = index.vectors @ vector
    near = np.partition(cosines[index.near], -NEAREST, axis=1)[:, -NEAREST:]
    best = near.max(axis=1)
    lexical = index.lexicon.scores(question)
    total = (
        BEST_WEIGHT * best
        + MEAN_WEIGHT * near.mean(axis=1)
        + BODY_WEIGHT * cosines[index.body]
        + LEXICAL_WEIGHT * lexical / (lexical + LEXICAL_HALF)
    )
    return best, np.asarray(total, dtype=np.float32)


def _lead(index: Index, scores: Vectors) -> float:
    if index.telling.all():
        return LONGEST_LEAD
    lead = float(scores.max() - scores[~index.telling].max())
    return min(lead, LONGEST_LEAD)


def fitness(index: Index, mentioned: Mentions, *, personal: bool) -> Vectors:
    """Bonus and malus by what the question names and whether it may be answered from a record."""
    named = set(mentioned.competencies) or set(mentioned.sets)
    fit = np.zeros(len(index.passages), dtype=np.float32)
    for place, passage in enumerate(index.passages):
        if passage.computes in OF_RECORD:
            fit[place] = OWN_BONUS if personal else NEVER
        elif passage.about:
            fit[place] = _about(passage.about, named)
    return fit


def _about(about: str, named: set[str]) -> float:
    if about in named:
        return 0.05
    return -0.3 if named else -0.1
