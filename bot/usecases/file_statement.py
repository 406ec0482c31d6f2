"""File a written statement as a text file, in place of the one filed before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.evidence_requests import EvidenceRequest
from bot.domain.filenames import file_name
from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence, Filing, Kind, State
from bot.domain.sections import SectionKind, section_id
from bot.domain.statement import Draft, StatementVersion
from bot.errors import Refused
from bot.ports import FileStore, UnitOfWork
from bot.usecases.desk import Desk
from bot.usecases.file_evidence import note_change
from bot.usecases.put_bytes import put_bytes
from bot.usecases.reopen_requests import reopen_left
from bot.usecases.write_statement import open_statement

MEDIA_TYPE = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledStatement:
    """The file that holds the newest version, those that made room for it, and whether it is new.

    `draft` tells what is filed now; `reopened` are the requests that a file which made room had
    answered.
    """

    draft: Draft
    evidence: Evidence
    replaced: tuple[Evidence, ...]
    new: bool
    reopened: tuple[EvidenceRequest, ...] = ()


def file_statement(
    uow: UnitOfWork,
    desk: Desk,
    candidate: Candidate,
    set_id: str,
    *,
    message_key: str,
    now: datetime,
) -> FiledStatement:
    """Files the newest version; `Refused` when nothing is written.

    Files that were sent for the statement stay. All of it is one step, so one undo takes it back.
    """
    draft = open_statement(uow, desk.program, candidate, set_id, now=now)
    version = draft.now
    if version is None or not version.paragraphs:
        raise Refused(f"Nothing is written for {draft.set.title}, so there is nothing to file.")
    if same := next((e for e in draft.filed if e.sha256 == version.sha256), None):
        return FiledStatement(draft=draft, evidence=same, replaced=(), new=False)
    step = _Step(uow=uow, message_key=message_key, now=now)
    section = section_id(set_id, SectionKind.STATEMENT)
    made = tuple(e for e in draft.filed if draft.version_in(e))
    for one in made:
        step.change(one, _without(one.filing, section), f"version {version.number} takes its place")
    name = file_name(f"Statement {draft.set.title} v{version.number}.txt")
    evidence = step.add(candidate, desk.files, version, name=name)
    filing = Filing(state=State.FILED, sections=(section,), kind=Kind.PRIMARY)
    evidence = step.change(evidence, filing, "the candidate filed the text")
    kept = tuple(e for e in draft.filed if e not in made)
    draft = replace(draft, filed=(*kept, evidence))
    reopened = reopen_left(uow, candidate.person, now=now)
    return FiledStatement(
        draft=draft, evidence=evidence, replaced=made, new=True, reopened=reopened
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    uow: UnitOfWork
    message_key: str
    now: datetime

    def add(
        self, candidate: Candidate, files: FileStore, version: StatementVersion, *, name: str
    ) -> Evidence:
        stored = put_bytes(files, version.file_bytes)
        return self.uow.records.add(
            candidate.person,
            name=name,
            media_type=MEDIA_TYPE,
            size=stored.size,
            sha256=stored.sha256,
            at=self.now,
        )

    def change(self, evidence: Evidence, filing: Filing, reason: str) -> Evidence:
        changed = self.uow.records.change(
            evidence, filing, message_key=self.message_key, reason=reason, at=self.now
        )
        note_change(self.uow, changed, now=self.now)
        return changed


def _without(filing: Filing, section: str) -> Filing:
    """The same file out of that section; it may stand in others."""
    left = tuple(s for s in filing.sections if s != section)
    return replace(filing, sections=left) if left else filing.withdrawn()
