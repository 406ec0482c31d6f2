"""Say where a submission stands, to each who may know and no more than is for them."""

from __future__ import annotations

from datetime import datetime

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.own_view import as_candidate_sees
from bot.domain.people import Candidate, Person
from bot.domain.program import Program
from bot.domain.review import left_to_rate
from bot.domain.rights import Action, Relation, Role, may
from bot.domain.submission import Submission
from bot.domain.submission_view import (
    SeenSubmission,
    View,
    as_mentor_sees,
    as_reviewer_sees,
    offered,
)
from bot.ports import UnitOfWork
from bot.usecases.permit import permit, relation_to, roles_of
from bot.usecases.review_step import no_submission
from bot.usecases.see_ratings import reviewer_names


def see_submission(
    uow: UnitOfWork, program: Program, person: Person, number: int, *, now: datetime
) -> SeenSubmission:
    """The submission of that number as that person may see it; `NotFound` for everybody else.

    That somebody else looked goes onto the trail.
    """
    found = uow.submissions.get(number)
    view = _view(uow, person, found, now=now) if found else None
    if found is None or view is None:
        raise no_submission(number)
    owner = uow.people.get(found.person_id)
    wanted = _open_requests(uow, owner, found) if owner and view is not View.MENTOR else ()
    secret = view in (View.OWN, View.MENTOR)
    return SeenSubmission(
        submission=_shown(program, found, person, view),
        view=view,
        owner=owner.name if owner else "",
        open=wanted,
        names={} if secret else reviewer_names(uow, found),
        offered=offered(found, view, open=wanted),
    )


def own_submissions(
    uow: UnitOfWork, candidate: Candidate, *, now: datetime
) -> tuple[Submission, ...]:
    """All that the candidate submitted, as they may see it, oldest first."""
    own = candidate.person
    permit(uow, own, Action.READ, owner_id=own.id, now=now)
    return tuple(map(as_candidate_sees, uow.submissions.of(own)))


def _view(uow: UnitOfWork, person: Person, submission: Submission, *, now: datetime) -> View | None:
    """How much of it is for that person; None for nothing."""
    roles = roles_of(uow, person, now=now)
    relation = relation_to(
        uow,
        person,
        owner_id=submission.person_id,
        submission=submission,
        set_id=submission.set_id,
        now=now,
    )
    view = _view_of(roles, relation)
    if view is not None:  # asked for although it is known: that puts it on the trail
        reads = may(roles, Action.READ, relation)
        action = Action.READ if reads else Action.READ_DOSSIER
        details = {"what": "submission"}
        permit(uow, person, action, submission=submission, details=details, now=now)
    return view


def _view_of(roles: frozenset[Role], relation: Relation) -> View | None:
    """Reading is the candidate's, the mentors' and staff's; dossiers are reviewers' and staff's."""
    reads = may(roles, Action.READ, relation)
    reviews = may(roles, Action.READ_DOSSIER, relation)
    if relation is Relation.ASSIGNED and reviews:  # staff who review it are reviewers of it
        return View.REVIEWER
    if reads and reviews:
        return View.STAFF
    if reads:
        return View.OWN if relation is Relation.OWN else View.MENTOR
    return View.REVIEWER if reviews else None


def _shown(program: Program, found: Submission, person: Person, view: View) -> Submission:
    match view:
        case View.OWN:
            return as_candidate_sees(found)
        case View.MENTOR:
            return as_mentor_sees(found)
        case View.REVIEWER if found.open and _left(program, found, person):
            return as_reviewer_sees(found, person.id)
        case _:
            return found


def _left(program: Program, found: Submission, person: Person) -> tuple[str, ...]:
    return left_to_rate(found, program.set(found.set_id), person.id)


def _open_requests(
    uow: UnitOfWork, owner: Person, submission: Submission
) -> tuple[EvidenceRequest, ...]:
    of_it = (r for r in uow.requests.of(owner) if r.submission_id == submission.id)
    return tuple(request for request in of_it if request.open)
