"""A candidate's whole record as a document that another installation can read.

Numbers are those of the installation that wrote it; instants are aware UTC, sizes in bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.people import Candidate
from bot.domain.portfolio import Filing
from bot.domain.rules import Outcome, Route
from bot.domain.submission import Item, RatingGiven, Stage

FORMAT = "carrel-record-2"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfProgram:
    """The program that the record is of."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedFile:
    """A file of the record, and its place in the archive (`/` between folders)."""

    number: int
    name: str
    path: str
    media_type: str
    size: int
    sha256: str
    stored_at: datetime
    filing: Filing
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedStep:
    """A step in a file's history. Steps of one `message` undo together; it counts from 1."""

    at: datetime
    file: int
    before: Filing
    after: Filing
    reason: str
    message: int
    by_program: bool
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedStatement:
    """One version of the statement for a set, and the place of its text in the archive."""

    set_id: str
    number: int
    at: datetime
    path: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDecision:
    """What was decided, by whom, and why."""

    outcome: Outcome
    name: str
    at: datetime
    reason: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedSubmission:
    """A submission as its candidate may see it; `reviewer` in a rating is 1 for Reviewer 1."""

    number: int
    set_id: str
    route: Route
    round: int
    follows: int | None
    asked: tuple[str, ...]
    submitted_at: datetime
    stage: Stage
    items: tuple[Item, ...]
    manifest_sha256: str
    confirmation: str
    ratings: tuple[RatingGiven, ...]
    decision: RecordedDecision | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedRequest:
    """More evidence wanted for a section; `closed_by` is the number of the file that came."""

    submission: int
    section: str
    token: str
    opened_at: datetime
    closed_at: datetime | None
    closed_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAppealStep:
    """A step of an appeal that was taken; `own` by the candidate, else by staff."""

    step: str
    day: date
    at: datetime
    own: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAppeal:
    """An appeal, or the draft of one while no step is taken."""

    submission: int
    decided_on: date
    notice: str
    taken: tuple[RecordedAppealStep, ...]
    result: str
    result_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedShare:
    """What was shared with somebody; an empty `set_id` is the whole record."""

    number: int
    mentor: str
    set_id: str
    made_at: datetime
    until: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedComment:
    """What was said about something shared."""

    share: int
    author: str
    set_id: str
    section: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything an installation needs to take the record on."""

    format: str
    as_of: datetime
    program: OfProgram
    candidate: Candidate
    files: tuple[RecordedFile, ...]
    history: tuple[RecordedStep, ...]
    routes: Mapping[str, Route]
    statements: tuple[RecordedStatement, ...]
    submissions: tuple[RecordedSubmission, ...]
    requests: tuple[RecordedRequest, ...]
    appeals: tuple[RecordedAppeal, ...]
    shares: tuple[RecordedShare, ...]
    comments: tuple[RecordedComment, ...]
