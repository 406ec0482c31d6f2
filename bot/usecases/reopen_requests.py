"""Let requests for more documents wait again once their answer is gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.people import Person
from bot.ports import UnitOfWork
from bot.usecases.find_request import still_asks


def reopen(
    uow: UnitOfWork, requests: Iterable[EvidenceRequest], *, now: datetime
) -> tuple[EvidenceRequest, ...]:
    """Those of them that waited no more; they wait again, and the trail tells so."""
    closed = tuple(request for request in requests if not request.open)
    for request in closed:
        uow.requests.reopen(request)
        note_request(uow, request, "reopened", {}, now=now)
    return closed


def reopen_left(uow: UnitOfWork, person: Person, *, now: datetime) -> tuple[EvidenceRequest, ...]:
    """After the person's files moved: what waits again as its answer left its section.

    Once the set went back to its reviewers, or is proved otherwise, nothing of it waits any more.
    """
    answered = [r for r in uow.requests.of(person) if not r.open and not r.given_up]
    held = uow.records.of(person) if answered else ()
    standing = {e.number: e.filing.sections for e in held}
    left = (
        request
        for request in answered
        if request.section not in standing.get(request.closed_by or 0, ())
        and still_asks(uow, person, request.submission_id)
    )
    return reopen(uow, left, now=now)


def note_request(
    uow: UnitOfWork,
    request: EvidenceRequest,
    action: str,
    details: dict[str, str],
    *,
    now: datetime,
) -> None:
    """Puts onto the trail what became of a request."""
    uow.trail.append(
        at=now,
        actor=f"person:{request.person_id}",
        action=action,
        subject=f"submission:{request.submission_id}",
        details={"section": request.section, **details},
    )
