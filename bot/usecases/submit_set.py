"""Submit a set: freeze what is filed for it, and tell those who review."""

from __future__ import annotations

from datetime import datetime

from bot.domain.choosing import route_of
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence, State
from bot.domain.program import CompetencySet
from bot.domain.readiness import readiness
from bot.domain.rights import Action, Role
from bot.domain.rules import Route
from bot.domain.standing import Phase, Standing, standing
from bot.domain.submission import Item, Submission, items_of
from bot.errors import Refused
from bot.phrases import submission_news, submitting
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.permit import permit
from bot.usecases.return_set import note_submitted, open_requests, return_set
from bot.usecases.tell import tell_all


def submit_set(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, set_id: str, *, now: datetime
) -> Submission:
    """The set as it is filed now, frozen and waiting for its review.

    `Refused` when it is not ready, on its way, achieved, or an elective that was not chosen. A set
    of which more was wanted, and all of it came, goes back to its reviewers.
    """
    person = candidate.person
    permit(uow, person, Action.KEEP, owner_id=person.id, now=now)
    competency_set = desk.program.set(set_id)
    stands = standing(set_id, uow.submissions.of(person))
    _check_chosen(candidate, competency_set)
    _check_phase(candidate, competency_set, stands, asked=open_requests(uow, candidate, stands))
    if stands.phase is Phase.MORE_WANTED and stands.submission:
        return return_set(uow, desk, candidate, stands.submission, now=now)
    route, items = _snapshot(uow, desk, candidate, competency_set, phase=stands.phase)
    made = uow.submissions.add(person, set_id=set_id, route=route, items=items, at=now)
    note_submitted(uow, made, now=now)
    _tell(uow, desk, candidate, made, now=now)
    return made


def _tell(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, made: Submission, *, now: datetime
) -> None:
    """Tells everybody once; of several roles the one that may claim it counts."""
    own, key = candidate.person, f"submitted:{made.id}"
    for roles in ((Role.REVIEWER,), (Role.STAFF, Role.ADMIN)):
        told = submission_news.alert(desk.program, own.name, made, claimable=Role.REVIEWER in roles)
        tell_all(uow, roles, told, key=key, now=now, but=own.id)


def _snapshot(
    uow: UnitOfWork,
    desk: Desk,
    candidate: Candidate,
    competency_set: CompetencySet,
    *,
    phase: Phase,
) -> tuple[Route, tuple[Item, ...]]:
    """The set's route and all that is filed in that route's sections; `Refused` if it lacks any."""
    evidence = filed(uow, candidate)
    route = route_of(
        competency_set, chosen=uow.routes.of(candidate.person), evidence=evidence, phase=phase
    )
    found = readiness(desk.program, competency_set, route=route, evidence=evidence)
    if not found.ready:
        raise Refused(submitting.not_ready(desk.program, found))
    return route, items_of(evidence, tuple(check.section for check in found.checks))


def filed(uow: UnitOfWork, candidate: Candidate) -> tuple[Evidence, ...]:
    """The candidate's files that stand in a section."""
    held = uow.records.of(candidate.person)
    return tuple(one for one in held if one.filing.state is State.FILED)


def _check_chosen(candidate: Candidate, competency_set: CompetencySet) -> None:
    if not competency_set.required and competency_set.id not in candidate.electives:
        title = competency_set.title
        raise Refused(
            f"{title} is an elective you have not chosen, so nothing was submitted. Say: choose "
            f"{title}."
        )


def _check_phase(
    candidate: Candidate,
    competency_set: CompetencySet,
    stands: Standing,
    *,
    asked: tuple[EvidenceRequest, ...],
) -> None:
    """`Refused` unless the set may be submitted as it stands."""
    one = stands.submission
    if one is None or stands.phase is Phase.COURSE_RECOMMENDED:
        return
    title, zone = competency_set.title, candidate.person.zone
    if stands.phase is Phase.ACHIEVED:
        raise Refused(f"{title} is achieved already, by submission {one.id}: it is yours for ever.")
    if stands.phase is not Phase.MORE_WANTED:
        raise Refused(submitting.already(title, one, zone))
    if asked:
        raise Refused(submitting.more_wanted(title, one, asked))
