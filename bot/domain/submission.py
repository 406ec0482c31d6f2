"""A frozen snapshot of a set and the review of it, as values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.portfolio import Evidence, Kind
from bot.domain.rules import Outcome, Rating, Route
from bot.errors import Refused


class Stage(StrEnum):
    """Where a submission is on its way. Withdrawn and decided are ends."""

    WAITING = "waiting"
    IN_REVIEW = "in-review"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"


OPEN_STAGES = (Stage.WAITING, Stage.IN_REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file in one section of the snapshot. `number` is the file's in the candidate's record.

    `size` is in bytes, `sha256` the hex name of the bytes, `stored_at` aware UTC.
    """

    section: str
    number: int
    name: str
    media_type: str
    size: int
    sha256: str
    kind: Kind
    stored_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A reviewer who has taken the submission on; `reviewer` is the person's number."""

    reviewer: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingGiven:
    """One reviewer's rating of one competency. `carried` came from the round before."""

    reviewer: int
    competency: str
    rating: Rating
    comment: str
    at: datetime
    carried: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecision:
    """What a person decided, and why. `sections` are those more documents are asked for.

    `proposed` is what the program's rule gave from the ratings, None on a route without ratings.
    """

    outcome: Outcome
    by: int
    name: str
    at: datetime
    reason: str
    sections: tuple[str, ...] = ()
    proposed: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A set as it was when it was submitted, and its review.

    `id` is the number that people say. `round` is 1, and one more each time more documents were
    asked for; `follows` is the submission before, and `asked` are the sections its decision asked
    more documents for. One that follows without them is judged again from the start, in the same
    round, since an appeal set that decision aside. `items` never change. `version` rises with
    every change of the rest.
    """

    id: int
    person_id: int
    set_id: str
    route: Route
    round: int
    follows: int | None
    asked: tuple[str, ...]
    items: tuple[Item, ...]
    submitted_at: datetime
    stage: Stage = Stage.WAITING
    claims: tuple[Claim, ...] = ()
    ratings: tuple[RatingGiven, ...] = ()
    decision: ReviewDecision | None = None
    version: int = 0

    @property
    def open(self) -> bool:
        """Whether it is still on its way."""
        return self.stage in OPEN_STAGES

    @property
    def started(self) -> bool:
        """Whether a review began: it was claimed; or rated anew, where only what was asked is.

        The review of one that is judged again began before its appeal.
        """
        if self.asked:
            return any(not rating.carried for rating in self.ratings)
        return self.judged_again or bool(self.claims)

    @property
    def judged_again(self) -> bool:
        """Whether an appeal brought it back: all of it is judged once more."""
        return self.follows is not None and not self.asked

    @property
    def manifest_sha256(self) -> str:
        """The hash that stands for the whole snapshot."""
        return manifest_sha256(self.items)

    def claimed_by(self, person_id: int) -> bool:
        """Whether that person has taken it on."""
        return any(claim.reviewer == person_id for claim in self.claims)


def decision_of(submission: Submission) -> ReviewDecision:
    """The decision of a decided submission; `Refused` while there is none."""
    if submission.decision is None:
        raise Refused(f"Submission {submission.id} is not decided yet; nothing was changed.")
    return submission.decision


def items_of(evidence: Sequence[Evidence], sections: Sequence[str]) -> tuple[Item, ...]:
    """The snapshot of those sections: one item for each filed file in each, in their order."""
    return tuple(
        Item(
            section=section,
            number=one.number,
            name=one.name,
            media_type=one.media_type,
            size=one.size,
            sha256=one.sha256,
            kind=one.filing.kind,
            stored_at=one.stored_at,
        )
        for section in sections
        for one in evidence
        if section in one.filing.sections
    )


def manifest_sha256(items: Sequence[Item]) -> str:
    """SHA-256 (hex) of the canonical JSON list of every item's section, number, name and hash."""
    rows = [[i.section, i.number, i.name, i.size, i.sha256, i.kind.value] for i in items]
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()
