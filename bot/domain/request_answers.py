"""What came of files that answer requests for more documents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.portfolio import Evidence
from bot.domain.submission import Submission


class Answered(StrEnum):
    """What a file did to a request."""

    NOW = "now"
    BEFORE = "before"
    SEEN = "seen"  # reviewers saw that very file in that section: they asked for something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A file that named a request, and what it did to it."""

    request: EvidenceRequest
    evidence: Evidence
    answered: Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What came of answers: requests of the same reviews still open, and sets that went back."""

    given: tuple[Answer, ...]
    open: tuple[EvidenceRequest, ...]
    returned: tuple[Submission, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is still wanted of a candidate.

    Open requests by the submission that they are about, and those that a file which stands where
    more is wanted may answer already.
    """

    by_submission: tuple[tuple[Submission, tuple[EvidenceRequest, ...]], ...]
    maybe: tuple[tuple[EvidenceRequest, Evidence], ...]
