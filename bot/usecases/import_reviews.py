"""Take on the submissions of an imported record, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.appeal import StepTaken
from bot.domain.people import Person
from bot.domain.record import Record, RecordedSubmission
from bot.domain.submission import OPEN_STAGES, Claim, RatingGiven, ReviewDecision, Stage, Submission
from bot.domain.trail_account import account
from bot.errors import Overtaken
from bot.ports import UnitOfWork
from bot.usecases.appoint import OPERATOR
from bot.usecases.ask_for_more import free_token

NOBODY = 0  # whoever decided elsewhere is a name here and no person


def import_submissions(
    uow: UnitOfWork, person: Person, record: Record, *, now: datetime
) -> dict[int, Submission]:
    """Each submission as it stands here, by its old number; the trail is told of it as it is."""
    made: dict[int, Submission] = {}
    for old in record.submissions:
        fresh = _fresh(uow, person, old, made[old.follows] if old.follows else None)
        _check_kept(uow.submissions.save(_reviewed(fresh, old), at=now))
        kept = made[old.number] = uow.submissions.get(fresh.id) or fresh
        uow.trail.append(
            at=now,
            actor=OPERATOR,
            action="taken-on",
            subject=f"submission:{kept.id}",
            details=account(kept),
        )
    return made


def _fresh(
    uow: UnitOfWork, person: Person, old: RecordedSubmission, follows: Submission | None
) -> Submission:
    if follows and not old.asked:
        return uow.submissions.judge_again(follows, at=old.submitted_at)
    return uow.submissions.add(
        person,
        set_id=old.set_id,
        route=old.route,
        items=old.items,
        at=old.submitted_at,
        follows=follows,
    )


def _reviewed(fresh: Submission, old: RecordedSubmission) -> Submission:
    is_open = old.stage in OPEN_STAGES
    ratings = tuple(
        replace(rating, reviewer=-rating.reviewer)
        for rating in old.ratings
        if rating.carried or not is_open
    )
    decided = old.decision
    return replace(
        fresh,
        stage=Stage.WAITING if is_open else old.stage,
        claims=() if is_open else _claims(ratings),
        ratings=ratings,
        decision=ReviewDecision(
            outcome=decided.outcome,
            by=NOBODY,
            name=decided.name,
            at=decided.at,
            reason=decided.reason,
            sections=decided.sections,
        )
        if decided
        else None,
    )


def _claims(ratings: tuple[RatingGiven, ...]) -> tuple[Claim, ...]:
    """The reviewers, since their first rating: when they took it on, a record does not tell."""
    first = {r.reviewer: r.at for r in sorted(ratings, key=lambda r: r.at, reverse=True)}
    return tuple(
        Claim(reviewer=number, name=f"Reviewer {-number} elsewhere", at=first[number])
        for number in sorted(first, reverse=True)
    )


def import_requests(
    uow: UnitOfWork, person: Person, record: Record, submissions: Mapping[int, Submission]
) -> dict[str, str]:
    """Requests with their tokens; gives the new ones in place of those that are taken here."""
    changed: dict[str, str] = {}
    for old in record.requests:
        token = free_token(uow) if uow.requests.by_token(old.token) else old.token
        made = uow.requests.add(
            person,
            submission=submissions[old.submission],
            section=old.section,
            token=token,
            at=old.opened_at,
        )
        if old.closed_at and old.closed_by:
            _check_kept(uow.requests.close(made, evidence=old.closed_by, at=old.closed_at))
        elif old.closed_at:
            _check_kept(uow.requests.give_up(made, at=old.closed_at))
        if token != old.token:
            changed[old.token] = token
    return changed


def import_appeals(
    uow: UnitOfWork, person: Person, record: Record, submissions: Mapping[int, Submission]
) -> None:
    """Appeals, and drafts of them, with the steps that were taken."""
    for old in record.appeals:
        made = uow.appeals.add(
            person,
            submission=submissions[old.submission],
            decided_on=old.decided_on,
            notice=old.notice,
        )
        taken = tuple(
            StepTaken(
                step=one.step,
                day=one.day,
                at=one.at,
                by=person.id if one.own else NOBODY,
                note=one.note,
            )
            for one in old.taken
        )
        ended = replace(made, taken=taken, result=old.result, result_note=old.result_note)
        _check_kept(uow.appeals.save(ended))


def _check_kept(kept: bool) -> None:
    """Nothing is imported by halves: with what this raises the whole transaction ends."""
    if not kept:
        raise Overtaken(
            "Somebody changed this record while it was imported; nothing was imported. Try again."
        )
