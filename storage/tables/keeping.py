"""Tables of people, their evidence and its history, codes, and the trail."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.parts import (
    instant,
    metadata,
    number,
    number_id,
    own_person,
    person,
    string,
    words_of,
)

people = Table(
    "people",
    metadata,
    number_id(),
    string("name"),
    string("folded_name"),
    Column("email", Text, nullable=False, unique=True),
    string("time_zone"),
    instant("erased_at", nullable=True),
    Index("ix_people_folded_name", "folded_name"),
)

identities = Table(
    "identities",
    metadata,
    number_id(),
    person(),
    string("channel"),
    string("value"),
    instant("connected_at"),
    UniqueConstraint("channel", "value"),
    Index("ix_identities_person_id_id", "person_id", "id"),
)

candidates = Table(
    "candidates",
    metadata,
    own_person(),
    Column("enrolled_on", Date, nullable=False),
    Column("subscription_ends", Date, nullable=False),
)

electives = Table(
    "electives",
    metadata,
    Column("person_id", ForeignKey("candidates.person_id"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    string("set_id"),
    UniqueConstraint("person_id", "set_id"),
)

evidence = Table(
    "evidence",
    metadata,
    number_id(),
    person(),
    number("number"),
    string("name"),
    string("media_type"),
    Column("size", BigInteger, nullable=False),
    string("sha256"),
    instant("stored_at"),
    string("state"),
    words_of("sections"),
    string("kind"),
    UniqueConstraint("person_id", "number"),
    Index("ix_evidence_person_id_sha256", "person_id", "sha256"),
    Index("ix_evidence_sha256", "sha256"),
)

changes = Table(
    "changes",
    metadata,
    number_id(),
    Column("evidence_id", ForeignKey("evidence.id"), nullable=False),
    person(),
    string("before_state"),
    words_of("before_sections"),
    string("before_kind"),
    string("after_state"),
    words_of("after_sections"),
    string("after_kind"),
    string("message_key"),
    string("reason"),
    instant("at"),
    instant("undone_at", nullable=True),
    Index("ix_changes_person_id_id", "person_id", "id"),
    Index("ix_changes_evidence_id", "evidence_id"),
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("code_hash", Text, primary_key=True),
    person(),
    instant("expires"),
    instant("redeemed_at", nullable=True),
    Index("ix_link_codes_person_id_expires", "person_id", "expires"),
)

trail = Table(
    "trail",
    metadata,
    number_id(),
    string("at"),
    string("actor"),
    string("action"),
    string("subject"),
    string("details"),
    Column("previous", Text, nullable=False, unique=True),
    string("hash"),
    Index("ix_trail_subject_id", "subject", "id"),
)
