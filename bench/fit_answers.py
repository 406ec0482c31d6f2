"""Fits the constants of search and answering: `python -m bench.fit_answers QUESTIONS.jsonl`.

Each line: {"question", "history", "kind": "in" or anything else, "expect": [regexes]}. Use
development questions only, never those of tests/quality.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.domain.knowledge import Passage
from bot.domain.mentions import mentions
from bot.domain.program import Program
from bot.knowledge import search
from bot.knowledge.encoder import encoder_from
from bot.knowledge.generated import generated_passages
from bot.knowledge.index import NEAREST, Index, build_index
from bot.knowledge.pack import load_pack
from bot.knowledge.requests import beyond_documents
from bot.knowledge.vectors import RememberedVectors
from bot.settings import Settings

Floats = NDArray[np.float64]
TRIES = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """Features of every passage for every question, each (questions, passages)."""

    parts: Floats  # (questions, passages, 3): best, mean, body
    lexical: Floats
    fit: Floats
    good: NDArray[np.bool_]
    inside: NDArray[np.bool_]
    foreign: Floats
    tells: NDArray[np.bool_]


def main(path: Path) -> None:
    """Prints the constants, for the pack as it is and for its documents without `asked` lines."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    items = [line for line in lines if not beyond_documents(line["question"])]
    say(f"{len(lines) - len(items)} of {len(lines)} questions are declined by their grammar")
    settings = Settings()
    pack, encoder = load_pack(settings.program), encoder_from(settings.encoder)
    embed = RememberedVectors(encoder, settings.vectors)
    rich = (*pack.passages, *generated_passages(pack.program))
    plain = tuple(replace(p, asked=()) for p in pack.passages if p.tells)
    say(f"RICH, {len(rich)} passages")
    questions = _questions(build_index(rich, encoder, embed), pack.program, items)
    weights, half = _weights(questions)
    say(f"BEST, MEAN, BODY, LEXICAL: {weights.round(2)}, HALF: {half}")
    _confidence(questions, weights, half)
    say(f"PLAIN, {len(plain)} passages")
    clear = [item for item in items if item["kind"] != "near"]  # near misses need `asked` lines
    questions = _questions(build_index(plain, encoder, embed), pack.program, clear)
    _confidence(questions, weights, half)


def say(text: str) -> None:
    """Prints a line."""
    sys.stdout.write(f"{text}\n")


def _questions(index: Index, program: Program, items: list[dict[str, Any]]) -> Questions:
    spelt = [index.speller.correct(i["question"]) for i in items]
    full = [search.standalone(s, i["history"]) for s, i in zip(spelt, items, strict=True)]
    cosines = index.encoder(full) @ index.vectors.T
    near = np.sort(cosines[:, index.near], axis=2)[:, :, -NEAREST:]
    named = [mentions(program, i["question"]) for i in items]
    parts = np.stack([near[:, :, -1], near.mean(axis=2), cosines[:, index.body]], axis=2)
    foreign = [index.lexicon.foreign(s, index.vocabulary) for s in spelt]
    fit = [search.fitness(index, m, personal=False) for m in named]
    return Questions(
        parts=parts.astype(np.float64),
        lexical=np.stack([index.lexicon.scores(f) for f in full]).astype(np.float64),
        fit=np.stack(fit).astype(np.float64),
        good=np.array([[_good(i, p) for p in index.passages] for i in items]),
        inside=np.array([i["kind"] == "in" for i in items]),
        foreign=np.array(foreign),
        tells=index.telling,
    )


def _good(item: dict[str, Any], passage: Passage) -> bool:
    text = " ".join((passage.document, passage.heading, passage.lead, *passage.units))
    return bool(item["expect"]) and all(re.search(e, text, re.I | re.S) for e in item["expect"])


def _scores(q: Questions, weights: Floats, half: float) -> Floats:
    shared = weights[3] * q.lexical / (q.lexical + half)
    scores: Floats = q.parts @ weights[:3] + shared + q.fit
    return scores


def _weights(q: Questions) -> tuple[Floats, float]:
    """Random search: right passage first, then among the first three."""
    random = np.random.default_rng(0)
    tried = []
    for _ in range(TRIES):
        weights = np.append(random.dirichlet([1, 2, 1]), random.uniform(0.1, 0.7))
        half = float(random.choice([4, 6, 8, 12]))
        order = np.argsort(-_scores(q, weights, half), axis=1)[:, :3]
        hit = np.take_along_axis(q.good, order, axis=1)[q.inside]
        tried.append((hit[:, 0].mean() + hit.any(axis=1).mean(), hit[:, 0].mean(), weights, half))
    tried.sort(key=lambda t: -t[0])
    top = tried[:40]  # the mean of many good tries is steadier than the best one
    say(f"hit@1 {top[0][1]:.3f}, with hit@3 {top[0][0]:.3f}")
    return np.mean([t[2] for t in top], axis=0), float(np.median([t[3] for t in top]))


def _confidence(q: Questions, weights: Floats, half: float) -> None:
    """Logistic regression: does the best passage, when it tells, answer the question?"""
    scores = _scores(q, weights, half)
    best, rows = scores.argmax(axis=1), np.arange(len(scores))
    lead = np.full(len(rows), search.LONGEST_LEAD)
    if not q.tells.all():
        decoy = scores[:, ~q.tells].max(axis=1)
        lead = np.minimum(scores[rows, best] - decoy, search.LONGEST_LEAD)
    features = np.stack([np.ones(len(best)), q.parts[rows, best, 0], lead, q.foreign], axis=1)
    telling = q.tells[best]
    x, y = features[telling], q.inside[telling].astype(np.float64)
    beta = _logistic(x, y)
    chance = 1 / (1 + np.exp(-x @ beta))
    say(f"constant, nearness, lead, foreign: {beta.round(2)}")
    outside = (~q.inside).sum()
    for floor in (0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75):
        answered = ((chance >= floor) & (y == 1)).sum() / q.inside.sum()
        wrong = ((chance >= floor) & (y == 0)).sum() / outside
        say(f"floor {floor}: inside answered {answered:.3f}, outside declined {1 - wrong:.3f}")


def _logistic(x: Floats, y: Floats) -> Floats:
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-x @ beta))
        weight = chance * (1 - chance)
        pull = x.T @ (y - chance) - 0.05 * beta
        beta = beta + np.linalg.solve(x.T @ (x * weight[:, None]) + 0.05 * np.eye(len(beta)), pull)
    return beta


if __name__ == "__main__":
    main(Path(sys.argv[1]))
