"""See what can be decided on a submission, for somebody who may decide it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.needs import sections_for
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.review import unrated
from bot.domain.rights import Action
from bot.domain.rules import OUTCOMES, Outcome
from bot.domain.submission import Stage, Submission
from bot.domain.verdict import Proposal, proposed
from bot.errors import Refused
from bot.ports import UnitOfWork
from bot.usecases.review_step import find_submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Decidable:
    """A submission that waits for a decision, and what can be decided.

    `owner` is the candidate's name, `missing` how many ratings are still to come before anything
    can be decided, `proposal` what the rule gives (None on a route without ratings, too), `askable`
    the sections that more can be asked for, in the program's order.
    """

    submission: Submission
    owner: str
    missing: int
    proposal: Proposal | None
    outcomes: tuple[Outcome, ...]
    askable: tuple[str, ...]


def see_decision(
    uow: UnitOfWork, program: Program, person: Person, number: int, *, now: datetime
) -> Decidable:
    """What can be decided now; `Refused` when nothing can any more, or by somebody else only."""
    found = find_submission(uow, person, number, Action.DECIDE, now=now)
    _check_open(found)
    owner = uow.people.get(found.person_id)
    competency_set, rule = program.set(found.set_id), program.rules.review
    chance = found.round <= rule.chances
    return Decidable(
        submission=found,
        owner=owner.name if owner else f"person {found.person_id}",
        missing=unrated(found, competency_set, rule),
        proposal=proposed(found, competency_set, rule),
        outcomes=tuple(one for one in Outcome if chance or one is not Outcome.MORE),
        askable=tuple(s.id for s in sections_for(program, found.set_id, found.route)),
    )


def _check_open(submission: Submission) -> None:
    number, decision = submission.id, submission.decision
    if decision:
        raise Refused(
            f"{decision.name} decided submission {number} on ",
            decision.at,
            f": {OUTCOMES[decision.outcome]}.",
        )
    if submission.stage is Stage.WITHDRAWN:
        raise Refused(f"Submission {number} was withdrawn by the candidate.")
