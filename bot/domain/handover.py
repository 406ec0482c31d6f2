"""A question that a person is to answer, and answers that people have given for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A question passed to staff. `number` is what people say; `more` are words added later.

    `taken_by` is the staff member who said that they are on it, `answered_by` who replied; both
    are person numbers, None before. `person_id` is None when nobody knows the asker. `resumed_at`
    is when the asker went back to the bot although somebody is on the question.
    """

    number: int
    asker: Address
    conversation: str
    person_id: int | None
    question: str
    at: datetime
    more: tuple[str, ...] = ()
    taken_by: int | None = None
    taken_name: str = ""
    answered_by: int | None = None
    answered_name: str = ""
    answered_at: datetime | None = None
    answer: str = ""
    resumed_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits for a reply."""
        return self.answered_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Curated:
    """An answer that a person gave for good; it comes before anything found in documents.

    `vector` is the question as the encoder `encoder` sees it (float32, little endian). `covers`
    says whether the words of the question it came from, of number `handover`, get it too.
    """

    id: int = 0  # given when it is kept
    question: str
    answer: str
    owner_id: int
    owner: str
    at: datetime
    handover: int
    encoder: str
    vector: bytes
    covers: bool = False
    retired_at: datetime | None = None
