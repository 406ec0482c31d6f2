"""Steps of an appeal that are the candidate's to take, and the notice that is not given yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.domain.appeal import Appeal, first_deadline, steps
from bot.domain.notices.days import day_in
from bot.domain.notices.moments.base import Base
from bot.domain.notices.moments.deadlines import end_of
from bot.domain.notices.situation import Situation
from bot.domain.program import Program
from bot.domain.rules import AppealRule, AppealStep
from bot.domain.submission import ReviewDecision, Stage, Submission


def appeal_due(program: Program, situation: Situation, zone: ZoneInfo) -> Iterable[Base]:
    """The candidate's next step of each appeal, filed or still possible."""
    rule = program.rules.appeal
    return _appeal_due(rule, situation, zone) if rule and situation.submissions else ()


def _appeal_due(rule: AppealRule, situation: Situation, zone: ZoneInfo) -> Iterator[Base]:
    appeals = {appeal.submission_id: appeal for appeal in situation.appeals}
    for place, one in enumerate(situation.submissions):
        decision = one.decision
        if decision is None or decision.outcome not in rule.against:
            continue
        appeal = appeals.get(one.id)
        if appeal and appeal.filed:
            yield from _next_step(rule, one, appeal, zone)
        elif not _went_on(one, situation.submissions[place + 1 :]):
            yield _notice(rule, one, decision, appeal, zone)


def _went_on(one: Submission, later: tuple[Submission, ...]) -> bool:
    """Whether the set was handed in again since."""
    return any(s.set_id == one.set_id and s.stage is not Stage.WITHDRAWN for s in later)


def _notice(
    rule: AppealRule,
    one: Submission,
    decision: ReviewDecision,
    draft: Appeal | None,
    zone: ZoneInfo,
) -> Base:
    due = first_deadline(rule, draft.decided_on if draft else day_in(decision.at, zone))
    named = first_deadline(rule, day_in(decision.at, UTC))  # drafted or not, wherever they live
    base = _base(rule.steps[0], one, due, f"notice {one.id}", since=decision.at, zone=zone)
    return replace(base, named=named)


def _next_step(rule: AppealRule, one: Submission, appeal: Appeal, zone: ZoneInfo) -> Iterator[Base]:
    """Their first step that was not taken, once the day it counts from is known."""
    if appeal.result:
        return
    states = steps(rule, appeal, today=appeal.decided_on)
    state = next((s for s in states if s.own and s.taken is None), None)
    if state and state.due:
        says = f"{state.step.id} filed appeal {appeal.id}"
        since = appeal.taken[-1].at
        yield _base(state.step, one, state.due, says, since=since, zone=zone)


def _base(
    step: AppealStep, one: Submission, due: date, says: str, *, since: datetime, zone: ZoneInfo
) -> Base:
    return Base(
        matter=f"appeal-{one.id}",
        part=f"{one.id}-{step.id}",
        day=due,
        since=since,
        ends=end_of(due, zone),
        about={
            "date": due,
            "set_id": one.set_id,
            "number": one.id,
            "step": step.title,
            "says": says,
        },
    )
