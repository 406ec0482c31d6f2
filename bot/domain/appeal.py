"""An appeal against a decision: its steps, and the calendar days that each has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.rules import AppealRule, AppealStep, Party

DECISION = "decision"  # what the first step counts from


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step of the pack's rule that was taken; `day` is the calendar day it counts from."""

    step: str
    day: date
    at: datetime
    by: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """One candidate's appeal against the decision on one submission.

    `decided_on` is the decision's calendar day where the candidate lives; `notice` the drafted
    text, which the candidate approves by filing it. `result` is empty until the end.
    """

    id: int
    submission_id: int
    person_id: int
    decided_on: date
    notice: str
    taken: tuple[StepTaken, ...] = ()
    result: str = ""
    result_note: str = ""
    version: int = 0

    @property
    def filed(self) -> bool:
        """Whether its notice was filed. Before that it is a draft, the candidate's alone."""
        return bool(self.taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """A step as it stands: `due` is its last day, None while the step it follows is not taken.

    `missed` is said of a step that was not taken by the end of that day.
    """

    step: AppealStep
    due: date | None
    taken: StepTaken | None
    missed: bool

    @property
    def own(self) -> bool:
        """Whether the candidate takes it."""
        return self.step.party is Party.CANDIDATE


def steps(rule: AppealRule, appeal: Appeal, *, today: date) -> tuple[StepState, ...]:
    """Every step in the rule's order; `today` is the calendar day where the candidate lives."""
    taken = {one.step: one for one in appeal.taken}
    days = {DECISION: appeal.decided_on, **{step: one.day for step, one in taken.items()}}
    return tuple(_state(step, days, taken.get(step.id), today=today) for step in rule.steps)


def first_deadline(rule: AppealRule, decided_on: date) -> date:
    """The last day for the notice, which counts from the decision."""
    return decided_on + timedelta(days=rule.steps[0].days)


def forfeit(states: Iterable[StepState]) -> StepState | None:
    """The candidate's first missed step, with which the appeal is lost; None when there is none."""
    return next((state for state in states if state.own and state.missed), None)


def next_step(states: Iterable[StepState]) -> StepState | None:
    """The first step that was not taken; None when all were."""
    return next((state for state in states if state.taken is None), None)


def _state(
    step: AppealStep, days: Mapping[str, date], taken: StepTaken | None, *, today: date
) -> StepState:
    start = days.get(step.after)
    due = start + timedelta(days=step.days) if start else None
    missed = taken is None and due is not None and today > due
    return StepState(step=step, due=due, taken=taken, missed=missed)
