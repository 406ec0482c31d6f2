"""Find a submission somebody may act on, and keep a step of its review."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import Person
from bot.domain.rights import Action
from bot.domain.submission import ReviewDecision, Submission
from bot.errors import NotFound, Refused
from bot.ports import UnitOfWork
from bot.usecases.permit import permit


def find_submission(
    uow: UnitOfWork, person: Person, number: int, action: Action, *, now: datetime
) -> Submission:
    """The submission of that number, if the person may do that with it.

    To somebody who may not, another person's number looks like one that does not exist.
    """
    submission = uow.submissions.get(number)
    if submission is None:
        raise _nothing(number)
    try:
        permit(uow, person, action, submission=submission, now=now)
    except NotFound:
        raise _nothing(number) from None
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
    """Keeps the step and puts it on the trail; `Refused` when somebody else was faster."""
    if not uow.submissions.save(after):
        raise Refused(_faster(uow.submissions.get(before.id) or before))
    uow.trail.append(
        at=now,
        actor=f"person:{person.id}",
        action=action,
        subject=f"submission:{before.id}",
        details={
            "stage": after.stage.value,
            "version": str(before.version + 1),
            **_decided(after.decision),
        },
    )
    return uow.submissions.get(before.id) or after


def _decided(decision: ReviewDecision | None) -> dict[str, str]:
    """What was decided and what the rule proposed, in words that are nobody's own."""
    if decision is None:
        return {}
    told = {"outcome": decision.outcome.value, "sections": " ".join(decision.sections)}
    if decision.proposed:
        told["proposed"] = decision.proposed.value
    return told


def _nothing(number: int) -> NotFound:
    return NotFound(f"There is no submission {number} for you. Say: submissions, or: queue.")


def _faster(now: Submission) -> str:
    if now.decision:
        return (
            f"{now.decision.name} was faster and decided submission {now.id} on "
            f"{now.decision.at:%Y-%m-%d at %H:%M} UTC: {now.decision.outcome}. Nothing of yours "
            "was kept."
        )
    steps = _steps(now)
    if not steps:  # given back or taken back, which leaves no name
        return f"Somebody changed submission {now.id} at the same moment. Look at it and try again."
    at, who, did = max(steps)
    return (
        f"{who} was faster and {did} on {at:%Y-%m-%d at %H:%M} UTC; nothing of yours was kept. "
        "Look at it and try again."
    )


def _steps(now: Submission) -> list[tuple[datetime, str, str]]:
    """When somebody did what in this round."""
    names = {claim.reviewer: claim.name for claim in now.claims}
    fresh = (r for r in now.ratings if not r.carried and r.reviewer in names)
    rated = [(r.at, names[r.reviewer], f"rated {r.competency}") for r in fresh]
    return [(c.at, c.name, f"took submission {now.id} on") for c in now.claims] + rated
