"""The lexical half of routing: which sections share the rarer words of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import Stemmer

from bot.ports import Vectors

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:'[a-z]+)?")
# Okapi's customary constants: how soon repetition stops to count, and how much length does.
_SATURATION, _LENGTH = 1.2, 0.6
# Words that hold sentences together say nothing of their subject, however rare they are in a pack.
_CONNECTING = """
a about above after again against ago all almost already also although always am among an and
another any anybody anyone anything are around as asked at away back be because been before
being below between both but by came can cannot come could did didn't do does doesn't doing
don't done down during each either else enough even ever every everybody everyone everything
few first for from further get gets getting give given go goes going gone good got had has have
having he her here hers herself him himself his how however i i'd i'll i'm i've if in instead
into is isn't it it's its itself just knew know known last later least less let like made make
makes making many may maybe me might mine more most much must my myself need never new next no
nobody none nor not nothing now of off often on once one only onto or other others our ours out
over own perhaps put quite rather really said same saw say says second see seen shall she
should since so some somebody someone something sometimes soon still such take taken than that
that's the their theirs them themselves then there these they thing things this those though
three through till to together too took toward towards two under until up upon us use used very
want wanted was wasn't way we went were what when where whether which while who whole whom
whose why will with within without won't would yes yet you your yours
"""
_STOP = frozenset(_CONNECTING.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text as it is written there, its place and its stem."""

    start: int
    end: int
    stem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """BM25 over sections. `weights` has a row for each section, a column for each stem."""

    columns: dict[str, int]
    weights: Vectors

    def scores(self, words: Sequence[Word]) -> Vectors:
        """How well each section fits a text; a word that comes often counts once."""
        known = sorted({self.columns[w.stem] for w in words if w.stem in self.columns})
        return np.asarray(self.weights[:, known].sum(axis=1), dtype=np.float32)


def build_lexicon(texts: Sequence[str]) -> Lexicon:
    """The lexicon of the sections' texts."""
    stems = [[w.stem for w in words_of(text)] for text in texts]
    columns = {stem: i for i, stem in enumerate(dict.fromkeys(s for one in stems for s in one))}
    counts = np.zeros((len(texts), len(columns)), dtype=np.float32)
    for row, one in enumerate(stems):
        np.add.at(counts[row], [columns[s] for s in one], 1)
    holding = (counts > 0).sum(axis=0)
    rarity = np.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
    length = counts.sum(axis=1, keepdims=True)
    relative = 1 - _LENGTH + _LENGTH * length / max(float(length.mean()), 1.0) if len(texts) else 1
    weights = rarity * counts * (_SATURATION + 1) / (counts + _SATURATION * relative)
    return Lexicon(columns=columns, weights=weights.astype(np.float32))


def words_of(text: str) -> list[Word]:
    """The text's words in order, without those that hold sentences together."""
    every = _WORD.finditer(text.replace("\u2019", "'"))
    found = [m for m in every if m[0].lower() not in _STOP]
    stems = Stemmer.Stemmer("english").stemWords([m[0].lower() for m in found])
    return [
        Word(start=m.start(), end=m.end(), stem=stem) for m, stem in zip(found, stems, strict=True)
    ]
