"""Gather a candidate's whole record for an archive that outlives the product."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import chain

from bot.domain.filenames import file_name, folder_name
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Change, Evidence, Progress, State, progress
from bot.domain.program import Program
from bot.errors import NotFound
from bot.ports import Signer, TrailEntry, UnitOfWork
from bot.usecases.issue_receipt import issue_receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """A file of the record, its place in the archive (`/` between folders), and its receipt."""

    evidence: Evidence
    path: str
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A record at `as_of`, the aware UTC instant of the last thing that happened to it.

    `files` are by number and withdrawn ones too; `history` and `trail` are oldest first.
    `trail_broken_at` is the first line of the whole trail whose hash does not fit, or None.
    """

    program: Program
    candidate: Candidate
    as_of: datetime
    progress: Progress
    files: tuple[ExportedFile, ...]
    history: tuple[Change, ...]
    trail: tuple[TrailEntry, ...]
    trail_broken_at: int | None

    def standing(self, section: str) -> tuple[ExportedFile, ...]:
        """The files filed in a section, by number."""
        filed = self.in_state(State.FILED)
        return tuple(f for f in filed if section in f.evidence.filing.sections)

    def in_state(self, state: State) -> tuple[ExportedFile, ...]:
        """The files in that state, by number."""
        return tuple(f for f in self.files if f.evidence.filing.state is state)


def export_record(uow: UnitOfWork, person: Person, *, program: Program, signer: Signer) -> Export:
    """The record as it stands in this transaction; the same record gives the same export.

    Raises `NotFound` when the person is no candidate.
    """
    candidate = uow.people.candidate(person)
    if candidate is None:
        raise NotFound(f"{person.name} is known and not enrolled: there is no record to export.")
    evidence = uow.records.of(person)
    history = uow.records.history(person)
    trail = _trail(uow, person, evidence)
    as_of = _newest(
        candidate,
        (one.stored_at for one in evidence),
        (step.undone_at or step.at for step in history),
        (line.at for line in trail),
    )
    files = (
        ExportedFile(
            evidence=one,
            path=archive_path(one, program),
            receipt=issue_receipt(one, program=program, signer=signer, history=history),
        )
        for one in evidence
    )
    return Export(
        program=program,
        candidate=candidate,
        as_of=as_of,
        progress=progress(program, candidate, evidence, today=as_of.astimezone(person.zone).date()),
        files=tuple(files),
        history=history,
        trail=trail,
        trail_broken_at=uow.trail.broken_at(),
    )


def archive_path(evidence: Evidence, program: Program) -> str:
    """Where the file lies in the archive. The number, unique in a record, rules out collisions."""
    name = f"{evidence.number:02}-{file_name(evidence.name)}"
    if evidence.filing.state is not State.FILED:
        return f"{evidence.filing.state}/{name}"
    titles = {section.id: section.title for section in program.sections}
    first = next(iter(evidence.filing.sections), "")
    return f"sections/{folder_name(first + ' ' + titles.get(first, ''))}/{name}"


def _trail(
    uow: UnitOfWork, person: Person, evidence: tuple[Evidence, ...]
) -> tuple[TrailEntry, ...]:
    subjects = (f"person:{person.id}", *(f"evidence:{person.id}/{e.number}" for e in evidence))
    lines = [line for subject in subjects for line in uow.trail.entries(subject=subject)]
    return tuple(sorted(lines, key=lambda line: line.id))


def _newest(candidate: Candidate, *moments: Iterable[datetime]) -> datetime:
    enrolled = datetime.combine(candidate.enrolled_on, time(), UTC)
    return max(chain(*moments), default=enrolled).astimezone(UTC)
