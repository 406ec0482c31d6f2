"""Tables of routes, submissions and their reviews, requests, appeals and statements."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from storage.tables.parts import (
    instant,
    metadata,
    number,
    number_id,
    own_person,
    partial,
    person,
    string,
    words_of,
)

set_routes = Table(
    "set_routes",
    metadata,
    own_person(),
    Column("set_id", Text, primary_key=True),
    string("route"),
)

# Triggers (see the migration) keep a snapshot as it was made, and a review as it ended.
submissions = Table(
    "submissions",
    metadata,
    number_id(),
    person(),
    string("set_id"),
    string("route"),
    number("round"),
    Column("follows", ForeignKey("submissions.id")),
    words_of("asked"),
    string("items"),
    instant("submitted_at"),
    string("stage"),
    instant("decided_at", nullable=True),
    string("review"),
    number("version"),
    partial(
        "uq_submissions_open",
        "person_id",
        "set_id",
        only="stage IN ('waiting', 'in-review')",
        unique=True,
    ),
    Index("ix_submissions_stage_id", "stage", "id"),
    Index("ix_submissions_person_id_id", "person_id", "id"),
    Index("ix_submissions_follows", "follows"),
    Index("ix_submissions_route_decided_at_id", "route", "decided_at", "id"),
    sqlite_autoincrement=True,  # the number of what was erased names nothing else
)


# Who is at work on which open submission; the review itself says it too, and is what counts.
claims = Table(
    "claims",
    metadata,
    Column("submission_id", ForeignKey("submissions.id"), primary_key=True, autoincrement=False),
    Column("reviewer", Integer, primary_key=True, autoincrement=False),
    Index("ix_claims_reviewer_submission_id", "reviewer", "submission_id"),
)


def _submission(*, unique: bool = False) -> Column[int]:
    return Column("submission_id", ForeignKey("submissions.id"), nullable=False, unique=unique)


evidence_requests = Table(
    "evidence_requests",
    metadata,
    number_id(),
    _submission(),
    person(),
    string("section"),
    Column("token", Text, nullable=False, unique=True),
    instant("opened_at"),
    instant("closed_at", nullable=True),
    Column("closed_by", Integer),  # the file's number in the candidate's record
    UniqueConstraint("submission_id", "section"),
    Index("ix_evidence_requests_person_id_id", "person_id", "id"),
)

appeals = Table(
    "appeals",
    metadata,
    number_id(),
    _submission(unique=True),
    person(),
    string("document"),
    string("result"),
    number("version"),
    Index("ix_appeals_person_id_id", "person_id", "id"),
    Index("ix_appeals_result_id", "result", "id"),
    sqlite_autoincrement=True,  # the number of what was erased names nothing else
)

statements = Table(
    "statements",
    metadata,
    number_id(),
    person(),
    string("set_id"),
    number("number"),
    words_of("paragraphs"),
    instant("at"),
    UniqueConstraint("person_id", "set_id", "number"),
    Index("ix_statements_person_id_id", "person_id", "id"),
)

writing = Table(
    "writing",
    metadata,
    Column("conversation", Text, primary_key=True),
    person(),
    string("set_id"),
)
