"""A message that asks two things -> its questions; pure."""

from __future__ import annotations

import re

_ASKS = (
    r"(?:what|where|when|who|whom|whose|how|which|why|is|are|was|were|do|does|did|can|could|will"
    r"|would|may|must|should|if)\b"
)
_CUT = re.compile(
    rf"(?:[?;.!]\s+(?:(?:and|or|but|so)\s+)?|,?\s+(?:and|or|but)\s+)(?=(?:(?:for|to|by)\s+)?{_ASKS})",
    re.IGNORECASE,
)
SHORTEST = 3  # words; anything shorter asks nothing by itself


def questions(text: str) -> tuple[str, ...]:
    """The questions of a text, in order; one that cannot be cut stands alone."""
    line = " ".join(text.split())  # the pattern tries every space of a run
    parts = tuple(part.strip(" ,") for part in _CUT.split(line))
    whole = all(len(part.split()) >= SHORTEST for part in parts)
    return parts if len(parts) > 1 and whole else (text,)
