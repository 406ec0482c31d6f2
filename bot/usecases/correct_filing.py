"""Put a file elsewhere: move it, add a section, take it out, undo the last step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.letter import PROGRAM_KEYS
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Evidence, Filing, Kind, open_sections
from bot.domain.rounds import kept_by
from bot.domain.submission import Item, Submission
from bot.errors import NotFound, Refused
from bot.ports import UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.file_evidence import note_change
from bot.usecases.reopen_requests import reopen_left


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Files as they stand now, and the requests that wait again as their answer left.

    `kept` are items of submissions on their way that left the record by an undo.
    """

    files: tuple[Evidence, ...]
    reopened: tuple[EvidenceRequest, ...]
    kept: tuple[tuple[Submission, Item], ...] = ()


def held(uow: UnitOfWork, candidate: Candidate, number: int) -> Evidence:
    """The candidate's own file of that number; `NotFound` otherwise."""
    evidence = uow.records.numbered(candidate.person, number)
    if evidence is None:
        raise NotFound(f"You have no file number {number}. Say: files, to see those you have.")
    return evidence


def refile(
    uow: UnitOfWork,
    evidence: Evidence,
    filing: Filing,
    *,
    message_key: str,
    reason: str,
    now: datetime,
) -> Corrected:
    """The file at its new place; `Refused` when it stands there already, or is the program's."""
    owner = uow.people.get(evidence.person_id)
    _check_own(uow, owner, evidence)
    if filing == evidence.filing:
        raise Refused(f"File {evidence.number} stands like that already; nothing was changed.")
    changed = uow.records.change(evidence, filing, message_key=message_key, reason=reason, at=now)
    note_change(uow, changed, now=now)
    reopened = reopen_left(uow, owner, now=now) if owner else ()
    return Corrected(files=(changed,), reopened=reopened)


def check_open(desk: Desk, candidate: Candidate, section: str) -> None:
    """`Refused` when the candidate may not file there."""
    if section not in {s.id for s in open_sections(desk.program, candidate)}:
        raise Refused(
            f"{section} is not open to you: it belongs to an elective you did not choose. "
            "Nothing was changed."
        )


def with_kind(filing: Filing, kind: Kind) -> Filing:
    """The same filing, as primary or secondary evidence."""
    return Filing(state=filing.state, sections=filing.sections, kind=kind)


def last_step(uow: UnitOfWork, candidate: Candidate) -> int:
    """The number of the newest step that can be undone; 0 when there is none."""
    return max((c.id for c in uow.records.latest_changes(candidate.person)), default=0)


def check_last(uow: UnitOfWork, candidate: Candidate, evidence: Evidence) -> None:
    """`Refused` when the last step was about other files."""
    if evidence.id not in {c.evidence_id for c in uow.records.latest_changes(candidate.person)}:
        raise Refused(
            f"Your last step was not about file {evidence.number}; nothing was changed. "
            f"Say: remove {evidence.number}, or: move {evidence.number} to SECTION."
        )


def _check_own(uow: UnitOfWork, owner: Person | None, evidence: Evidence) -> None:
    """`Refused` when the program filed it: a letter stays where it was put."""
    steps = uow.records.history(owner) if owner else ()
    if any(
        step.evidence_id == evidence.id and step.message_key.startswith(PROGRAM_KEYS)
        for step in steps
    ):
        raise Refused(
            f"File {evidence.number}, {evidence.name}, was filed by the program and stays where it "
            "is; nothing was changed."
        )


def undo(uow: UnitOfWork, candidate: Candidate, *, step: int | None, now: datetime) -> Corrected:
    """Every file of the last step, back where it stood.

    `Refused` when there is no step, or when `step` is given and is not the last one any more.
    """
    changes = uow.records.latest_changes(candidate.person)
    if not changes:
        raise Refused("There is nothing to undo: no file has been moved or filed.")
    if step is not None and step not in {change.id for change in changes}:
        raise Refused(
            "That step was undone already, or you have filed something since. Nothing was "
            "changed. Say: undo, to take back your last step."
        )
    restored = uow.records.undo(changes, at=now)
    for evidence in restored:
        note_change(uow, evidence, now=now)
    own = candidate.person
    return Corrected(
        files=restored,
        reopened=reopen_left(uow, own, now=now),
        kept=kept_by(uow.submissions.of(own), restored),
    )
