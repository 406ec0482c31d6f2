"""Tables of roles, shares, questions and what became of them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.parts import (
    instant,
    metadata,
    number_id,
    own_person,
    partial,
    person,
    string,
    words_of,
)

person_roles = Table(
    "person_roles",
    metadata,
    own_person(),
    Column("role", Text, primary_key=True),
    instant("granted_at"),
    Index("ix_person_roles_role_person_id", "role", "person_id"),
)

shares = Table(
    "shares",
    metadata,
    number_id(),
    person("owner_id"),
    person("mentor_id"),
    string("set_id"),
    instant("until"),
    instant("made_at"),
    instant("revoked_at", nullable=True),
    Index("ix_shares_owner_id_id", "owner_id", "id"),
    Index("ix_shares_mentor_id_id", "mentor_id", "id"),
    partial("ix_shares_active", "until", "mentor_id", only="revoked_at IS NULL"),
    sqlite_autoincrement=True,  # the number of what was erased names nothing else
)

comments = Table(
    "comments",
    metadata,
    number_id(),
    Column("share_id", ForeignKey("shares.id"), nullable=False),
    person("owner_id"),
    person("author_id"),
    string("author"),
    string("set_id"),
    string("section"),
    string("text"),
    instant("at"),
    Index("ix_comments_owner_id_id", "owner_id", "id"),
    Index("ix_comments_author_id", "author_id"),
    Index("ix_comments_share_id", "share_id"),
)

offers = Table(
    "offers",
    metadata,
    number_id(),
    person("owner_id"),
    person("from_id"),
    string("from_name"),
    string("name"),
    string("media_type"),
    Column("size", BigInteger, nullable=False),
    string("sha256"),
    string("section"),
    string("words"),
    instant("at"),
    string("state"),
    instant("settled_at", nullable=True),
    UniqueConstraint("owner_id", "from_id", "sha256"),
    Index("ix_offers_owner_id_id", "owner_id", "id"),
    Index("ix_offers_from_id", "from_id"),
    sqlite_autoincrement=True,  # the number of what was erased names nothing else
)

turns = Table(
    "turns",
    metadata,
    number_id(),
    string("conversation"),
    string("question"),
    string("status"),
    words_of("passages"),
    instant("at"),
    Column("channel", Text),
    Column("value", Text),
    Index("ix_turns_conversation_id", "conversation", "id"),
    Index("ix_turns_channel_value", "channel", "value"),
    partial("ix_turns_declined", "at", "id", only="status = 'declined'"),
)

# What a turn that has an address was answered from, to be asked the other way round.
turn_passages = Table(
    "turn_passages",
    metadata,
    Column("passage", Text, primary_key=True),
    Column("turn_id", ForeignKey("turns.id"), primary_key=True, autoincrement=False),
    Index("ix_turn_passages_turn_id", "turn_id"),
)

passages_known = Table(
    "passages_known",
    metadata,
    Column("id", Text, primary_key=True),
    string("text"),
    instant("noted_at"),
)

handovers = Table(
    "handovers",
    metadata,
    number_id(),
    string("channel"),
    string("value"),
    string("question"),
    string("sha256"),
    instant("at"),
    string("conversation"),
    person(nullable=True),
    words_of("more"),
    person("taken_by", nullable=True),
    string("taken_name"),
    person("answered_by", nullable=True),
    string("answered_name"),
    instant("answered_at", nullable=True),
    string("answer"),
    instant("resumed_at", nullable=True),
    # The question's hash stands for it: an index row of PostgreSQL holds no more than 2.7 kB.
    partial(
        "uq_handovers_open",
        "channel",
        "value",
        "sha256",
        only="answered_at IS NULL",
        unique=True,
    ),
    Index("ix_handovers_answered_at_id", "answered_at", "id"),
    Index("ix_handovers_conversation_answered_at_id", "conversation", "answered_at", "id"),
    Index("ix_handovers_channel_value", "channel", "value"),
    Index("ix_handovers_person_id", "person_id"),
    Index("ix_handovers_sha256_id", "sha256", "id"),
    sqlite_autoincrement=True,  # the number of what was erased names nothing else
)

# `handover` is a number only: the answer outlives the question it came from.
curated = Table(
    "curated",
    metadata,
    number_id(),
    string("question"),
    string("answer"),
    person("owner_id"),
    string("owner"),
    instant("at"),
    Column("handover", Integer, nullable=False),
    string("encoder"),
    Column("vector", LargeBinary, nullable=False),
    Column("covers", Boolean, nullable=False),
    instant("retired_at", nullable=True),
)
