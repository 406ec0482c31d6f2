"""The tables. What changes here needs a migration that does the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import Instant, Words

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _person() -> Column[int]:
    return Column("person_id", ForeignKey("people.id"), nullable=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _instant(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, Instant(), nullable=nullable)


def _words(name: str) -> Column[tuple[str, ...]]:
    return Column(name, Words(), nullable=False)


def _partial(name: str, *columns: str, only: str) -> Index:
    """An index of the few rows that matter: it stays small however long the table grows."""
    return Index(name, *columns, sqlite_where=text(only), postgresql_where=text(only))


people = Table(
    "people",
    metadata,
    _id(),
    _text("name"),
    _text("folded_name"),
    Column("email", Text, nullable=False, unique=True),
    _text("time_zone"),
    Index("ix_people_folded_name", "folded_name"),
)

identities = Table(
    "identities",
    metadata,
    _id(),
    _person(),
    _text("channel"),
    _text("value"),
    _instant("connected_at"),
    UniqueConstraint("channel", "value"),
)

candidates = Table(
    "candidates",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("enrolled_on", Date, nullable=False),
    Column("subscription_ends", Date, nullable=False),
)

electives = Table(
    "electives",
    metadata,
    Column("person_id", ForeignKey("candidates.person_id"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _text("set_id"),
    UniqueConstraint("person_id", "set_id"),
)

evidence = Table(
    "evidence",
    metadata,
    _id(),
    _person(),
    Column("number", Integer, nullable=False),
    _text("name"),
    _text("media_type"),
    Column("size", BigInteger, nullable=False),
    _text("sha256"),
    _instant("stored_at"),
    _text("state"),
    _words("sections"),
    _text("kind"),
    UniqueConstraint("person_id", "number"),
    Index("ix_evidence_person_id_sha256", "person_id", "sha256"),
    Index("ix_evidence_sha256", "sha256"),
)

changes = Table(
    "changes",
    metadata,
    _id(),
    Column("evidence_id", ForeignKey("evidence.id"), nullable=False),
    _person(),
    _text("before_state"),
    _words("before_sections"),
    _text("before_kind"),
    _text("after_state"),
    _words("after_sections"),
    _text("after_kind"),
    _text("message_key"),
    _text("reason"),
    _instant("at"),
    _instant("undone_at", nullable=True),
    Index("ix_changes_person_id_id", "person_id", "id"),
)


def _queue(name: str, *columns: Column[Any] | UniqueConstraint | Index) -> Table:
    """A queue's table: `due_at` is when the row may be claimed next, a lease's end included.

    `token` is set while a worker holds the row, `finished_at` when nothing more will be done.
    """
    return Table(
        name,
        metadata,
        _id(),
        _text("channel"),
        _text("conversation"),
        _text("message"),
        _text("state"),
        _instant("due_at"),
        Column("token", Text),
        Column("attempts", Integer, nullable=False),
        _text("reason"),
        _instant("finished_at", nullable=True),
        *columns,
        Index(f"ix_{name}_state", "state"),
        _partial(f"ix_{name}_open", "conversation", "id", only="finished_at IS NULL"),
        _partial(f"ix_{name}_claimed", "conversation", only="token IS NOT NULL"),
    )


inbox = _queue(
    "inbox",
    _text("vendor_id"),
    UniqueConstraint("channel", "vendor_id"),
    _partial("ix_inbox_due", "due_at", "id", only="finished_at IS NULL"),
)

outbox = _queue(
    "outbox",
    Column("key", Text, nullable=False, unique=True),
    _text("receipt"),
    _partial("ix_outbox_due", "channel", "due_at", "id", only="finished_at IS NULL"),
    Column("offers", Boolean, nullable=False),  # choices that nothing newer has replaced
    _partial("ix_outbox_offers", "conversation", "id", only="offers"),
)

turns = Table(
    "turns",
    metadata,
    _id(),
    _text("conversation"),
    _text("question"),
    _text("status"),
    _words("passages"),
    _instant("at"),
    Index("ix_turns_conversation_id", "conversation", "id"),
)

handovers = Table(
    "handovers",
    metadata,
    _id(),
    _text("channel"),
    _text("value"),
    _text("question"),
    _text("sha256"),
    _instant("at"),
    # The question's hash stands for it: an index row of PostgreSQL holds no more than 2.7 kB.
    UniqueConstraint("channel", "value", "sha256"),
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("code_hash", Text, primary_key=True),
    _person(),
    _instant("expires"),
    _instant("redeemed_at", nullable=True),
)

trail = Table(
    "trail",
    metadata,
    _id(),
    _text("at"),
    _text("actor"),
    _text("action"),
    _text("subject"),
    _text("details"),
    Column("previous", Text, nullable=False, unique=True),
    _text("hash"),
    Index("ix_trail_subject_id", "subject", "id"),
)
