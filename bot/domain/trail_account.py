"""What the trail is told of a submission, and whether one is still as the trail tells."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from bot.domain.submission import Item, ReviewDecision, Stage, Submission

BEGINNINGS = ("submitted", "judged-again", "taken-on")  # actions that a submission begins with
_REVIEW = "review"
_STEPS = ("stage", "version", _REVIEW, "outcome", "sections", "proposed")
_ITEMS = ("manifest", "files")
_WORDS = ("manifest", _REVIEW)  # cover words of people, which go when somebody is erased


def account(submission: Submission) -> Mapping[str, str]:
    """All that the trail is told when a submission begins: numbers, hashes, program's words."""
    return {
        "candidate": str(submission.person_id),
        "set": str(submission.set_id),
        "route": submission.route.value,
        "round": str(submission.round),
        "follows": str(submission.follows or ""),
        "asked": " ".join(map(str, submission.asked)),
        "submitted": submission.submitted_at.astimezone(UTC).isoformat(),
        "manifest": submission.manifest_sha256,
        "files": _files_sha256(submission.items),
        **review_account(submission),
    }


def review_account(submission: Submission) -> Mapping[str, str]:
    """What the trail is told with every step of a review; a decision in words that are nobody's."""
    told = {
        "stage": submission.stage.value,
        "version": str(submission.version),
        _REVIEW: _review_sha256(submission),
    }
    decision = submission.decision
    if decision:
        told |= {"outcome": decision.outcome.value, "sections": " ".join(decision.sections)}
    if decision and decision.proposed:
        told["proposed"] = decision.proposed.value
    return told


def merged(told: Mapping[str, str], line: Mapping[str, str]) -> Mapping[str, str]:
    """What the trail tells of a submission with one more line: after its end, nothing new."""
    ended = told.get("stage") in {Stage.DECIDED, Stage.WITHDRAWN}
    return told if ended or _REVIEW not in line else {**told, **line}


def is_to_stand(told: Mapping[str, str], *, erased: bool) -> bool:
    """Whether there must be a submission: of somebody who was erased, only what was decided."""
    return bool(told) and (not erased or told.get("stage") == Stage.DECIDED)


def unlike(submission: Submission, told: Mapping[str, str], *, erased: bool) -> str:
    """In what it differs from what the trail tells; empty when in nothing.

    Of somebody who was `erased`, the names of files and the reviewers' words are not compared.
    """
    if not told:
        return "not on the trail"
    now = account(submission)
    keys = {key for key in now if told.get(key) != now[key]}
    if erased:
        keys.difference_update(_WORDS)
    if keys.intersection(_ITEMS):
        return "files changed"
    if keys.intersection(_STEPS):
        return "review changed"
    return f"{' and '.join(sorted(keys))} changed" if keys else ""


def _files_sha256(items: tuple[Item, ...]) -> str:
    """Of all that an item tells but the file's name, which the manifest's hash covers."""
    return _sha256(
        [
            [i.section, i.number, i.size, i.sha256, i.kind, i.media_type, _seconds(i.stored_at)]
            for i in items
        ]
    )


def _review_sha256(submission: Submission) -> str:
    """Of everything that people said in the review."""
    claims = [[one.reviewer, one.name, _seconds(one.at)] for one in submission.claims]
    ratings = [
        [one.reviewer, one.competency, one.rating, one.comment, _seconds(one.at), one.carried]
        for one in submission.ratings
    ]
    return _sha256([claims, ratings, _decision(submission.decision)])


def _decision(decision: ReviewDecision | None) -> list[object]:
    if decision is None:
        return []
    said = [decision.outcome, decision.by, decision.name, _seconds(decision.at), decision.reason]
    return [*said, list(decision.sections), decision.proposed]


def _sha256(value: object) -> str:
    """SHA-256 (hex) of the value's canonical JSON."""
    return hashlib.sha256(json.dumps(value, separators=(",", ":")).encode()).hexdigest()


def _seconds(at: datetime) -> float:
    """Since 1970, to the microsecond; much faster than words, and there are many."""
    return at.timestamp()
