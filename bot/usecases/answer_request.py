"""Answer what more is wanted: evidence that names a request closes it, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence
from bot.domain.request_answers import Answer, Answered, Answers
from bot.domain.rights import Action
from bot.domain.rounds import seen_before
from bot.ports import UnitOfWork
from bot.usecases.correct_filing import held, refile
from bot.usecases.desk import Desk
from bot.usecases.find_request import own_request, reason
from bot.usecases.permit import permit
from bot.usecases.reopen_requests import note_request
from bot.usecases.return_set import return_set


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
        done = refile(
            uow,
            evidence,
            evidence.filing.also(request.section),
            message_key=message_key,
            reason=reason(request),
            now=now,
        )
        (evidence,) = done.files
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
    numbers = dict.fromkeys(answer.request.submission_id for answer in given)
    waiting = [r for r in uow.requests.of(candidate.person) if r.open]
    still = tuple(r for r in waiting if r.submission_id in numbers)
    incomplete = {r.submission_id for r in still}
    complete = (uow.submissions.get(number) for number in numbers if number not in incomplete)
    returned = tuple(return_set(uow, desk, candidate, s, now=now) for s in complete if s)
    return Answers(given=given, open=still, returned=returned)


def _close(
    uow: UnitOfWork, request: EvidenceRequest, evidence: Evidence, *, now: datetime
) -> Answered:
    first = uow.submissions.get(request.submission_id)
    if first and seen_before(first, request.section, evidence.sha256):
        return Answered.SEEN
    if not uow.requests.close(request, evidence=evidence.number, at=now):
        return Answered.BEFORE
    note_request(uow, request, "answered", {"evidence": str(evidence.number)}, now=now)
    return Answered.NOW
