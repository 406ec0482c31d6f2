"""What follows from an appeal whose result has the submission judged again."""

from __future__ import annotations

from datetime import datetime

from bot.domain.appeal_case import Case
from bot.domain.appeal_end import Ended
from bot.domain.notices.happenings import READY
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.domain.phases import HANDED_IN
from bot.domain.rights import Role
from bot.domain.standing import standing
from bot.domain.submission import Submission
from bot.domain.trail_account import account
from bot.phrases import submission_news
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.give_up_requests import give_up_requests
from bot.usecases.tell import singly, tell_all


def judge_again(uow: UnitOfWork, desk: Desk, case: Case, person: Person, *, now: datetime) -> Ended:
    """Puts the same items before reviewers once more, unless the set is on its way or achieved.

    What is still asked for is given up, and the set is proved as that submission proved it.
    """
    owner, before = case.owner, case.submission
    stands = standing(before.set_id, uow.submissions.of(owner))
    if stands.phase in HANDED_IN:
        return Ended(case=case, in_the_way=stands)
    again = uow.submissions.judge_again(before, at=now)
    uow.routes.choose(owner, before.set_id, before.route)
    given_up = give_up_requests(uow, owner, before.set_id, by=person, now=now)
    _note(uow, case, again, person, now=now)
    told = submission_news.judged_again_alert(
        desk.program, owner.name, again, note=case.appeal.result_note
    )
    reviewers = singly(uow, desk, (Role.REVIEWER,), but=[owner.id])
    how = told_as(desk.program, READY)
    tell_all(uow, reviewers, told, key=f"submitted:{again.id}", now=now, how=how)
    return Ended(case=case, again=again, given_up=given_up)


def _note(uow: UnitOfWork, case: Case, again: Submission, person: Person, *, now: datetime) -> None:
    uow.trail.append(
        at=now,
        actor=f"person:{person.id}",
        action="judged-again",
        subject=f"submission:{again.id}",
        details={"appeal": str(case.appeal.id), **account(again)},
    )
