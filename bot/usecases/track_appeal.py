"""The staff's side of appeals: which are open, the steps of the committees, the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.appeal import StepTaken
from bot.domain.appeal_case import Case
from bot.domain.appeal_end import Ended
from bot.domain.appeal_moves import end, take_for_staff
from bot.domain.limits import check_words
from bot.domain.notices.happenings import APPEAL_NEWS, APPEALS
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.domain.rights import STAFF, Action
from bot.phrases import appealing, appealing_staff
from bot.ports import UnitOfWork
from bot.usecases.alert_staff import tell_rooms
from bot.usecases.appeal_step import keep_case, no_appeal, stored_case
from bot.usecases.desk import Desk
from bot.usecases.judge_again import judge_again
from bot.usecases.permit import permit
from bot.usecases.tell import singly, tell, tell_all


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSaid:
    """A step to be recorded: whose appeal (its number), which step, its day (None: today)."""

    number: int
    step: str
    day: date | None
    note: str


def open_cases(uow: UnitOfWork, desk: Desk, person: Person, *, now: datetime) -> tuple[Case, ...]:
    """Every filed appeal without a result, oldest first, but the person's own."""
    permit(uow, person, Action.TRACK_APPEAL, now=now)
    filed = (a for a in uow.appeals.open() if a.filed and a.person_id != person.id)
    return tuple(stored_case(uow, desk.program, appeal, now=now) for appeal in filed)


def see_case(uow: UnitOfWork, desk: Desk, person: Person, number: int, *, now: datetime) -> Case:
    """One appeal; that it was looked at goes onto the trail."""
    case = _find(uow, desk, person, number, now=now)
    uow.trail.append(
        at=now,
        actor=f"person:{person.id}",
        action="read-appeal",
        subject=f"person:{case.owner.id}",
        details={"appeal": str(number), "submission": str(case.submission.id)},
    )
    return case


def record_step(
    uow: UnitOfWork, desk: Desk, person: Person, record: StepSaid, *, now: datetime
) -> Case:
    """Keeps a step of staff or a committee, and tells the candidate.

    Days are the candidate's; one that has begun for whoever records it is not in the future.
    """
    case = _find(uow, desk, person, record.number, now=now)
    check_words(record.note, "A note")
    taken = StepTaken(
        step=record.step,
        day=record.day or case.today,
        at=now,
        by=person.id,
        note=record.note.strip(),
    )
    latest = max(case.today, now.astimezone(person.zone).date())
    after = take_for_staff(case.rule, case.appeal, taken, today=case.today, latest=latest)
    kept = keep_case(uow, case, after, action=f"appeal-{record.step}", by=person, now=now)
    news = appealing.step_told(desk.program, kept, kept.state(record.step))
    how = told_as(desk.program, APPEAL_NEWS)
    tell(uow, kept.owner, news, key=f"appeal:{record.number}:{record.step}", now=now, how=how)
    return kept


def record_result(
    uow: UnitOfWork,
    desk: Desk,
    person: Person,
    number: int,
    said: tuple[str, str],
    *,
    now: datetime,
) -> Ended:
    """Ends the appeal with a result and its reason, sees to what follows, and tells both sides.

    The candidate is told of any result; staff of one that has the submission judged again, whether
    or not that can be.
    """
    case = _find(uow, desk, person, number, now=now)
    result, note = said
    check_words(note, "A reason")
    after = end(case.rule, case.appeal, result, note=note, today=case.today)
    kept = keep_case(uow, case, after, action="appeal-result", by=person, now=now)
    ended = judge_again(uow, desk, kept, person, now=now) if kept.reopens else Ended(case=kept)
    news = appealing.result_told(desk.program, ended, desk.cited(kept.rule.cites[-1:]))
    key, how = f"appeal:{number}:result", told_as(desk.program, APPEAL_NEWS)
    tell(uow, kept.owner, news, key=key, now=now, how=how)
    if kept.reopens:
        told = appealing_staff.ended(desk.program, ended)
        others = singly(uow, desk, STAFF, but={person.id, kept.owner.id})
        tell_rooms(uow, desk.rooms, told, key=key, now=now)
        tell_all(uow, others, told, key=key, now=now, how=told_as(desk.program, APPEALS))
    return ended


def _find(uow: UnitOfWork, desk: Desk, person: Person, number: int, *, now: datetime) -> Case:
    """A filed appeal that the person may track; a draft is the candidate's alone."""
    permit(uow, person, Action.TRACK_APPEAL, now=now)
    appeal = uow.appeals.get(number)
    if appeal is None or not appeal.filed:
        raise no_appeal(number)
    permit(uow, person, Action.TRACK_APPEAL, owner_id=appeal.person_id, now=now)
    return stored_case(uow, desk.program, appeal, now=now)
