"""A record as JSON: what other programs read, and another installation takes on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from bot.domain.appeal import Appeal
from bot.domain.letter import PROGRAM_KEYS
from bot.domain.portfolio import Change
from bot.domain.record import (
    FORMAT,
    OfProgram,
    Record,
    RecordedAppeal,
    RecordedAppealStep,
    RecordedComment,
    RecordedDecision,
    RecordedFile,
    RecordedRequest,
    RecordedShare,
    RecordedStatement,
    RecordedStep,
    RecordedSubmission,
)
from bot.errors import CarrelError
from bot.ports import TrailEntry
from bot.usecases.export_record import Export, ExportedFile, ExportedSubmission

_OLDER = "carrel-record-1"


def record_json(export: Export) -> str:
    """The whole record and its trail; the same export gives the same text."""
    broken = export.trail_broken_at
    trail = {
        "unbroken": broken is None,
        "broken_at": broken,
        "lines": [_line(line) for line in export.trail],
    }
    document = {**asdict(_record(export)), "trail": trail}
    return json.dumps(document, indent=1, default=lambda value: value.isoformat()) + "\n"


def read_record(data: bytes) -> Record:
    """The record of that JSON; `CarrelError` when it is none that we can read."""
    try:
        found = json.loads(data)
        if isinstance(found, dict) and found.get("format") not in (FORMAT, None):
            raise CarrelError(_other_format(str(found["format"])))
        record = TypeAdapter(Record).validate_json(data)
    except (ValidationError, ValueError, RecursionError) as error:
        raise CarrelError("record.json is not written as we write it.") from error
    if any(moment.utcoffset() is None for moment in _moments(record)):
        raise CarrelError("record.json tells a time without its time zone.")
    return record


def _other_format(found: str) -> str:
    if found == _OLDER:
        return f"The record is in the older format {found}: export it again with a newer Carrel."
    return f"The record's format is {found[:40]!r} and not {FORMAT}: use a newer Carrel."


def _moments(value: object) -> Iterator[datetime]:
    """Every instant anywhere in it."""
    if isinstance(value, datetime):
        yield value
    elif isinstance(value, tuple):
        yield from (moment for one in value for moment in _moments(one))
    elif is_dataclass(value):
        for field in fields(value):
            yield from _moments(getattr(value, field.name))


def _record(export: Export) -> Record:
    return Record(
        format=FORMAT,
        as_of=export.as_of,
        program=OfProgram(id=export.program.id, name=export.program.name),
        candidate=export.candidate,
        files=tuple(map(_file, export.files)),
        history=tuple(_steps(export)),
        routes=dict(sorted(export.routes.items())),
        statements=tuple(_statements(export)),
        submissions=tuple(map(_submission, export.submissions)),
        requests=tuple(_requests(export)),
        appeals=tuple(_appeal(appeal) for appeal in export.appeals),
        shares=tuple(_shares(export)),
        comments=tuple(_comments(export)),
    )


def _file(file: ExportedFile) -> RecordedFile:
    evidence = file.evidence
    return RecordedFile(
        number=evidence.number,
        name=evidence.name,
        path=file.path,
        media_type=evidence.media_type,
        size=evidence.size,
        sha256=evidence.sha256,
        stored_at=evidence.stored_at,
        filing=evidence.filing,
        receipt=file.receipt,
    )


def _steps(export: Export) -> Iterator[RecordedStep]:
    numbers = {f.evidence.id: f.evidence.number for f in export.files}
    keys = dict.fromkeys(change.message_key for change in export.history)
    messages = {key: place for place, key in enumerate(keys, start=1)}
    for change in export.history:
        yield _step(change, numbers[change.evidence_id], messages[change.message_key])


def _step(change: Change, number: int, message: int) -> RecordedStep:
    return RecordedStep(
        at=change.at,
        file=number,
        before=change.before,
        after=change.after,
        reason=change.reason,
        message=message,
        by_program=change.message_key.startswith(PROGRAM_KEYS),
        undone_at=change.undone_at,
    )


def _statements(export: Export) -> Iterator[RecordedStatement]:
    for one in export.statements:
        version = one.version
        yield RecordedStatement(
            set_id=version.set_id,
            number=version.number,
            at=version.at,
            path=one.path,
            paragraphs=version.paragraphs,
        )


def _submission(one: ExportedSubmission) -> RecordedSubmission:
    made = one.submission
    return RecordedSubmission(
        number=made.id,
        set_id=made.set_id,
        route=made.route,
        round=made.round,
        follows=made.follows,
        asked=made.asked,
        submitted_at=made.submitted_at,
        stage=made.stage,
        items=made.items,
        manifest_sha256=made.manifest_sha256,
        confirmation=one.confirmation,
        ratings=made.ratings,
        decision=_decision(one),
    )


def _decision(one: ExportedSubmission) -> RecordedDecision | None:
    made = one.submission.decision
    if made is None:
        return None
    return RecordedDecision(
        outcome=made.outcome,
        name=made.name,
        at=made.at,
        reason=made.reason,
        sections=made.sections,
    )


def _requests(export: Export) -> Iterator[RecordedRequest]:
    for one in export.requests:
        yield RecordedRequest(
            submission=one.submission_id,
            section=one.section,
            token=one.token,
            opened_at=one.opened_at,
            closed_at=one.closed_at,
            closed_by=one.closed_by,
        )


def _appeal(appeal: Appeal) -> RecordedAppeal:
    return RecordedAppeal(
        submission=appeal.submission_id,
        decided_on=appeal.decided_on,
        notice=appeal.notice,
        taken=tuple(
            RecordedAppealStep(
                step=one.step,
                day=one.day,
                at=one.at,
                own=one.by == appeal.person_id,
                note=one.note,
            )
            for one in appeal.taken
        ),
        result=appeal.result,
        result_note=appeal.result_note,
    )


def _shares(export: Export) -> Iterator[RecordedShare]:
    for one in export.shares:
        share = one.share
        yield RecordedShare(
            number=share.id,
            mentor=one.mentor,
            set_id=share.set_id,
            made_at=share.made_at,
            until=share.until,
            revoked_at=share.revoked_at,
        )


def _comments(export: Export) -> Iterator[RecordedComment]:
    for one in export.comments:
        yield RecordedComment(
            share=one.share_id,
            author=one.author,
            set_id=one.set_id,
            section=one.section,
            text=one.text,
            at=one.at,
        )


def _line(line: TrailEntry) -> Mapping[str, object]:
    return {
        "id": line.id,
        "at": line.at,
        "actor": line.actor,
        "action": line.action,
        "subject": line.subject,
        "details": dict(line.details),
        "previous": line.previous,
        "hash": line.hash,
    }
