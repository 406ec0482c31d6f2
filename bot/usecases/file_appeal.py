"""The candidate's steps of an appeal: the notice that they have read, and what follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.appeal import StepTaken
from bot.domain.appeal_case import Case
from bot.domain.appeal_moves import take_own
from bot.domain.filenames import file_name
from bot.domain.limits import check_words
from bot.domain.messages import Download
from bot.domain.notices.happenings import APPEALS
from bot.domain.notices.manner import told_as
from bot.domain.people import Candidate
from bot.domain.rights import STAFF, Action
from bot.errors import Refused
from bot.phrases import appealing_staff
from bot.ports import UnitOfWork
from bot.usecases.alert_staff import tell_rooms
from bot.usecases.appeal_decision import find_case
from bot.usecases.appeal_step import keep_case, no_appeal, stored_case
from bot.usecases.desk import Desk
from bot.usecases.permit import permit
from bot.usecases.put_bytes import put_bytes
from bot.usecases.tell import singly, tell_all

TEXT = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledStep:
    """A step that was filed just now, with its paper where there is one."""

    case: Case
    taken: StepTaken
    paper: Download | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step that the candidate says was taken: the appeal's number, the step, words on it."""

    number: int
    step: str
    note: str


def file_notice(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, number: int, *, now: datetime
) -> FiledStep:
    """Files the notice in the words that the candidate has read, and tells staff.

    `number` is the submission's. `Refused` when nothing was drafted or it is filed already;
    `DeadlineMissed` after its last day.
    """
    case = find_case(uow, desk, candidate, number, now=now)
    first = case.rule.steps[0]
    taken = _taken(case, first.id, note="", now=now)
    after = take_own(case.rule, case.appeal, taken, today=case.today)
    if not case.appeal.id:
        raise Refused(f"Read the notice before you file it. Say: notice {number}.")
    kept = keep_case(uow, case, after, action=f"appeal-{first.id}", by=case.owner, now=now)
    paper = _stored(desk, f"{first.title} {number}.txt", kept.appeal.notice)
    filed = FiledStep(case=kept, taken=taken, paper=paper)
    _tell_staff(uow, desk, filed, kept.appeal.notice, now=now)
    return filed


def file_step(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, step: Step, *, now: datetime
) -> FiledStep:
    """The candidate has taken a later step of theirs; staff are told, with the words on it.

    `Refused` when it was filed already or an earlier one is missing; `DeadlineMissed` when late.
    """
    case = _own_case(uow, desk, candidate, step.number, now=now)
    check_words(step.note, "What you add")
    taken = _taken(case, step.step, note=step.note.strip(), now=now)
    after = take_own(case.rule, case.appeal, taken, today=case.today)
    kept = keep_case(uow, case, after, action=f"appeal-{taken.step}", by=case.owner, now=now)
    filed = FiledStep(case=kept, taken=taken)
    _tell_staff(uow, desk, filed, taken.note, now=now)
    return filed


def _own_case(
    uow: UnitOfWork, desk: Desk, candidate: Candidate, number: int, *, now: datetime
) -> Case:
    """The candidate's own appeal of that number, once its notice is filed."""
    permit(uow, candidate.person, Action.KEEP, owner_id=candidate.person.id, now=now)
    appeal = next((a for a in uow.appeals.of(candidate.person) if a.id == number), None)
    if appeal is None:
        raise no_appeal(number)
    if not appeal.filed:
        raise Refused(f"First file its notice. Say: notice {appeal.submission_id}, to read it.")
    return stored_case(uow, desk.program, appeal, now=now)


def _taken(case: Case, step: str, *, note: str, now: datetime) -> StepTaken:
    return StepTaken(step=step, day=case.today, at=now, by=case.owner.id, note=note)


def _stored(desk: Desk, name: str, text: str) -> Download:
    """The text as a file; the same words are the same file."""
    kept = put_bytes(desk.files, text.encode())
    return Download(name=file_name(name), media_type=TEXT, size=kept.size, sha256=kept.sha256)


def _tell_staff(
    uow: UnitOfWork, desk: Desk, filed: FiledStep, words: str, *, now: datetime
) -> None:
    case, step = filed.case, filed.taken.step
    news = appealing_staff.own_step_taken(
        desk.program, case, case.state(step), words=words, paper=filed.paper
    )
    key = f"appeal:{case.appeal.id}:{step}"
    staff = singly(uow, desk, STAFF, but=[case.owner.id])
    tell_rooms(uow, desk.rooms, news, key=key, now=now)
    tell_all(uow, staff, news, key=key, now=now, how=told_as(desk.program, APPEALS))
