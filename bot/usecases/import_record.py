"""Take on a record that another installation exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.appeal import StepTaken
from bot.domain.letter import PROGRAM_KEYS
from bot.domain.people import Candidate, Person
from bot.domain.portfolio import Change, Evidence
from bot.domain.program import Program
from bot.domain.record import Record, RecordedFile, RecordedStep, RecordedSubmission
from bot.domain.record_checks import faults
from bot.domain.submission import OPEN_STAGES, Claim, RatingGiven, ReviewDecision, Stage, Submission
from bot.errors import Refused
from bot.ports import UnitOfWork
from bot.usecases.appoint import OPERATOR
from bot.usecases.ask_for_more import fresh_token
from bot.usecases.enrol import check_person

NOBODY = 0  # whoever decided elsewhere is a name here and no person


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
    submissions = _submissions(uow, person, record)
    tokens = _requests(uow, person, record, submissions)
    _appeals(uow, person, record, submissions)
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
    key = f"{PROGRAM_KEYS * step.by_program}import:{origin.archive}:{step.message}"
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


def _submissions(uow: UnitOfWork, person: Person, record: Record) -> dict[int, Submission]:
    """Each submission as it stands here, by its old number."""
    made: dict[int, Submission] = {}
    for old in record.submissions:
        fresh = uow.submissions.add(
            person,
            set_id=old.set_id,
            route=old.route,
            items=old.items,
            at=old.submitted_at,
            follows=made[old.follows] if old.follows else None,
        )
        uow.submissions.save(_reviewed(fresh, old))
        made[old.number] = uow.submissions.get(fresh.id) or fresh
    return made


def _reviewed(fresh: Submission, old: RecordedSubmission) -> Submission:
    is_open = old.stage in OPEN_STAGES
    ratings = tuple(
        replace(rating, reviewer=-rating.reviewer)
        for rating in old.ratings
        if rating.carried or not is_open
    )
    decided = old.decision
    return replace(
        fresh,
        stage=Stage.WAITING if is_open else old.stage,
        claims=() if is_open else _claims(ratings),
        ratings=ratings,
        decision=ReviewDecision(
            outcome=decided.outcome,
            by=NOBODY,
            name=decided.name,
            at=decided.at,
            reason=decided.reason,
            sections=decided.sections,
        )
        if decided
        else None,
    )


def _claims(ratings: tuple[RatingGiven, ...]) -> tuple[Claim, ...]:
    """The reviewers, since their first rating: when they took it on, a record does not tell."""
    first = {r.reviewer: r.at for r in sorted(ratings, key=lambda r: r.at, reverse=True)}
    return tuple(
        Claim(reviewer=number, name=f"Reviewer {-number} elsewhere", at=first[number])
        for number in sorted(first, reverse=True)
    )


def _requests(
    uow: UnitOfWork, person: Person, record: Record, submissions: Mapping[int, Submission]
) -> dict[str, str]:
    """Requests with their tokens; gives the new ones in place of those that are taken here."""
    changed: dict[str, str] = {}
    for old in record.requests:
        token = fresh_token(uow) if uow.requests.by_token(old.token) else old.token
        made = uow.requests.add(
            person,
            submission=submissions[old.submission],
            section=old.section,
            token=token,
            at=old.opened_at,
        )
        if old.closed_at and old.closed_by:
            uow.requests.close(made, evidence=old.closed_by, at=old.closed_at)
        if token != old.token:
            changed[old.token] = token
    return changed


def _appeals(
    uow: UnitOfWork, person: Person, record: Record, submissions: Mapping[int, Submission]
) -> None:
    for old in record.appeals:
        made = uow.appeals.add(
            person,
            submission=submissions[old.submission],
            decided_on=old.decided_on,
            notice=old.notice,
        )
        taken = tuple(
            StepTaken(
                step=one.step,
                day=one.day,
                at=one.at,
                by=person.id if one.own else NOBODY,
                note=one.note,
            )
            for one in old.taken
        )
        uow.appeals.save(replace(made, taken=taken, result=old.result, result_note=old.result_note))


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
