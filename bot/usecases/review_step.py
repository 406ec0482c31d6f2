"""Find a submission somebody may act on, and keep a step of its review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from bot.domain.people import Person
from bot.domain.rights import Action
from bot.domain.rules import OUTCOMES
from bot.domain.submission import Submission
from bot.domain.trail_account import review_account
from bot.errors import NotFound, Overtaken
from bot.ports import UnitOfWork
from bot.usecases.permit import permit

_NOTHING_MORE: Mapping[str, str] = MappingProxyType({})


def find_submission(
    uow: UnitOfWork,
    person: Person,
    number: int,
    action: Action,
    *,
    now: datetime,
    details: Mapping[str, str] = _NOTHING_MORE,
) -> Submission:
    """The submission of that number, if the person may do that with it.

    To somebody who may not, another person's number looks like one that does not exist. `details`
    tell the trail what is looked at, when it is not all of it.
    """
    submission = uow.submissions.get(number)
    if submission is None:
        raise no_submission(number)
    try:
        permit(uow, person, action, submission=submission, details=details, now=now)
    except NotFound:
        raise no_submission(number) from None
    return submission


def keep_step(
    uow: UnitOfWork,
    before: Submission,
    after: Submission,
    *,
    person: Person,
    action: str,
    now: datetime,
) -> Submission:
    """Keeps the step and puts it on the trail; `Overtaken` when somebody else was faster."""
    if not uow.submissions.save(after, at=now):
        raise _faster(uow.submissions.get(before.id) or before)
    kept = uow.submissions.get(before.id) or after
    uow.trail.append(
        at=now,
        actor=f"person:{person.id}",
        action=action,
        subject=f"submission:{before.id}",
        details=review_account(kept),
    )
    return kept


def no_submission(number: int) -> NotFound:
    """What whoever may not know of a submission is told, and whoever names one that is not."""
    return NotFound(f"There is no submission {number} for you. Say: submissions, or: queue.")


def _faster(now: Submission) -> Overtaken:
    if now.decision:
        return Overtaken(
            f"{now.decision.name} was faster and decided submission {now.id} on ",
            now.decision.at,
            f": {OUTCOMES[now.decision.outcome]}. Nothing of yours was kept.",
        )
    steps = _steps(now)
    if not steps:  # given back or taken back, which leaves no name
        return Overtaken(
            f"Somebody changed submission {now.id} at the same moment. Look at it and try again."
        )
    at, who, did = max(steps)
    return Overtaken(
        f"{who} was faster and, on ",
        at,
        f", {did}; nothing of yours was kept. Look at it and try again.",
    )


def _steps(now: Submission) -> list[tuple[datetime, str, str]]:
    """When somebody did what in this round."""
    names = {claim.reviewer: claim.name for claim in now.claims}
    fresh = (r for r in now.ratings if not r.carried and r.reviewer in names)
    rated = [(r.at, names[r.reviewer], f"rated {r.competency}") for r in fresh]
    return [(c.at, c.name, f"took submission {now.id} on") for c in now.claims] + rated
