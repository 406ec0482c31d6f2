"""What more is wanted after a review: one request for each section, each with its own token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

# Without its second dash it needs a digit, or else `R-packages` were a token.
TOKEN = re.compile(
    r"\bR-(?:[A-HJ-NP-Z2-9]{4}-|(?=[A-Z]{0,7}[2-9])[A-HJ-NP-Z2-9]{4})[A-HJ-NP-Z2-9]{4}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequest:
    """More evidence wanted for one section of a decided submission.

    `token` (like R-K7QM-2XWD) names it in a message; it works for the candidate it belongs to and
    for nobody else. `closed_by` is the number of the file that answered it.
    """

    id: int
    submission_id: int
    person_id: int
    section: str
    token: str
    opened_at: datetime
    closed_at: datetime | None = None
    closed_by: int | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits for evidence."""
        return self.closed_at is None


def tokens_in(text: str) -> tuple[str, ...]:
    """Every token a text names, as issued (capitals, both dashes), each once."""
    found = ("".join(c for c in t.upper() if c != "-")[1:] for t in TOKEN.findall(text))
    return tuple(dict.fromkeys(f"R-{letters[:4]}-{letters[4:]}" for letters in found))
