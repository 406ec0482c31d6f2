"""Give a reviewer everything of one submission."""

from __future__ import annotations

from datetime import datetime

from bot.domain.dossier import Dossier, DossierFile, dossier_of
from bot.domain.people import Person
from bot.domain.program import Program
from bot.domain.rights import Action
from bot.domain.submission import Submission
from bot.errors import NotFound
from bot.ports import UnitOfWork
from bot.usecases.review_step import find_submission


def read_dossier(
    uow: UnitOfWork, program: Program, person: Person, number: int, *, now: datetime
) -> Dossier:
    """The dossier for somebody who may see it; that they saw it goes onto the trail."""
    submission = find_submission(uow, person, number, Action.READ_DOSSIER, now=now)
    return build_dossier(uow, program, submission)


def build_dossier(uow: UnitOfWork, program: Program, submission: Submission) -> Dossier:
    """The dossier of that submission."""
    owner = uow.people.get(submission.person_id)
    before = uow.submissions.get(submission.follows) if submission.follows else None
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
