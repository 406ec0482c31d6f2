"""Find the requests that words name, and those that a file may answer."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.evidence_requests import EvidenceRequest, tokens_in
from bot.domain.messages import Reply
from bot.domain.people import Candidate, Person
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence
from bot.domain.rounds import seen_before
from bot.domain.standing import standing
from bot.domain.submission import Stage, Submission
from bot.errors import NotFound, Refused
from bot.ports import UnitOfWork


def named_requests(
    uow: UnitOfWork, candidate: Candidate, *, name: str, caption: str
) -> tuple[EvidenceRequest, ...]:
    """The candidate's requests that a file's name names, or else its caption.

    `NotFound` for a code that is nobody's or somebody else's, `Refused` when its set went back to
    the reviewers meanwhile.
    """
    tokens = tokens_in(name.replace("_", " ")) or tokens_in(caption)
    return tuple(own_request(uow, candidate, token) for token in tokens)


def own_request(uow: UnitOfWork, candidate: Candidate, token: str) -> EvidenceRequest:
    """The candidate's request of that token, while it can be answered."""
    request = uow.requests.by_token(token)
    if request is None or request.person_id != candidate.person.id:
        raise NotFound(
            f"There is no open request with the code {token} for you. Say: requests, to see those "
            "you have."
        )
    returned = returned_as(uow, candidate.person, request.submission_id)
    if not request.open and returned:
        raise Refused(
            f"Request {token} was answered: the set is with its reviewers again, as submission "
            f"{returned.id}, and what comes now is no part of it. To keep the file in your record, "
            "send it without the code."
        )
    if not still_asks(uow, candidate.person, request.submission_id):
        raise Refused(
            f"What {token} asked for is not wanted any more: something else was submitted after "
            f"submission {request.submission_id}. To keep the file in your record, send it "
            "without the code."
        )
    return request


def told_requests(
    uow: UnitOfWork, candidate: Candidate, reply: Reply
) -> tuple[EvidenceRequest, ...]:
    """The candidate's own requests that a reply tells of and whose set still waits.

    None when none of them is open any more; those that were answered count beside an open one,
    since more may come for them.
    """
    tokens = tokens_in("\n".join(reply.said))
    found = tuple(one for token in tokens if (one := _waiting(uow, candidate, token)))
    return found if any(one.open for one in found) else ()


def _waiting(uow: UnitOfWork, candidate: Candidate, token: str) -> EvidenceRequest | None:
    try:
        return own_request(uow, candidate, token)
    except (NotFound, Refused):
        return None


def may_answer(
    uow: UnitOfWork, candidate: Candidate, evidence: Iterable[Evidence]
) -> tuple[tuple[EvidenceRequest, Evidence], ...]:
    """Open requests with a file that stands where more is wanted and that no reviewer has seen."""
    wanted = [r for r in uow.requests.of(candidate.person) if r.open]
    firsts = {r.submission_id: uow.submissions.get(r.submission_id) for r in wanted}
    return tuple(
        (request, one)
        for one in evidence
        for request in wanted
        if request.section in one.filing.sections
        and not _seen(firsts[request.submission_id], request, one)
    )


def reason(request: EvidenceRequest) -> str:
    """Why a file stands in a section that it was asked for."""
    return f"answers request {request.token}"


def returned_as(uow: UnitOfWork, person: Person, number: int) -> Submission | None:
    """The next round of that submission, unless it was withdrawn."""
    later = (s for s in uow.submissions.of(person) if s.follows == number and s.asked)
    return next((s for s in later if s.stage is not Stage.WITHDRAWN), None)


def still_asks(uow: UnitOfWork, person: Person, number: int) -> bool:
    """Whether its set waits for what that submission's review asked for: nothing came after it."""
    made = uow.submissions.of(person)
    stands = next((standing(one.set_id, made) for one in made if one.id == number), None)
    if stands is None or stands.submission is None:
        return False
    return stands.phase is Phase.MORE_WANTED and stands.submission.id == number


def _seen(first: Submission | None, request: EvidenceRequest, one: Evidence) -> bool:
    return first is not None and seen_before(first, request.section, one.sha256)
