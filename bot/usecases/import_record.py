"""Take on a record that another installation exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.letter import PROGRAM_KEYS
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Change, Evidence
from bot.domain.program import Program
from bot.domain.record import Record, RecordedFile, RecordedStep
from bot.domain.record_bounds import out_of_bounds
from bot.domain.record_checks import faults
from bot.errors import Refused
from bot.ports import UnitOfWork
from bot.usecases.appoint import OPERATOR
from bot.usecases.enrol import check_person
from bot.usecases.import_reviews import import_appeals, import_requests, import_submissions


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a record comes from: the hash of its archive (hex), and the key that signed it."""

    archive: str
    public_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Whose record it is now, and what had to get another name here, by its old one.

    `known` tells that the person was known here before.
    """

    candidate: Candidate
    known: bool
    submissions: Mapping[int, int]
    tokens: Mapping[str, str]


def check_importable(uow: UnitOfWork, program: Program, record: Record) -> Person | None:
    """The person of that address, if anybody has it; `Refused` when it cannot be taken on."""
    if wrong := next(out_of_bounds(record), ""):
        raise Refused(f"The record is not one that we would write; nothing was imported. {wrong}")
    own = record.candidate.person
    if record.program.id != program.id:
        raise Refused(
            f"This is a record of {record.program.name} ({record.program.id}), and this is "
            f"{program.name} ({program.id}). Nothing was imported: use --program with its pack."
        )
    check_person(own.name, email=own.email, time_zone=own.time_zone)
    if wrong := next(faults(record, program), ""):
        raise Refused(f"The record does not fit together, and nothing was imported. {wrong}")
    found = uow.people.find(own.email)
    known = found if found and found.email == own.email.strip().lower() else None
    if known and uow.people.candidate(known):
        raise Refused(
            f"{known.name} ({known.email}) is a candidate here already, as person {known.id}; "
            "nothing was imported. Two records are never mixed."
        )
    return known


def import_record(
    uow: UnitOfWork, program: Program, record: Record, origin: Origin, *, now: datetime
) -> Imported:
    """The candidate with everything of the record that holds here too; its bytes are stored.

    Files, versions and tokens keep their names and times, submissions get new numbers. Reviewers
    of the other installation have numbers below zero, which no person here has. A submission that
    was in review waits for one.
    """
    known = check_importable(uow, program, record)
    candidate = _enrol(uow, record, known)
    person = candidate.person
    for set_id, route in record.routes.items():
        uow.routes.choose(person, set_id, route)
    evidence = tuple(_evidence(one) for one in record.files)
    uow.records.restore(person, evidence, tuple(_step(s, origin) for s in record.history))
    for version in record.statements:
        uow.statements.save(person, version.set_id, version.paragraphs, at=version.at)
    submissions = import_submissions(uow, person, record, now=now)
    tokens = import_requests(uow, person, record, submissions)
    import_appeals(uow, person, record, submissions)
    _note(uow, record, person, origin, now=now)
    return Imported(
        candidate=candidate,
        known=known is not None,
        submissions={old: made.id for old, made in submissions.items()},
        tokens=tokens,
    )


def _enrol(uow: UnitOfWork, record: Record, known: Person | None) -> Candidate:
    own = record.candidate
    person = known or uow.people.add(
        own.person.name, email=own.person.email, time_zone=own.person.time_zone
    )
    return uow.people.enrol(
        person,
        enrolled_on=own.enrolled_on,
        subscription_ends=own.subscription_ends,
        electives=own.electives,
    )


def _evidence(file: RecordedFile) -> Evidence:
    return Evidence(
        id=0,
        number=file.number,
        person_id=0,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        stored_at=file.stored_at,
        filing=file.filing,
    )


def _step(step: RecordedStep, origin: Origin) -> Change:
    """Steps of one message stay together; what a program filed stays the program's."""
    whose = PROGRAM_KEYS if step.by_program else ""
    key = f"{whose}import:{origin.archive}:{step.message}"
    return Change(
        id=0,
        evidence_id=step.file,
        before=step.before,
        after=step.after,
        message_key=key,
        reason=step.reason,
        at=step.at,
        undone_at=step.undone_at,
    )


def _note(
    uow: UnitOfWork, record: Record, person: Person, origin: Origin, *, now: datetime
) -> None:
    uow.trail.append(
        at=now,
        actor=OPERATOR,
        action="imported",
        subject=f"person:{person.id}",
        details={
            "archive": origin.archive,
            "key": origin.public_key,
            "candidate": str(record.candidate.person.id),
            "as_of": record.as_of.isoformat(),
        },
    )
