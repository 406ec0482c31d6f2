"""One look at a file: how well each section fits and why, whoever sent it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.program import Program
from bot.evidence.chunks import LONGEST_TEXT, chunks
from bot.evidence.classify import LOOKED_AT, form_odds, indirect_odds, set_weights
from bot.evidence.hints import Named, read
from bot.evidence.lexicon import Word, words_of
from bot.evidence.matches import matched_words
from bot.evidence.naming import plain
from bot.evidence.shelf import Shelf
from bot.ports import Vectors

NEAREST = 4  # lines of a section a piece of text is compared with; 3 to 5 do equally well
LEXICAL = 0.7  # weight of shared words beside nearness in meaning; 0.5 to 1.0 do equally well
ENOUGH_WORDS = 25  # different program words after which a file has said enough to be judged
# Best nearness of files about something else (0.15 to 0.17) and of the development set (0.23 up).
UNRELATED, RELATED = 0.14, 0.22
_NAMELESS = frozenset(
    ("img", "image", "scan", "dsc", "doc", "document", "untitled", "photo", "pic")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a file says of itself, independent of the candidate.

    `fit` has a standardised score (mean 0) for every competency, `forms` the log-odds of every
    other form, `sets` how strongly the text names each set, `indirect` the log-odds of secondary
    proof. `substance`, 0 to 1, tells how much readable text of this field there was. `caption` and
    `file_name` hold what people wrote; the text inside never gets there.
    """

    program: Program
    fit: Mapping[str, float]
    forms: Mapping[str, float]
    sets: Mapping[str, float]
    indirect: float
    substance: float
    words: Mapping[str, tuple[str, ...]]
    caption: Named
    file_name: Named


def look(shelf: Shelf, *, name: str, title: str, text: str, caption: str) -> Look:
    """Compares a file with every section; the slow part of routing."""
    heading = _heading(name, title, caption)
    said = f"{heading}\n{text[:LONGEST_TEXT]}"
    vectors = shelf.encoder([heading, *chunks(text)] if heading else chunks(text) or [""])
    whole = _unit(vectors.mean(axis=0, keepdims=True))
    words = words_of(said)
    near = shelf.competencies.nearness(vectors, nearest=NEAREST).mean(axis=0)
    fit = _standard(near) + LEXICAL * _standard(shelf.lexicon.scores(words))
    sets = set_weights(shelf.program, said)
    return Look(
        program=shelf.program,
        fit=dict(zip(shelf.competencies.keys, map(float, fit), strict=True)),
        forms=form_odds(shelf, said, whole, sets=sets),
        sets=sets,
        indirect=indirect_odds(shelf, said, whole),
        substance=_amount(shelf, words) * _latin(said[:LOOKED_AT]) * _relevance(near),
        words=matched_words(shelf, said, words, fit=fit),
        caption=read(shelf.program, caption),
        file_name=read(shelf.program, name),
    )


def _heading(name: str, title: str, caption: str) -> str:
    """Title, caption and file name, but no name that a camera or scanner gave."""
    told = [w for w in re.findall(r"[a-z]{3,}", plain(name).lower()) if w not in _NAMELESS]
    return ". ".join(part for part in (title, " ".join(told), caption) if part.strip())


def _unit(vector: Vectors) -> Vectors:
    return vector / max(float(np.linalg.norm(vector)), 1e-6)


def _standard(values: Vectors) -> Vectors:
    """Mean 0 and deviation 1; zeros when all are alike."""
    spread = float(values.std()) if values.size else 0.0
    centred = values - values.mean() if values.size else values
    return centred / spread if spread > 1e-6 else np.zeros_like(values)


def _amount(shelf: Shelf, words: Sequence[Word]) -> float:
    known = {w.stem for w in words if w.stem in shelf.lexicon.columns}
    return min(1.0, len(known) / ENOUGH_WORDS)


def _latin(text: str) -> float:
    """The share of letters in the script that the encoder was trained on."""
    letters = sum(c.isalpha() for c in text)
    return len(re.findall(r"[A-Za-z\u00c0-\u024f]", text)) / max(letters, 1)


def _relevance(near: Vectors) -> float:
    best = float(near.max(initial=0.0))
    return min(1.0, max(0.0, (best - UNRELATED) / (RELATED - UNRELATED)))
