"""Close requests that nobody has to answer any more, since something else took their place."""

from __future__ import annotations

from datetime import datetime

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.people import Person
from bot.ports import UnitOfWork


def give_up_requests(
    uow: UnitOfWork, owner: Person, set_id: str, *, by: Person, now: datetime
) -> tuple[EvidenceRequest, ...]:
    """Everything that is still wanted of the owner for that set, closed without an answer."""
    numbers = {one.id for one in uow.submissions.of(owner) if one.set_id == set_id}
    wanted = (r for r in uow.requests.of(owner) if r.open and r.submission_id in numbers)
    given_up = tuple(request for request in wanted if uow.requests.give_up(request, at=now))
    for request in given_up:
        uow.trail.append(
            at=now,
            actor=f"person:{by.id}",
            action="given-up",
            subject=f"submission:{request.submission_id}",
            details={"section": request.section},
        )
    return given_up
