"""Give a reviewer everything of one submission."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.domain.dossier import Dossier, DossierFile, dossier_of
from bot.domain.messages import Download
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rights import Action
from bot.domain.submission import Submission
from bot.errors import NotFound
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.put_bytes import put_made
from bot.usecases.review_step import find_submission

HTML = "text/html"


def read_dossier(
    uow: UnitOfWork, program: Program, person: Person, number: int, *, now: datetime
) -> Dossier:
    """The dossier for somebody who may see it; that they saw it goes onto the trail."""
    submission = find_submission(uow, person, number, Action.READ_DOSSIER, now=now)
    return build_dossier(uow, program, submission)


def open_file(
    uow: UnitOfWork, program: Program, person: Person, number: int, file: int, *, now: datetime
) -> tuple[Dossier, DossierFile]:
    """One file of the dossier, and the dossier; that this file was opened goes onto the trail."""
    details = {"file": str(file)}
    submission = find_submission(uow, person, number, Action.READ_DOSSIER, now=now, details=details)
    dossier = build_dossier(uow, program, submission)
    return dossier, dossier_file(dossier, file)


def dossier_page(
    uow: UnitOfWork, desk: Desk, person: Person, number: int, *, now: datetime
) -> tuple[Dossier, Download]:
    """The same with its page, kept in the file store; the same dossier is the same file."""
    given = read_dossier(uow, desk.program, person, number, now=now)
    kept = put_made(desk.files, partial(desk.dossiers.write_page, given))
    note_page(uow, given, person, kept.sha256, now=now)
    name = f"Submission {number}.html"
    return given, Download(name=name, media_type=HTML, size=kept.size, sha256=kept.sha256)


def build_dossier(uow: UnitOfWork, program: Program, submission: Submission) -> Dossier:
    """The dossier of that submission."""
    owner = uow.people.get(submission.person_id)
    again = submission.judged_again  # then nothing of it counts as seen before
    before = uow.submissions.get(submission.follows or 0) if not again else None
    return dossier_of(program, submission, before, candidate=owner.name if owner else "")


def dossier_file(dossier: Dossier, number: int) -> DossierFile:
    """The dossier's file of that number in the candidate's record; `NotFound` otherwise."""
    for file in dossier.files:
        if file.item.number == number:
            return file
    raise NotFound(
        f"Submission {dossier.submission.id} has no file {number}. Say: dossier "
        f"{dossier.submission.id}, to see its files."
    )


def note_page(
    uow: UnitOfWork, dossier: Dossier, person: Person, sha256: str, *, now: datetime
) -> None:
    """Puts onto the trail which bytes were made of the record, so that an erasure finds them."""
    uow.trail.append(
        at=now,
        actor=f"person:{person.id}",
        action="wrote-dossier",
        subject=f"person:{dossier.submission.person_id}",
        details={"submission": str(dossier.submission.id), "sha256": sha256},
    )
