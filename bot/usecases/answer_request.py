"""Answer what more is wanted: evidence that names a request closes it, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence
from bot.domain.rights import Action
from bot.domain.rounds import seen_before
from bot.domain.submission import Submission
from bot.ports import UnitOfWork
from bot.usecases.correct_filing import held, refile
from bot.usecases.desk import Desk
from bot.usecases.find_request import own_request, reason, returned_as
from bot.usecases.permit import permit
from bot.usecases.return_set import return_set


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


def name_request(
    uow: UnitOfWork,
    candidate: Candidate,
    number: int,
    token: str,
    *,
    message_key: str,
    now: datetime,
) -> tuple[EvidenceRequest, Evidence]:
    """A request, and the file of the record that shall answer it, which stands there too then."""
    own = candidate.person
    permit(uow, own, Action.KEEP, owner_id=own.id, now=now)
    request = own_request(uow, candidate, token)
    evidence = held(uow, candidate, number)
    if request.section not in evidence.filing.sections:
        evidence = refile(
            uow,
            evidence,
            evidence.filing.also(request.section),
            message_key=message_key,
            reason=reason(request),
            now=now,
        )
    return request, evidence


def close_requests(
    uow: UnitOfWork,
    desk: Desk,
    candidate: Candidate,
    named: Sequence[tuple[EvidenceRequest, Evidence]],
    *,
    now: datetime,
) -> Answers:
    """Closes the requests with the files that named them; sets that lack none go back at once."""
    given = tuple(
        Answer(request=r, evidence=e, answered=_close(uow, r, e, now=now)) for r, e in named
    )
    reopen_left(uow, candidate, now=now)
    numbers = dict.fromkeys(answer.request.submission_id for answer in given)
    waiting = [r for r in uow.requests.of(candidate.person) if r.open]
    still = tuple(r for r in waiting if r.submission_id in numbers)
    incomplete = {r.submission_id for r in still}
    complete = (uow.submissions.get(number) for number in numbers if number not in incomplete)
    returned = tuple(return_set(uow, desk, candidate, s, now=now) for s in complete if s)
    return Answers(given=given, open=still, returned=returned)


def reopen_left(
    uow: UnitOfWork, candidate: Candidate, *, now: datetime
) -> tuple[EvidenceRequest, ...]:
    """Requests wait again whose answer left its section before the set went back."""
    closed = [r for r in uow.requests.of(candidate.person) if not r.open]
    held = uow.records.of(candidate.person) if closed else ()
    standing = {e.number: e.filing.sections for e in held}
    left = tuple(
        request
        for request in closed
        if request.section not in standing.get(request.closed_by or 0, ())
        and not returned_as(uow, candidate, request.submission_id)
    )
    for request in left:
        uow.requests.reopen(request)
        _note(uow, request, "reopened", {}, now=now)
    return left


def _close(
    uow: UnitOfWork, request: EvidenceRequest, evidence: Evidence, *, now: datetime
) -> Answered:
    first = uow.submissions.get(request.submission_id)
    if first and seen_before(first, request.section, evidence.sha256):
        return Answered.SEEN
    if not uow.requests.close(request, evidence=evidence.number, at=now):
        return Answered.BEFORE
    _note(uow, request, "answered", {"evidence": str(evidence.number)}, now=now)
    return Answered.NOW


def _note(
    uow: UnitOfWork,
    request: EvidenceRequest,
    action: str,
    details: dict[str, str],
    *,
    now: datetime,
) -> None:
    uow.trail.append(
        at=now,
        actor=f"person:{request.person_id}",
        action=action,
        subject=f"submission:{request.submission_id}",
        details={"section": request.section, **details},
    )
