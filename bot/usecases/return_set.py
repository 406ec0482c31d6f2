"""Give a set back to its reviewers once everything they asked for has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.notices.happenings import READY
from bot.domain.notices.manner import told_as
from bot.domain.people import Candidate
from bot.domain.portfolio import State
from bot.domain.rights import STAFF, Role
from bot.domain.rounds import carried_ratings, difference, next_items
from bot.domain.standing import Standing
from bot.domain.submission import Claim, Stage, Submission
from bot.domain.trail_account import account
from bot.phrases import submission_news
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.review_step import keep_step
from bot.usecases.tell import singly, tell


def return_set(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, first: Submission, *, now: datetime
) -> Submission:
    """The next round of a set: in the hands of the same reviewers, who are told what is new.

    What nothing was asked for stays as it was submitted, and so do the ratings of it. It is proved
    as before, whatever route was chosen meanwhile.
    """
    person = candidate.person
    asked = first.decision.sections if first.decision else ()
    evidence = tuple(e for e in uow.records.of(person) if e.filing.state is State.FILED)
    fresh = uow.submissions.add(
        person,
        set_id=first.set_id,
        route=first.route,
        items=next_items(first, evidence, asked),
        at=now,
        follows=first,
    )
    note_submitted(uow, fresh, now=now)
    if first.set_id in uow.routes.of(person):
        uow.routes.choose(person, first.set_id, first.route)
    claims = _claims(uow, first, now=now)
    given = replace(
        fresh,
        stage=Stage.IN_REVIEW if claims else Stage.WAITING,
        claims=claims,
        ratings=carried_ratings(first, asked),
    )
    second = keep_step(uow, fresh, given, person=person, action="returned", now=now)
    _tell(uow, desk, candidate, first=first, second=second, now=now)
    return second


def open_requests(
    uow: UnitOfWork, candidate: Candidate, stands: Standing
) -> tuple[EvidenceRequest, ...]:
    """What is still wanted of the submission that a set's phase follows from."""
    number = stands.submission.id if stands.submission else 0
    of_it = (r for r in uow.requests.of(candidate.person) if r.submission_id == number)
    return tuple(request for request in of_it if request.open)


def note_submitted(uow: UnitOfWork, submission: Submission, *, now: datetime) -> None:
    """Puts what was frozen onto the trail."""
    uow.trail.append(
        at=now,
        actor=f"person:{submission.person_id}",
        action="submitted",
        subject=f"submission:{submission.id}",
        details=account(submission),
    )


def _claims(uow: UnitOfWork, first: Submission, *, now: datetime) -> tuple[Claim, ...]:
    """The same reviewers, but for those who review no more: their places are free."""
    reviewers = {person.id for person in uow.roles.holders((Role.REVIEWER,))}
    return tuple(replace(c, at=now) for c in first.claims if c.reviewer in reviewers)


def _tell(
    uow: UnitOfWork,
    desk: Desk,
    candidate: Candidate,
    *,
    first: Submission,
    second: Submission,
    now: datetime,
) -> None:
    """Tells its reviewers and staff; and every reviewer when one of its own reviews no more."""
    own, key, how = candidate.person, f"submitted:{second.id}", told_as(desk.program, READY)
    found = difference(first, second)
    places = desk.program.rules.review.reviewers[second.route]
    free = len(second.claims) < places
    every, staff = (singly(uow, desk, roles, but=[own.id]) for roles in ((Role.REVIEWER,), STAFF))
    reviewers = tuple(one for one in every if free or second.claimed_by(one.id))
    for person in (*reviewers, *staff):
        told = submission_news.returned_alert(
            desk.program,
            own.name,
            second,
            found=found,
            claimable=free and person in reviewers and not second.claimed_by(person.id),
        )
        tell(uow, person, told, key=key, now=now, how=how)
