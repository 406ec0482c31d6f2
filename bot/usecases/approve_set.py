"""What follows from an approval: the letter, the news, and perhaps the whole certification."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.domain.filenames import file_name
from bot.domain.letter import achievement_letter, letter_key
from bot.domain.notices.happenings import COMPLETE, DECIDED, OUTCOMES
from bot.domain.notices.manner import told_as
from bot.domain.people import Person
from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.rights import STAFF
from bot.domain.sections import SectionKind
from bot.domain.standing import achieved, certified
from bot.domain.submission import Submission, decision_of
from bot.phrases import deciding
from bot.ports import UnitOfWork
from bot.usecases.alert_staff import tell_rooms
from bot.usecases.desk import Desk
from bot.usecases.file_evidence import note_change
from bot.usecases.put_bytes import put_made
from bot.usecases.tell import singly, tell, tell_all

PDF = "application/pdf"


def approve_set(
    uow: UnitOfWork, desk: Desk, owner: Person, submission: Submission, *, now: datetime
) -> Evidence:
    """Files the letter and tells the candidate; tells both sides when nothing is left to prove.

    Gives the letter as it stands in the candidate's record.
    """
    letter = _file_letter(uow, desk, owner, submission, now=now)
    news = deciding.approved(desk.program, submission, letter)
    tell(
        uow,
        owner,
        news,
        key=f"outcome:{submission.id}",
        now=now,
        how=told_as(desk.program, DECIDED),
    )
    if _completes(uow, desk, owner, submission):
        _tell_complete(uow, desk, owner, now=now)
    return letter


def _file_letter(
    uow: UnitOfWork, desk: Desk, owner: Person, submission: Submission, *, now: datetime
) -> Evidence:
    decision = decision_of(submission)
    program, competency_set = desk.program, desk.program.set(submission.set_id)
    letter = achievement_letter(
        program,
        competency_set,
        name=owner.name,
        day=decision.at.astimezone(owner.zone).date(),
        number=submission.id,
    )
    stored = put_made(desk.files, partial(desk.letters.press, letter))
    name = file_name(f"{program.rules.letter.title} {competency_set.title}.pdf")
    evidence = uow.records.add(
        owner, name=name, media_type=PDF, size=stored.size, sha256=stored.sha256, at=now
    )
    sections = program.sections_of(submission.set_id)
    place = tuple(s.id for s in sections if s.kind is SectionKind.LETTER)
    reason = f"the set was approved in submission {submission.id}"
    filed = uow.records.change(
        evidence,
        Filing(state=State.FILED, sections=place),
        message_key=letter_key(submission.id),
        reason=reason,
        at=now,
    )
    note_change(uow, filed, now=now, actor=f"person:{decision.by}")
    return filed


def _completes(uow: UnitOfWork, desk: Desk, owner: Person, submission: Submission) -> bool:
    """Whether this set was the last one needed."""
    every = uow.submissions.of(owner)
    others = [one for one in every if one.id != submission.id]
    done, before = achieved(desk.program, every), achieved(desk.program, others)
    return certified(desk.program, done) and not certified(desk.program, before)


def _tell_complete(uow: UnitOfWork, desk: Desk, owner: Person, *, now: datetime) -> None:
    program, key = desk.program, f"complete:{owner.id}"
    cited = desk.cited(program.rules.completion.cites)
    how = told_as(program, COMPLETE)
    tell(uow, owner, deciding.complete(program, cited), key=key, now=now, how=how)
    news = deciding.complete_too(program, owner.name, owner.email)
    staff = singly(uow, desk, STAFF, but=[owner.id])
    tell_rooms(uow, desk.rooms, news, key=key, now=now)
    tell_all(uow, staff, news, key=key, now=now, how=told_as(program, OUTCOMES))
    uow.trail.append(
        at=now, actor="carrel", action="certified", subject=f"person:{owner.id}", details={}
    )
