"""Submit a set: freeze what is filed for it, and tell those who review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.choosing import LOCKING, route_of
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.notices.happenings import READY
from bot.domain.notices.manner import told_as
from bot.domain.people import Candidate
from bot.domain.phases import Phase
from bot.domain.portfolio import Evidence, State
from bot.domain.program import CompetencySet
from bot.domain.readiness import readiness
from bot.domain.rights import STAFF, Action, Role
from bot.domain.rules import Outcome, Route
from bot.domain.standing import Standing, standing
from bot.domain.submission import Item, Submission, items_of
from bot.errors import Refused
from bot.phrases import submission_news, submitting
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.give_up_requests import give_up_requests
from bot.usecases.permit import permit
from bot.usecases.return_set import note_submitted, open_requests, return_set
from bot.usecases.tell import singly, tell_all


def submit_set(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, set_id: str, *, now: datetime
) -> tuple[Submission, tuple[EvidenceRequest, ...]]:
    """The set as it is filed now, frozen and waiting for its review; and requests given up for it.

    `Refused` when it is not ready, on its way, achieved, or an elective that was not chosen. A set
    of which more was wanted, and all of it came, goes back to its reviewers; when it is proved by
    the other route since, it is submitted anew instead and nothing more is wanted of it.
    """
    person = candidate.person
    permit(uow, person, Action.KEEP, owner_id=person.id, now=now)
    competency_set = desk.program.set(set_id)
    before = tuple(s for s in uow.submissions.of(person) if s.set_id == set_id)
    stands = standing(set_id, before)
    _check_chosen(candidate, competency_set)
    _check_phase(candidate, competency_set, stands)
    evidence, chosen = filed(uow, candidate), uow.routes.of(person)
    route = route_of(competency_set, stands, chosen=chosen, evidence=evidence)
    one = stands.submission
    if one and stands.phase is Phase.MORE_WANTED and route is one.route:
        _check_answered(uow, candidate, competency_set, stands)
        return return_set(uow, desk, candidate, one, now=now), ()
    _check_not_given_up(competency_set, route, before)
    items = _snapshot(desk, competency_set, route, evidence, stands=stands)
    made = uow.submissions.add(person, set_id=set_id, route=route, items=items, at=now)
    note_submitted(uow, made, now=now)
    given_up = give_up_requests(uow, person, set_id, by=person, now=now)
    _tell(uow, desk, candidate, made, given_up=given_up, now=now)
    return made, given_up


def _tell(
    uow: UnitOfWork,
    desk: Desk,
    candidate: Candidate,
    made: Submission,
    *,
    given_up: Sequence[EvidenceRequest],
    now: datetime,
) -> None:
    """Tells everybody once; of several roles the one that may claim it counts."""
    own, key, how = candidate.person, f"submitted:{made.id}", told_as(desk.program, READY)
    for roles in ((Role.REVIEWER,), STAFF):
        told = submission_news.alert(
            desk.program, own.name, made, claimable=Role.REVIEWER in roles, given_up=given_up
        )
        people = singly(uow, desk, roles, but=[own.id])
        tell_all(uow, people, told, key=key, now=now, how=how)


def _snapshot(
    desk: Desk,
    competency_set: CompetencySet,
    route: Route,
    evidence: Sequence[Evidence],
    *,
    stands: Standing,
) -> tuple[Item, ...]:
    """All that is filed in the sections of the route.

    `Refused` when one of them lacks a file, or when just that was decided against before.
    """
    found = readiness(desk.program, competency_set, route=route, evidence=evidence, stands=stands)
    if not found.ready:
        raise Refused(submitting.not_ready(desk.program, found))
    return items_of(evidence, tuple(check.section for check in found.checks))


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


def _check_phase(candidate: Candidate, competency_set: CompetencySet, stands: Standing) -> None:
    """`Refused` while the set is on its way, and once it is achieved."""
    one = stands.submission
    if one is None or stands.phase not in LOCKING:
        return
    title, zone = competency_set.title, candidate.person.zone
    if stands.phase is Phase.ACHIEVED:
        raise Refused(f"{title} is achieved already, by submission {one.id}: it is yours for ever.")
    raise Refused(submitting.already(title, one, zone))


def _check_not_given_up(
    competency_set: CompetencySet, route: Route, before: Sequence[Submission]
) -> None:
    """`Refused` for a second portfolio after one was given up: its chances are not had twice."""
    for one in before:
        more = one.decision and one.decision.outcome is Outcome.MORE
        if route is Route.PORTFOLIO and one.route is route and more:
            raise Refused(
                f"The portfolio of {competency_set.title} (submission {one.id}) was given up for "
                "the course when more was wanted of it, so it goes on by course; nothing was "
                f"submitted. Say: prove {competency_set.title} by course."
            )


def _check_answered(
    uow: UnitOfWork, candidate: Candidate, competency_set: CompetencySet, stands: Standing
) -> None:
    """`Refused` while something that was asked for has not come."""
    asked = open_requests(uow, candidate, stands)
    if asked and stands.submission:
        raise Refused(submitting.more_wanted(competency_set.title, stands.submission, asked))
