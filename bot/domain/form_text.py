"""A long text in the fields of a form, and back again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.statement import Paragraphs, paragraphs_of
from bot.domain.text import plain
from bot.errors import Refused

MOST_PARTS = 6  # fields for one text: more could not go in one message
LONGEST_PART = 3_000  # characters of a field
_LETTERS = 7  # of a word and the space after it, generously
_BETWEEN = "\n\n"


def part_names(count: int) -> tuple[str, ...]:
    """The names of that many fields, in the order of the text."""
    return tuple(f"part-{number}" for number in range(1, count + 1))


def text_in(values: Mapping[str, str]) -> str:
    """The text that the fields hold, an empty line between one field's and the next one's."""
    parts = (plain(values.get(name, "")).strip() for name in part_names(MOST_PARTS))
    return _BETWEEN.join(part for part in parts if part)


def paragraphs_in(values: Mapping[str, str]) -> Paragraphs:
    """The paragraphs that the fields hold; none when there is nothing to see in them."""
    try:
        return paragraphs_of(text_in(values))
    except Refused:
        return ()


def parts_of(paragraphs: Paragraphs, *, words: int) -> tuple[str, ...] | None:
    """The paragraphs in as few fields as hold them, and empty ones up to that many words.

    None when they do not fit: a paragraph is never parted.
    """
    parts: list[str] = []
    for paragraph in paragraphs:
        together = f"{parts[-1]}{_BETWEEN}{paragraph}" if parts else paragraph
        if parts and len(together) <= LONGEST_PART:
            parts[-1] = together
        else:
            parts.append(paragraph)
    if len(parts) > MOST_PARTS or any(len(part) > LONGEST_PART for part in parts):
        return None
    return (*parts, *[""] * (_fields(parts, words) - len(parts)))


def _fields(parts: Sequence[str], words: int) -> int:
    """For what is advised; one more than what is full, so that there is room to go on."""
    advised = -(-words * _LETTERS // LONGEST_PART)
    return min(MOST_PARTS, max(advised, len(parts) + 1 if len(parts) >= advised else 1))
