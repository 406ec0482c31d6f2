"""Cuts text into the pieces that can be quoted: sentences, list items, table rows."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?][\"')\]\u2019\u201d]*(?=\s+[\"'(\[\u2018\u201c]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|vs|cf|al|etc|e\.g|i\.e|U\.S|a\.m|p\.m|[A-Z]))\.$"
)
_ITEM = re.compile(r"\s*(?:[-*+\u2022]|\d{1,3}[.)])\s+")
_ALONE = re.compile(r"\s*(?:\||#|>|```|<)")


def units(text: str) -> tuple[str, ...]:
    """The quotable pieces of a text, verbatim and in order.

    A sentence that runs over several lines keeps its line ends, so that it can be found again in
    the document letter by letter. The marker of a list item is not part of the piece.
    """
    pieces: list[str] = []
    for block in _blocks(text):
        pieces.extend(_sentences(block))
    return tuple(pieces)


def one_line(text: str) -> str:
    """The same words with every run of white space as one space."""
    return " ".join(text.split())


def _blocks(text: str) -> list[str]:
    """Runs of lines that belong together: a paragraph, or a list item with its continuation."""
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):  # no other mark, so that pieces stay verbatim
        item = _ITEM.match(line)
        if not line.strip() or item or _ALONE.match(line):
            blocks.append([])
        blocks[-1].append(line[item.end() :] if item else line)
        if _ALONE.match(line):
            blocks.append([])
    return [joined for block in blocks if (joined := "\n".join(block).strip())]


def _sentences(block: str) -> list[str]:
    found, start = [], 0
    for end in _END.finditer(block):
        candidate = block[start : end.end()]
        if _ABBREVIATION.search(candidate):
            continue
        found.append(candidate.strip())
        start = end.end()
    found.append(block[start:].strip())
    return [piece for piece in found if piece]
