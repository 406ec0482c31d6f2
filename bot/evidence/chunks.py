"""A file's text in pieces the encoder can take; few enough that a long file stays quick."""

from __future__ import annotations

import re

LONGEST_TEXT = 60_000  # characters that are looked at; about 25 pages
MOST = 12  # pieces encoded; twelve of two sentences take about 45 ms on two cores
LONGEST = 280  # characters of one piece, about what two sentences hold
_END = re.compile(r"(?<=[.!?;])\s+|\s*\n+\s*")
_LETTERS = 15  # shorter pieces are page numbers, initials, rulers


def chunks(text: str) -> list[str]:
    """Pairs of sentences; of a long text the first half of `MOST`, the rest spread evenly."""
    sentences = [s for s in _END.split(text[:LONGEST_TEXT]) if len(s) > _LETTERS]
    pairs = [" ".join(sentences[i : i + 2])[:LONGEST] for i in range(0, len(sentences), 2)]
    if len(pairs) <= MOST:
        return pairs
    first, others = pairs[: MOST // 2], pairs[MOST // 2 :]
    wanted = MOST - len(first)
    return first + [others[i * len(others) // wanted] for i in range(wanted)]
