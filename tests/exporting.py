"""A small record in memory that can be exported, and archives that somebody tampered with."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.domain.people import Candidate
from bot.domain.portfolio import Evidence, Filing, State
from bot.domain.program import Competency, CompetencySet, Program, Section, Words
from bot.domain.sections import SectionKind
from bot.usecases.enrol import Enrolment, enrol
from bot.usecases.export_record import Export, export_record
from storage.archive.writing import write_archive
from storage.database import Database
from storage.files import FolderFileStore
from storage.proof.signing import Ed25519Signer
from storage.unit_of_work import SqlUnitOfWork
from tests.databases import fresh_database
from tests.unit.garden import rules

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SIGNER = Ed25519Signer("the secret of this installation")
STRANGER = Ed25519Signer("the secret of another installation")
ADA = Enrolment(
    name="Ada <b>Byron</b>",
    email="ada@example.org",
    time_zone="America/Chicago",
    enrolled_on=date(2026, 1, 5),
    electives=("knots",),
)


def small_program() -> Program:
    """A required set, an elective, and a section of the record as a whole."""
    boats = _set("boats", "BOA", required=True)
    knots = _set("knots", "KNO", required=False)
    record = Section(id="resume", title="Resume", kind=SectionKind.RECORD)
    return Program(
        id="harbour",
        name="Harbour Hand Certification",
        short_name="HHC",
        words=Words(
            record="Harbour Record",
            record_short="HR",
            certificate="certificate",
            statement="statement",
            letter="letter",
        ),
        sets=(boats, knots),
        sections=(record, *_sections(boats), *_sections(knots)),
        electives_needed=1,
        subscription_years=4,
        rules=rules(),
    )


def _set(id: str, code: str, *, required: bool) -> CompetencySet:
    texts = ("Keeps the deck clean & dry <always>.", "Greets every gull by name.")
    return CompetencySet(
        id=id,
        code=code,
        title=id.title(),
        required=required,
        overview="",
        competencies=tuple(Competency(id=f"{code}-{n}", text=t) for n, t in enumerate(texts, 1)),
    )


def _sections(one: CompetencySet) -> list[Section]:
    kinds = (SectionKind.CERTIFICATE, SectionKind.STATEMENT, SectionKind.LETTER)
    return [
        *(
            Section(id=c.id, title=c.text, kind=SectionKind.COMPETENCY, set_id=one.id)
            for c in one.competencies
        ),
        *(
            Section(id=f"{one.id}/{k}", title=f"{k.title()}, {one.title}", kind=k, set_id=one.id)
            for k in kinds
        ),
    ]


@dataclass(slots=True)
class Harbour:
    """An installation with one candidate. Each step happens a minute after the one before."""

    folder: Path
    program: Program = field(default_factory=small_program)
    database: Database = field(default_factory=fresh_database)
    now: datetime = NOON

    @property
    def files(self) -> FolderFileStore:
        """Where bytes are kept."""
        return FolderFileStore(self.folder / "files")

    def transaction(self) -> SqlUnitOfWork:
        """A new unit of work."""
        return SqlUnitOfWork(self.database.engine)

    def enrol(self, who: Enrolment = ADA) -> Candidate:
        """The candidate."""
        with self.transaction() as uow:
            candidate = enrol(uow, self.program, who, now=self._later())
            uow.commit()
        return candidate

    def keep(
        self, candidate: Candidate, name: str, *sections: str, content: bytes = b"herring"
    ) -> Evidence:
        """A new file in those sections; it waits when there are none."""
        source = self.folder / "source"
        source.write_bytes(content)
        with self.transaction() as uow:
            evidence = uow.records.add(
                candidate.person,
                name=name,
                media_type="text/plain",
                size=len(content),
                sha256=self.files.put(source),
                at=self._later(),
            )
            uow.commit()
        state = State.FILED if sections else State.WAITING
        return self.move(evidence, Filing(state=state, sections=sections))

    def move(self, evidence: Evidence, filing: Filing, reason: str = "because") -> Evidence:
        """The file at another place, with a line on the trail."""
        at, subject = self._later(), f"evidence:{evidence.person_id}/{evidence.number}"
        with self.transaction() as uow:
            moved = uow.records.change(evidence, filing, message_key=str(at), reason=reason, at=at)
            uow.trail.append(at=at, actor="test", action="moved", subject=subject, details={})
            uow.commit()
        return moved

    def undo(self, candidate: Candidate) -> datetime:
        """Takes the last step back; when that was."""
        at = self._later()
        with self.transaction() as uow:
            uow.records.undo(uow.records.latest_changes(candidate.person), at=at)
            uow.commit()
        return at

    def export(self, candidate: Candidate) -> Export:
        """The record as a value."""
        with self.transaction() as uow:
            return export_record(uow, candidate.person, program=self.program, signer=SIGNER)

    def archive(self, candidate: Candidate, name: str = "record.zip") -> Path:
        """The record as an archive."""
        path = self.folder / name
        write_archive(path, self.export(candidate), files=self.files, signer=SIGNER)
        return path

    def _later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def contents(path: Path) -> dict[str, bytes]:
    """Every member of an archive."""
    with zipfile.ZipFile(path) as opened:
        return {info.filename: opened.read(info) for info in opened.infolist()}


def repack(path: Path, members: Mapping[str, bytes]) -> Path:
    """An archive of these members, as any program would pack it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return path


def sha256(data: bytes) -> str:
    """The hex hash of bytes."""
    return hashlib.sha256(data).hexdigest()
