"""Find an appeal's case, and keep a step of it."""

from __future__ import annotations

from datetime import datetime

from bot.domain.appeal import Appeal
from bot.domain.appeal_case import Case, open_case
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rules import AppealRule
from bot.errors import NotFound, Overtaken, Refused
from bot.ports import UnitOfWork


def rule_of(program: Program) -> AppealRule:
    """The program's rule; `Refused` when it has none."""
    if program.rules.appeal is None:
        raise Refused(
            f"The {program.short_name} program tells of no appeal. Say: ask staff: YOUR QUESTION."
        )
    return program.rules.appeal


def stored_case(uow: UnitOfWork, program: Program, appeal: Appeal, *, now: datetime) -> Case:
    """The case of an appeal that is kept; `NotFound` when what it is about is gone."""
    owner = uow.people.get(appeal.person_id)
    submission = uow.submissions.get(appeal.submission_id)
    if owner is None or submission is None:
        raise no_appeal(appeal.id)
    return open_case(rule_of(program), owner, submission, appeal, now=now)


def keep_case(
    uow: UnitOfWork, case: Case, after: Appeal, *, action: str, by: Person, now: datetime
) -> Case:
    """Keeps the appeal's next state and a line on the trail; `Overtaken` if somebody was faster."""
    if not uow.appeals.save(after):
        raise Overtaken(
            f"Somebody changed appeal {after.id} at the same moment; nothing of yours was kept. "
            "Look at it and try again."
        )
    if after.filed:  # a draft is the candidate's alone
        uow.announcements.mark(f"submission:{after.submission_id}", at=now)
    details = {"submission": str(after.submission_id), "result": after.result}
    details |= {one.step: str(one.day) for one in after.taken}
    uow.trail.append(
        at=now,
        actor=f"person:{by.id}",
        action=action,
        subject=f"appeal:{after.id}",
        details={name: value for name, value in details.items() if value},
    )
    kept = uow.appeals.get(after.id) or after
    return open_case(case.rule, case.owner, case.submission, kept, now=now)


def no_appeal(number: int) -> NotFound:
    """The same for what does not exist and for what somebody may not see."""
    return NotFound(f"There is no appeal {number} for you. Say: my appeals, or: appeals.")
