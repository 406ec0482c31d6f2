"""Passages ready to be searched: a vector for every text that may match, and a lexicon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.domain.knowledge import Passage
from bot.knowledge.lexical import Lexicon, Speller, words
from bot.knowledge.sentences import one_line
from bot.ports import Encoder, Vectors

Embed = Callable[[Sequence[str]], Vectors]
WHOLE = 700  # characters; a passage up to this long is quoted whole
NEAREST = 3  # texts of a passage whose mean nearness counts
ENGLISH = Path(__file__).parent / "minilm" / "vocab.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Everything needed to search; all arrays count passages as `passages` does.

    `vectors` has a row for each text that may match. `near[p]` are the rows of passage p, its body
    row repeated to make all equally long; `body[p]` is its body row. `units[p]` are the rows of its
    sentences, empty for a passage short enough to be quoted whole. `telling[p]` says whether it
    tells anything, and `vocabulary` holds the stems of all passages that do.
    """

    passages: tuple[Passage, ...]
    vectors: Vectors
    near: NDArray[np.intp]
    body: NDArray[np.intp]
    units: tuple[range, ...]
    telling: NDArray[np.bool_]
    vocabulary: frozenset[str]
    lexicon: Lexicon
    speller: Speller
    encoder: Encoder

    def place(self, passage_id: str) -> int:
        """Where a passage stands; KeyError when there is none of that id."""
        for place, passage in enumerate(self.passages):
            if passage.id == passage_id:
                return place
        raise KeyError(passage_id)


def build_index(
    passages: tuple[Passage, ...], encoder: Encoder, embed: Embed | None = None
) -> Index:
    """The index of those passages. `embed` may fetch remembered vectors instead of computing."""
    texts: list[str] = []
    rows, units = [], []
    for passage in passages:
        first = len(texts)
        sentences = [one_line(unit) for unit in passage.units] if is_long(passage) else []
        texts += [_body(passage), *passage.asked, *sentences]
        rows.append(range(first, len(texts)))
        units.append(range(len(texts) - len(sentences), len(texts)))
    telling = np.array([p.tells for p in passages], dtype=np.bool_)
    contents = [" ".join((p.document, p.heading, *p.asked, *p.units)) for p in passages]
    lexicon = Lexicon(contents)
    return Index(
        passages=passages,
        vectors=(embed or encoder)(texts),
        near=_padded(rows),
        body=np.array([own.start for own in rows], dtype=np.intp),
        units=tuple(units),
        telling=telling,
        vocabulary=lexicon.vocabulary(np.flatnonzero(telling).tolist()),
        lexicon=lexicon,
        speller=Speller({w for text in contents for w in words(text)}, _english()),
        encoder=encoder,
    )


def is_long(passage: Passage) -> bool:
    """Whether only the sentences nearest to a question are quoted, not the whole passage."""
    return not passage.lead and sum(map(len, passage.units)) > WHOLE


def _body(p: Passage) -> str:
    return one_line(f"{p.heading}. {' '.join(p.units)}")


def _padded(rows: list[range]) -> NDArray[np.intp]:
    """One line of row numbers for each passage, filled up with the first, its body."""
    longest = max((len(own) for own in rows), default=NEAREST)
    wide = max(longest, NEAREST)
    lines = [[*own, *([own.start] * (wide - len(own)))] for own in rows]
    return np.array(lines, dtype=np.intp).reshape(len(rows), wide)


def _english() -> frozenset[str]:
    text = ENGLISH.read_text(encoding="utf-8")
    return frozenset(w for w in text.split("\n") if w.isascii() and w.isalpha() and w.islower())
