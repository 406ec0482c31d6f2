"""What more is wanted after a review: one request for each section, each with its own token."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from bot.domain.codes import LETTER, dashed, fresh_code, letters_of

# Without its second dash it needs a digit, or else `R-packages` were a token.
TOKEN = re.compile(
    rf"\bR-(?:{LETTER}{{4}}-|(?=[A-Z]{{0,7}}[2-9]){LETTER}{{4}}){LETTER}{{4}}\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequest:
    """More evidence wanted for one section of a decided submission.

    `token` (like R-K7QM-2XWD) names it in a message; it works for the candidate it belongs to and
    for nobody else. `closed_by` is the number of the file that answered it, None when it was given
    up: something else took the place of what was asked for.
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

    @property
    def given_up(self) -> bool:
        """Whether it was closed without an answer, since none is wanted any more."""
        return self.closed_at is not None and self.closed_by is None


def fresh_token() -> str:
    """A token that nobody can foresee; whether another request has it is for the caller to see."""
    return f"R-{fresh_code()}"


def without_tokens(caption: str) -> str:
    """The caption without tokens: their letters are chance, and name no place to file."""
    return TOKEN.sub(" ", caption).strip()


def tokens_in(text: str) -> tuple[str, ...]:
    """Every token a text names, as issued (capitals, both dashes), each once."""
    found = (dashed(letters_of(token)[1:]) for token in TOKEN.findall(text))
    return tuple(dict.fromkeys(f"R-{code}" for code in found))
