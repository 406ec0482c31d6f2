"""Passages of the program's documents, quoted below something that was said."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.knowledge import Passage
from bot.domain.messages import Quotation

ENOUGH = 200  # characters; a quotation ends with the sentence that reaches them


def quoted(passages: Sequence[Passage]) -> tuple[Quotation, ...]:
    """Each passage's first sentences, whole, with their place."""
    return tuple(
        Quotation(
            text=_beginning(passage.units),
            document=passage.document,
            heading=passage.heading,
            dated=passage.dated,
        )
        for passage in passages
    )


def _beginning(units: Sequence[str]) -> str:
    text = ""
    for unit in units:
        if len(text) >= ENOUGH:
            break
        text = f"{text} {unit}".strip()
    return text
