"""Learns intents from examples and says which one a text has; pure.

Softmax regression on sentence vectors. In five-fold cross-validation on three domains it was right
at least as often as nearest centroid, nearest neighbours, discriminant analysis and ridge
regression, linear or kernel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.errors import CarrelError
from bot.knowledge.vectors import fingerprint
from bot.ports import Encoder, Vectors

Embed = Callable[[Sequence[str]], Vectors]


class Keep(Protocol):
    """Remembers what was made under a name; see `bot.knowledge.vectors`."""

    def __call__(self, name: str, make: Callable[[], Vectors], *, rows: int) -> Vectors:
        """The array of that name and so many rows."""
        ...


Labels = NDArray[np.intp]

METHOD = "softmax-1"  # name another one when training changes: what was learnt is kept by it
PENALTY = 0.04  # by cross-validation; a third of it or three times it hardly matters
ROUNDS = 40  # hundreds more change confidences by 0.003 on average
FOLDS = 5
ENOUGH = 1000  # held-out examples that tell the sharpness; more folds would only cost time
USUAL_SHARPNESS = 2.0  # what the test domains came to with few examples
DOUBT = 2.0  # how firmly the usual sharpness is held to, as a weight on its squared log ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text and the intent it has."""

    text: str
    intent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The likeliest intent of a text and how likely it is, from 0 to 1."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Intents:
    """What was learnt; made by `train`.

    `weights` has a row for each dimension of a sentence vector and one for the bias, and a column
    for each of `names`.
    """

    names: tuple[str, ...]
    weights: Vectors
    encoder: Encoder

    def classify(self, text: str) -> Guess:
        """The intent of a text. Blank text has confidence 0, whatever intent is named."""
        return self.classify_many([text])[0]

    def classify_many(self, texts: Sequence[str]) -> tuple[Guess, ...]:
        """The intents of many texts, in order, encoded together."""
        guesses = self._guesses(self.encoder(texts))
        return tuple(
            guess if text.strip() else Guess(intent=guess.intent, confidence=0.0)
            for text, guess in zip(texts, guesses, strict=True)
        )

    def of(self, vector: Vectors) -> Guess:
        """The intent of a text whose sentence vector, shape (d,), is known already."""
        return next(self._guesses(vector[None, :]))

    def _guesses(self, rows: Vectors) -> Iterator[Guess]:
        for likely in _softmax(_with_bias(rows) @ self.weights):
            best = int(likely.argmax())
            yield Guess(intent=self.names[best], confidence=min(float(likely[best]), 1.0))


def train(
    examples: Sequence[Example],
    encoder: Encoder,
    embed: Embed | None = None,
    *,
    keep: Keep | None = None,
) -> Intents:
    """Learns from examples; any number of intents, from one example each.

    `embed` may fetch remembered vectors instead of computing, and `keep` what was learnt from the
    same examples before. Blank texts and repeated lines teach nothing and are left out; CarrelError
    when no example remains. Where there is one intent, every text has it. A confidence of 0.8 means
    right in about 8 of 10 texts like the examples.
    """
    kept = tuple(dict.fromkeys(e for e in examples if e.text.strip()))
    if not kept:
        raise CarrelError(
            "There is nothing to learn intents from: give at least one example with a text."
        )
    names = tuple(dict.fromkeys(e.intent for e in kept))

    def learn() -> Vectors:
        return _learn((embed or encoder)([e.text for e in kept]), [e.intent for e in kept], names)

    name = fingerprint(encoder, [METHOD, *(part for e in kept for part in (e.intent, e.text))])
    columns = keep(name, learn, rows=len(names)) if keep else learn()
    return Intents(names=names, weights=np.ascontiguousarray(columns.T), encoder=encoder)


def _learn(vectors: Vectors, intents: Sequence[str], names: Sequence[str]) -> Vectors:
    """What to weigh a vector's dimensions and the bias by, a row for each of `names`."""
    places = {name: place for place, name in enumerate(names)}
    rows = _with_bias(vectors)
    labels = np.array([places[intent] for intent in intents], dtype=np.intp)
    weights = _fit(rows, labels, len(names))
    sharp: Vectors = weights * np.float32(_sharpness(rows, labels, len(names)))
    return sharp.T


def _fit(rows: Vectors, labels: Labels, intents: int) -> Vectors:
    """Weights of least penalised loss.

    Newton's method with Böhning's bound for the curvature: one matrix, inverted once, serves every
    intent and every round; Nesterov's momentum makes up for the bound being loose.
    """
    share = _shares(labels, intents)[:, None]
    wanted = np.eye(intents, dtype=np.float32)[labels]
    weights = ahead = np.zeros((rows.shape[1], intents), dtype=np.float32)
    inverse = _inverse_curvature(rows, share)
    for turn in range(ROUNDS):
        slope = rows.T @ (share * (_softmax(rows @ ahead) - wanted))
        slope[:-1] += np.float32(PENALTY) * ahead[:-1]
        moved = ahead - inverse @ slope
        change = moved - weights
        ahead, weights = moved + np.float32(turn / (turn + 3)) * change, moved
    return weights


def _shares(labels: Labels, intents: int) -> Vectors:
    """What each example counts: an intent with four times the examples counts twice as much."""
    sizes = np.maximum(np.bincount(labels, minlength=intents), 1)
    return np.asarray(np.sqrt(sizes.mean() / sizes[labels]), dtype=np.float32)


def _inverse_curvature(rows: Vectors, share: Vectors) -> Vectors:
    penalty = np.full(rows.shape[1], PENALTY)
    penalty[-1] = 1e-3  # the bias is free; this only keeps the matrix invertible
    curvature = 0.5 * (rows * share).T @ rows + np.diag(penalty)  # float64 from here on
    return np.asarray(np.linalg.inv(curvature), dtype=np.float32)


def _sharpness(rows: Vectors, labels: Labels, intents: int) -> float:
    """What to multiply scores with so that confidences come true on examples held out."""
    choices = np.geomspace(USUAL_SHARPNESS / 8, USUAL_SHARPNESS * 4, 41)
    losses = DOUBT * np.log(choices / USUAL_SHARPNESS) ** 2
    scored = 0
    for held_out in _folds(labels):
        if scored >= ENOUGH:
            break
        weights = _fit(rows[~held_out], labels[~held_out], intents)
        scores = rows[held_out] @ weights
        losses += [_loss(scores * np.float32(choice), labels[held_out]) for choice in choices]
        scored += len(scores)
    return float(choices[losses.argmin()])


def _folds(labels: Labels) -> Iterator[NDArray[np.bool_]]:
    """Which examples to hold out, in turn; an intent's only example is never held out."""
    sizes = np.bincount(labels)
    order = np.argsort(labels, kind="stable")
    nth = np.empty(len(labels), dtype=np.intp)
    nth[order] = np.arange(len(labels)) - (np.cumsum(sizes) - sizes)[labels[order]]
    for fold in range(FOLDS):
        held_out = (nth % FOLDS == fold) & (sizes[labels] > 1)
        if held_out.any():
            yield held_out


def _loss(scores: Vectors, labels: Labels) -> float:
    likely = _softmax(scores)[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(likely, 1e-12)).sum())


def _softmax(scores: Vectors) -> Vectors:
    grown = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), dtype=np.float32)


def _with_bias(rows: Vectors) -> Vectors:
    return np.hstack([rows, np.ones((len(rows), 1), dtype=np.float32)]).astype(np.float32)
