"""What a candidate can appeal against, until when, and the notice drafted for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.appeal import Appeal
from bot.domain.appeal_case import Case, appeal_until, approved_since, decision_day, open_case
from bot.domain.appeal_moves import DeadlineMissed
from bot.domain.people import Candidate
from bot.domain.rights import Action
from bot.domain.rules import OUTCOMES
from bot.domain.submission import decision_of
from bot.errors import Refused
from bot.phrases.times import told
from bot.ports import UnitOfWork
from bot.usecases.appeal_step import keep_case, rule_of
from bot.usecases.desk import Desk
from bot.usecases.permit import permit
from bot.usecases.review_step import find_submission


def find_case(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, number: int, *, now: datetime
) -> Case:
    """The case of the candidate's own submission of that number, drafted or not.

    `Refused` when it is not decided, when the program has no appeal against how it ended, or when
    nothing was filed before the set was approved all the same.
    """
    owner = candidate.person
    submission = find_submission(uow, owner, number, Action.KEEP, now=now)
    every = uow.submissions.of(owner)
    rule = rule_of(desk.program)
    day = decision_day(owner, submission)
    if appeal_until(desk.program, owner, submission) is None:
        ended = OUTCOMES[decision_of(submission).outcome]
        raise Refused(f"Submission {number} ended with: {ended}. Against that there is no appeal.")
    drafts = (a for a in uow.appeals.of(owner) if a.submission_id == number)
    blank = Appeal(id=0, submission_id=number, person_id=owner.id, decided_on=day, notice="")
    appeal, later = next(drafts, blank), approved_since(submission, every)
    if later and not appeal.filed:
        title = desk.program.set(submission.set_id).title
        raise Refused(
            f"{title} was approved since, by submission {later.id}, so there is nothing left to "
            f"appeal against in submission {number}. Say: submission {later.id}, to see it."
        )
    return open_case(rule, owner, submission, appeal, now=now)


def own_cases(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, *, now: datetime
) -> tuple[Case, ...]:
    """Every appeal that the candidate filed, and every decision that can still be appealed.

    A decision that a later approval of the set has overtaken is not among them.
    """
    own = candidate.person
    permit(uow, own, Action.KEEP, owner_id=own.id, now=now)
    every = uow.submissions.of(own)
    filed = {appeal.submission_id for appeal in uow.appeals.of(own) if appeal.filed}
    cases = (
        find_case(uow, desk, candidate, submission.id, now=now)
        for submission in every
        if appeal_until(desk.program, own, submission)
        and (submission.id in filed or not approved_since(submission, every))
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
