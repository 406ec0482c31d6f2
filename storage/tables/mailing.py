"""Tables of what is kept for e-mail."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Table, Text, UniqueConstraint

from storage.tables.parts import instant, metadata, number_id, own_person, person, string

# How far each mailbox has been read.
mailbox_places = Table(
    "mailbox_places",
    metadata,
    Column("name", Text, primary_key=True),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("next_uid", BigInteger, nullable=False),
    instant("since"),
)

private_tokens = Table(
    "private_tokens",
    metadata,
    own_person(),
    Column("token", Text, nullable=False, unique=True),
    instant("made_at"),
)

# What a private address looks like on a channel, with {token} for the token.
private_forms = Table(
    "private_forms",
    metadata,
    Column("channel", Text, primary_key=True),
    string("form"),
)

# What was said in a person's name without proof; `message` is emptied once it has ended.
held_mails = Table(
    "held_mails",
    metadata,
    Column("code_hash", Text, primary_key=True),
    person(),
    string("message"),
    instant("at"),
    instant("expires"),
    instant("told_at", nullable=True),
    instant("ended_at", nullable=True),
    Index("ix_held_mails_person_id_at", "person_id", "at"),
    Index("ix_held_mails_expires", "expires"),
)

# The names of bytes that nobody needs any more as far as is known: the next sweep looks.
let_go = Table("let_go", metadata, Column("sha256", Text, primary_key=True))

# When something was, or will be, said to somebody because they wrote, of the last while only.
answers_given = Table(
    "answers_given",
    metadata,
    number_id(),
    string("whose"),
    instant("at"),
    Column("proved", Boolean, nullable=False),
    Index("ix_answers_given_whose_at", "whose", "at"),
    Index("ix_answers_given_at", "at"),
)

bounces = Table(
    "bounces",
    metadata,
    number_id(),
    string("channel"),
    string("value"),
    string("receipt"),
    Column("hard", Boolean, nullable=False),
    string("why"),
    instant("at"),
    UniqueConstraint("channel", "value", "receipt"),
)

# When somebody known surely wrote from an address last.
heard_from = Table(
    "heard_from",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    instant("at"),
)

# Kinds of notices that are not wanted at an address.
declined_kinds = Table(
    "declined_kinds",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
)
