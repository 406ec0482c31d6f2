"""Gather a candidate's whole record for an archive that outlives the product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Protocol

from bot.domain.appeal import Appeal
from bot.domain.choosing import plans_of
from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.filenames import file_name, folder_name
from bot.domain.notices.reminder import Reminder
from bot.domain.notices.wishes import Wishes
from bot.domain.own_view import as_candidate_sees
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Change, Evidence, State
from bot.domain.program import Program
from bot.domain.progress import Progress, progress
from bot.domain.rules import Route
from bot.domain.sharing import Comment, Share
from bot.domain.statement import StatementVersion
from bot.domain.submission import Submission
from bot.errors import NotFound
from bot.phrases import kinds
from bot.ports import Signer, TrailEntry, UnitOfWork
from bot.usecases.appoint import OPERATOR
from bot.usecases.confirm_submission import confirm_submission
from bot.usecases.issue_receipt import issue_receipt
from bot.usecases.tell import places_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """A file of the record, its place in the archive (`/` between folders), and its receipt."""

    evidence: Evidence
    path: str
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedStatement:
    """A version of a statement and its place in the archive."""

    version: StatementVersion
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedSubmission:
    """A submission as its candidate may see it, and its confirmation."""

    submission: Submission
    confirmation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedShare:
    """A share and the name of whom it was made with."""

    share: Share
    mentor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A record as it stood.

    `files` are by number and withdrawn ones too; all else is oldest first. `trail_broken_at` is the
    first line of the whole trail whose hash does not fit, or None. `declined` are the kinds of
    notices, in words, that the candidate does not want at some address; `reminders` are those that
    did not end, by time.
    """

    program: Program
    candidate: Candidate
    files: tuple[ExportedFile, ...]
    history: tuple[Change, ...]
    routes: Mapping[str, Route]
    statements: tuple[ExportedStatement, ...]
    submissions: tuple[ExportedSubmission, ...]
    requests: tuple[EvidenceRequest, ...]
    appeals: tuple[Appeal, ...]
    shares: tuple[ExportedShare, ...]
    comments: tuple[Comment, ...]
    trail: tuple[TrailEntry, ...]
    trail_broken_at: int | None
    declined: tuple[str, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    reminders: tuple[Reminder, ...] = ()

    @property
    def as_of(self) -> datetime:
        """The aware UTC instant of the last thing that happened to the record."""
        enrolled = datetime.combine(self.candidate.enrolled_on, time(), UTC)
        return max(_moments(self), default=enrolled).astimezone(UTC)

    @property
    def progress(self) -> Progress:
        """How far the candidate was then."""
        evidence = tuple(file.evidence for file in self.files)
        submissions = tuple(one.submission for one in self.submissions)
        today = self.as_of.astimezone(self.candidate.person.zone).date()
        plans = plans_of(self.program, submissions, chosen=self.routes, evidence=evidence)
        return progress(self.program, self.candidate, evidence, today=today, plans=plans)

    def standing(self, section: str) -> tuple[ExportedFile, ...]:
        """The files filed in a section, by number."""
        filed = self.in_state(State.FILED)
        return tuple(f for f in filed if section in f.evidence.filing.sections)

    def in_state(self, state: State) -> tuple[ExportedFile, ...]:
        """The files in that state, by number."""
        return tuple(f for f in self.files if f.evidence.filing.state is state)


class ArchivePress(Protocol):
    """Makes archives."""

    def write(self, export: Export, path: Path) -> None:
        """Writes the record as one ZIP; the same record gives the same bytes. Thread-safe.

        Raises `CarrelError` when a file of the record is lost or damaged, or it cannot be written.
        """
        ...


def export_record(uow: UnitOfWork, person: Person, *, program: Program, signer: Signer) -> Export:
    """The record as it stands in this transaction; the same record gives the same export.

    Raises `NotFound` when the person is no candidate.
    """
    candidate = uow.people.candidate(person)
    if candidate is None:
        raise NotFound(f"{person.name} is known and not enrolled: there is no record to export.")
    history = uow.records.history(person)
    return Export(
        program=program,
        candidate=candidate,
        files=tuple(
            ExportedFile(
                evidence=one,
                path=archive_path(one, program),
                receipt=issue_receipt(one, program=program, signer=signer, history=history),
            )
            for one in uow.records.of(person)
        ),
        history=history,
        routes=uow.routes.of(person),
        statements=tuple(map(_statement, uow.statements.all(person))),
        submissions=tuple(_submission(one, program, signer) for one in uow.submissions.of(person)),
        requests=uow.requests.of(person),
        appeals=uow.appeals.of(person),
        shares=tuple(_share(uow, one) for one in uow.shares.by(person)),
        comments=uow.shares.comments(person),
        trail=_trail(uow, person),
        trail_broken_at=uow.trail.broken_at(),
        declined=_declined(uow, program, person),
        wishes=uow.wishes.of(person),
        reminders=uow.reminders.of(person),
    )


def note_export(uow: UnitOfWork, person: Person, *, now: datetime) -> None:
    """Puts onto the trail that the operator took everything out; the person can see that."""
    uow.trail.append(
        at=now, actor=OPERATOR, action="exported", subject=f"person:{person.id}", details={}
    )


def _declined(uow: UnitOfWork, program: Program, person: Person) -> tuple[str, ...]:
    found = (kind for place in places_of(uow, person) for kind in uow.wanted_kinds.declined(place))
    return tuple(sorted({kinds.called(program, kind) for kind in found}))


def archive_path(evidence: Evidence, program: Program) -> str:
    """Where the file lies in the archive. The number, unique in a record, rules out collisions."""
    name = f"{evidence.number:02}-{file_name(evidence.name)}"
    if evidence.filing.state is not State.FILED:
        return f"{evidence.filing.state}/{name}"
    titles = {section.id: section.title for section in program.sections}
    first = next(iter(evidence.filing.sections), "")
    return f"sections/{folder_name(first + ' ' + titles.get(first, ''))}/{name}"


def _statement(version: StatementVersion) -> ExportedStatement:
    path = f"statements/{folder_name(version.set_id)}/v{version.number}.txt"
    return ExportedStatement(version=version, path=path)


def _submission(submission: Submission, program: Program, signer: Signer) -> ExportedSubmission:
    return ExportedSubmission(
        submission=as_candidate_sees(submission),
        confirmation=confirm_submission(submission, program=program, signer=signer),
    )


def _share(uow: UnitOfWork, share: Share) -> ExportedShare:
    mentor = uow.people.get(share.mentor_id)
    return ExportedShare(share=share, mentor=mentor.name if mentor else f"person {share.mentor_id}")


def _trail(uow: UnitOfWork, person: Person) -> tuple[TrailEntry, ...]:
    """Every line about the person and their files, and their own steps in what follows."""
    own = f"person:{person.id}"
    about = (own, *(f"evidence:{person.id}/{e.number}" for e in uow.records.of(person)))
    further = (
        *(f"submission:{one.id}" for one in uow.submissions.of(person)),
        *(f"appeal:{one.id}" for one in uow.appeals.of(person)),
        *(f"share:{one.id}" for one in uow.shares.by(person)),
        *dict.fromkeys(f"statement:{person.id}/{v.set_id}" for v in uow.statements.all(person)),
    )
    lines = [line for subject in about for line in uow.trail.entries(subject=subject)]
    steps = (line for subject in further for line in uow.trail.entries(subject=subject))
    lines += (line for line in steps if line.actor == own)
    return tuple(sorted(lines, key=lambda line: line.id))


def _moments(export: Export) -> Iterator[datetime]:
    """When something happened to the record; of its reviews, what the candidate was told."""
    yield from (file.evidence.stored_at for file in export.files)
    yield from (step.undone_at or step.at for step in export.history)
    yield from (one.version.at for one in export.statements)
    for one in export.submissions:
        decision = one.submission.decision
        yield decision.at if decision else one.submission.submitted_at
    yield from (request.closed_at or request.opened_at for request in export.requests)
    yield from (step.at for appeal in export.appeals for step in appeal.taken)
    yield from (one.share.revoked_at or one.share.made_at for one in export.shares)
    yield from (comment.at for comment in export.comments)
    yield from (line.at for line in export.trail)
