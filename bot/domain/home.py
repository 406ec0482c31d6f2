"""A person's page as values: how their record stands, what waits for them, what they may see."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.appeal_case import Case
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.next_step import NextDuty, NextStep
from bot.domain.pace import Pace
from bot.domain.people import Candidate
from bot.domain.progress import Progress
from bot.domain.review_queue import Queued


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRecord:
    """A candidate's record today.

    `requests` are the open ones, `cases` the appeals that go on and the decisions that can still be
    appealed.
    """

    candidate: Candidate
    progress: Progress
    pace: Pace
    step: NextStep
    requests: tuple[EvidenceRequest, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What waits for somebody with an office.

    `queue` counts the open submissions of others, `reviews` are those taken on. `questions` counts
    the questions that wait, up to `most` of them; None for who may not answer any.
    """

    duty: NextDuty
    queue: int
    reviews: tuple[Queued, ...]
    questions: int | None
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the page shows; an empty `name` is a stranger's. `shared` counts records shown to them.

    Whoever has a record and an office has both parts.
    """

    name: str = ""
    own: OwnRecord | None = None
    office: Office | None = None
    shared: int = 0
