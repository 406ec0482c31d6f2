"""The lexical half of retrieval: stems, BM25, and the nearest known word to a misspelt one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

import bm25s
import numpy as np
import Stemmer
from rapidfuzz import distance, process

from bot.ports import Vectors

_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
STOP_WORDS = """
a about am an and any are as at be been but by can could did do does doing done for from get give
had has have how i if in is it its just like make may me might more my need no not of on one or our
please shall should so some tell than that the their them then there these they this those to up us
want was we were what when where which who whom whose why will with would you your i'm it's don't
what's
"""
STOP = frozenset(STOP_WORDS.split())


def words(text: str) -> list[str]:
    """Lower-case words in order."""
    return _WORD.findall(text.lower().replace("\u2019", "'"))


class Lexicon:
    """BM25 over texts, and how much of a question is strange to them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._stem = Stemmer.Stemmer("english")
        tokens = [self.stems(text) for text in texts]
        self._bm25 = bm25s.BM25(k1=1.2, b=0.6)
        self._bm25.index(tokens, show_progress=False)
        self._sets = [frozenset(t) for t in tokens]
        counts: dict[str, int] = {}
        for one in self._sets:
            for stem in one:
                counts[stem] = counts.get(stem, 0) + 1
        self._weight = {s: float(np.log(1 + len(texts) / n)) for s, n in counts.items()}
        self._unknown = float(np.log(1 + len(texts)))

    def stems(self, text: str) -> list[str]:
        """Content words, stemmed."""
        return list(self._stem.stemWords([w for w in words(text) if w not in STOP]))

    def scores(self, question: str) -> Vectors:
        """BM25 of every text; zeros when the question has no known content word."""
        known = [s for s in self.stems(question) if s in self._weight]
        if not known:
            return np.zeros(len(self._sets), dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def foreign(self, question: str, known: frozenset[str]) -> float:
        """The share of the question's weight, 0 to 1, in stems that are not among the known."""
        stems = set(self.stems(question))
        total = sum(self._weight.get(s, self._unknown) for s in stems)
        strange = sum(self._weight.get(s, self._unknown) for s in stems - known)
        return strange / total if total else 0.0

    def vocabulary(self, texts: Iterable[int]) -> frozenset[str]:
        """The stems of those texts."""
        return frozenset().union(*(self._sets[i] for i in texts))


class Speller:
    """Corrects words that no English or program text knows to the nearest program word."""

    def __init__(self, program_words: Collection[str], english: Collection[str]) -> None:
        self._targets = sorted(w for w in program_words if len(w) > 3)
        known = [*english, *program_words, *STOP]
        self._stem = Stemmer.Stemmer("english")
        # Stems too: a vocabulary that has "baking" knows "bake".
        self._known = frozenset(known) | frozenset(self._stem.stemWords(known))

    def correct(self, text: str) -> str:
        """The text with unknown words of four letters or more replaced where one word is near."""
        return re.sub(r"[A-Za-z]{4,}", lambda m: self._nearest(m[0]), text)

    def _nearest(self, word: str) -> str:
        lower = word.lower()
        if lower in self._known or self._stem.stemWord(lower) in self._known or word.isupper():
            return word
        limit = 1 if len(lower) < 6 else 2
        found = process.extractOne(
            lower, self._targets, scorer=distance.OSA.distance, score_cutoff=limit
        )
        return found[0] if found else word
