"""The words of a file that speak most for a section, as they are written in the file."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.evidence.lexicon import Word
from bot.evidence.shelf import Shelf
from bot.ports import Vectors

SHOWN = 3  # phrases told for a section
LONGEST_PHRASE = 3  # words
LIKELY = 20  # sections for which words are kept; others are hardly ever offered
TELLING = 2.0  # a word's least weight to be told; lighter ones are in many sections


def matched_words(
    shelf: Shelf, text: str, words: Sequence[Word], *, fit: Vectors
) -> dict[str, tuple[str, ...]]:
    """The best phrases of each likely competency; letters, digits and apostrophes only."""
    known = [word for word in words if word.stem in shelf.lexicon.columns]
    columns = [shelf.lexicon.columns[word.stem] for word in known]
    keys = shelf.competencies.keys
    return {
        keys[i]: _phrases(text, known, shelf.lexicon.weights[i, columns])
        for i in np.argsort(-fit)[:LIKELY]
    }


def _phrases(text: str, words: Sequence[Word], weights: Vectors) -> tuple[str, ...]:
    """Runs of telling words, the weightiest first, no word told twice."""
    chosen: list[str] = []
    told: set[str] = set()
    for run in _runs(text, words, weights):
        if len(chosen) < SHOWN and not told & {w.stem for w in run}:
            chosen.append(" ".join(text[w.start : w.end] for w in run))
            told |= {w.stem for w in run}
    return tuple(chosen)


def _runs(text: str, words: Sequence[Word], weights: Vectors) -> list[list[Word]]:
    """Telling words that follow each other directly, the heaviest run first."""
    runs: list[tuple[float, list[Word]]] = []
    for place in np.flatnonzero(weights >= TELLING).tolist():
        word, weight = words[place], float(weights[place])
        if runs and _joins(runs[-1][1], word, text):
            before, run = runs[-1]
            runs[-1] = (before + weight, [*run, word])
        else:
            runs.append((weight, [word]))
    return [run for _, run in sorted(runs, key=lambda r: -r[0])]


def _joins(run: Sequence[Word], word: Word, text: str) -> bool:
    """Whether a word not yet in the run directly follows it in the same breath."""
    new = len(run) < LONGEST_PHRASE and word.stem not in {w.stem for w in run}
    return new and text[run[-1].end : word.start] in {" ", "-"}
