"""What a candidate can appeal against, until when, and the notice drafted for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.appeal import Appeal
from bot.domain.appeal_case import Case, appeal_until, decision_day, open_case
from bot.domain.appeal_moves import DeadlineMissed
from bot.domain.people import Candidate
from bot.domain.rights import Action
from bot.errors import NotFound, Refused
from bot.phrases.days import told
from bot.phrases.deciding import OUTCOMES, decision_of
from bot.ports import UnitOfWork
from bot.usecases.appeal_step import keep_case, rule_of
from bot.usecases.desk import Desk
from bot.usecases.permit import permit


def find_case(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, number: int, *, now: datetime
) -> Case:
    """The case of the candidate's own submission of that number, drafted or not.

    `Refused` when it is not decided, or when the program has no appeal against how it ended.
    """
    owner = candidate.person
    permit(uow, owner, Action.KEEP, owner_id=owner.id, now=now)
    submission = next((s for s in uow.submissions.of(owner) if s.id == number), None)
    if submission is None:
        raise NotFound(f"There is no submission {number} for you. Say: submissions.")
    rule = rule_of(desk.program)
    day = decision_day(owner, submission)
    if appeal_until(desk.program, owner, submission) is None:
        ended = OUTCOMES[decision_of(submission).outcome]
        raise Refused(f"Submission {number} ended with: {ended}. Against that there is no appeal.")
    drafts = (a for a in uow.appeals.of(owner) if a.submission_id == number)
    blank = Appeal(id=0, submission_id=number, person_id=owner.id, decided_on=day, notice="")
    return open_case(rule, owner, submission, next(drafts, blank), now=now)


def own_cases(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, *, now: datetime
) -> tuple[Case, ...]:
    """Every appeal that the candidate filed, and every decision that can still be appealed."""
    permit(uow, candidate.person, Action.KEEP, owner_id=candidate.person.id, now=now)
    cases = (
        find_case(uow, desk, candidate, submission.id, now=now)
        for submission in uow.submissions.of(candidate.person)
        if appeal_until(desk.program, candidate.person, submission)
    )
    return tuple(case for case in cases if case.appeal.filed or not case.lapsed)


def draft_notice(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, number: int, *, now: datetime
) -> Case:
    """Keeps the notice as it reads today; once it is filed it stays as it is.

    Raises `DeadlineMissed` after its last day.
    """
    case = find_case(uow, desk, candidate, number, now=now)
    if case.appeal.filed:
        return case
    if case.lapsed:
        raise DeadlineMissed(case.lapsed)
    text = _notice(desk, case)
    kept = uow.appeals.add(
        case.owner, submission=case.submission, decided_on=case.appeal.decided_on, notice=text
    )
    drafted = replace(kept, notice=text)
    return keep_case(uow, case, drafted, action="appeal-drafted", by=case.owner, now=now)


def _notice(desk: Desk, case: Case) -> str:
    program, rule = desk.program, case.rule
    return rule.notice.format(
        name=case.owner.name,
        email=case.owner.email,
        program=program.name,
        set=program.set(case.submission.set_id).title,
        outcome=OUTCOMES[decision_of(case.submission).outcome],
        decided_on=told(case.appeal.decided_on),
        today=told(case.today),
        addressee=rule.addressee,
    ).strip()
