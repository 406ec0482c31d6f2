"""An appeal with what it is about: the submission, its owner, and each step as it stands today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.appeal import Appeal, StepState, first_deadline, forfeit, next_step, steps
from bot.domain.people import Person
from bot.domain.phases import Phase
from bot.domain.program import Program
from bot.domain.rules import AppealRule
from bot.domain.standing import standing
from bot.domain.submission import Submission
from bot.errors import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is known of an appeal on `today`, a calendar day where the owner lives.

    The appeal has the number 0 while not even a draft of its notice is kept.
    """

    rule: AppealRule
    submission: Submission
    owner: Person
    appeal: Appeal
    states: tuple[StepState, ...]
    today: date

    @property
    def lapsed(self) -> StepState | None:
        """The step that the owner missed, with which the appeal is lost."""
        return forfeit(self.states)

    @property
    def next(self) -> StepState | None:
        """The first step that was not taken."""
        return next_step(self.states)

    @property
    def reopens(self) -> bool:
        """Whether it ended with a result that has the submission judged again."""
        return any(one.reopens for one in self.rule.results if one.title == self.appeal.result)

    def state(self, step: str) -> StepState:
        """How that step stands; StopIteration when the rule has no such step."""
        return next(state for state in self.states if state.step.id == step)


def open_case(
    rule: AppealRule, owner: Person, submission: Submission, appeal: Appeal, *, now: datetime
) -> Case:
    """The case as it stands now."""
    today = now.astimezone(owner.zone).date()
    states = steps(rule, appeal, today=today)
    return Case(
        rule=rule, submission=submission, owner=owner, appeal=appeal, states=states, today=today
    )


def decision_day(owner: Person, submission: Submission) -> date:
    """The calendar day of the decision where the owner lives; `Refused` without a decision."""
    if submission.decision is None:
        raise Refused(f"Submission {submission.id} is not decided: there is nothing to appeal.")
    return submission.decision.at.astimezone(owner.zone).date()


def appeal_until(program: Program, owner: Person, submission: Submission) -> date | None:
    """The last day for the notice of an appeal; None when there is nothing to appeal against."""
    rule, decision = program.rules.appeal, submission.decision
    if rule is None or decision is None or decision.outcome not in rule.against:
        return None
    return first_deadline(rule, decision_day(owner, submission))


def approved_since(submission: Submission, submissions: Iterable[Submission]) -> Submission | None:
    """The later submission by which its set was approved: what it ended with counts no more.

    `submissions` are all of the candidate's, oldest first; None while the set is not achieved.
    """
    stands = standing(submission.set_id, submissions)
    approved = stands.submission if stands.phase is Phase.ACHIEVED else None
    return approved if approved and approved.id > submission.id else None
