"""What a candidate is told of a set that was submitted just now."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.knowledge import Passage
from bot.domain.submission import Submission
from bot.domain.waiting import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class JustSubmitted:
    """A new submission, its signed confirmation, how long reviews like it took, where known.

    `cited` are the passages that tell of its route, `given_up` the requests whose place it takes.
    """

    submission: Submission
    token: str
    waiting: Waiting | None
    cited: tuple[Passage, ...]
    given_up: tuple[EvidenceRequest, ...] = ()
