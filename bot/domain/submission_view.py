"""A submission as others than its candidate may see it, and what whoever sees it may do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.rules import Route
from bot.domain.submission import Submission


class View(StrEnum):
    """How much of a submission somebody sees."""

    OWN = "own"  # its candidate: nobody's name but the decider's, and the comments meant for them
    STAFF = "staff"  # everything
    REVIEWER = "reviewer"  # everything, but how others rated only after rating themselves
    MENTOR = "mentor"  # how far it is and what came of it, not why


class Offered(StrEnum):
    """What somebody can do next with a submission that they see."""

    REQUESTS = "requests"
    CONFIRMATION = "confirmation"
    WITHDRAW = "withdraw"
    DOSSIER = "dossier"
    RATINGS = "ratings"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSubmission:
    """A submission with nothing in it that is not for the asker.

    `open` are the requests that wait for its owner's evidence. `names` are those of its reviewers
    by their numbers, empty for whoever must not know them. `owner` is the candidate's name.
    """

    submission: Submission
    view: View
    owner: str
    open: tuple[EvidenceRequest, ...]
    names: Mapping[int, str]
    offered: tuple[Offered, ...]


def as_reviewer_sees(submission: Submission, reviewer: int) -> Submission:
    """For a reviewer with something left to rate: the ratings of this round are their own."""
    ratings = (r for r in submission.ratings if r.carried or r.reviewer == reviewer)
    return replace(submission, ratings=tuple(ratings))


def as_mentor_sees(submission: Submission) -> Submission:
    """Its stage and its outcome; no reviewer, no rating, no reason."""
    decision = submission.decision
    told = (
        replace(decision, by=0, name="", reason="", sections=(), proposed=None)
        if decision
        else None
    )
    return replace(submission, claims=(), ratings=(), decision=told)


def offered(
    submission: Submission, view: View, *, open: tuple[EvidenceRequest, ...]
) -> tuple[Offered, ...]:
    """What somebody with that view can do next; taking it back is its candidate's alone."""
    if view is View.MENTOR:
        return ()
    if view is not View.OWN:
        rated = (Offered.RATINGS,) if submission.route is Route.PORTFOLIO else ()
        return (Offered.DOSSIER, *rated)
    return (
        *((Offered.REQUESTS,) if open else ()),
        Offered.CONFIRMATION,
        *((Offered.WITHDRAW,) if submission.open and not submission.started else ()),
    )
