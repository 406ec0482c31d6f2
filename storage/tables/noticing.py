"""Tables of what is kept for notices."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
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
    partial,
    person,
    string,
)


def _somebody(*, primary_key: bool = False) -> Column[int]:
    """A person's number that is not held against the people: nobody waits for anybody there."""
    return Column(
        "person_id", Integer, primary_key=primary_key, autoincrement=False, nullable=False
    )


# When each person is to be looked at next; nobody who is looked at only when stirred. Where the
# last look failed, `since` is until when they were looked at before.
looks = Table(
    "looks",
    metadata,
    _somebody(primary_key=True),
    instant("due_at"),
    instant("since", nullable=True),
    Index("ix_looks_due_at", "due_at"),
)

# Whose state changed since they were looked at. Triggers (see the migration) add to it and nothing
# is unique in it, so that whoever changes something never waits for anybody there.
stirred = Table(
    "stirred",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    _somebody(),
    Index("ix_stirred_person_id", "person_id"),
)

# Until when work of the clock was done.
sweeps = Table(
    "sweeps",
    metadata,
    Column("name", Text, primary_key=True),
    instant("at"),
    string("mark"),
)

notices = Table(
    "notices",
    metadata,
    Column("key", Text, primary_key=True),
    _somebody(),
    string("kind"),
    string("matter"),
    instant("due"),
    instant("at"),
    string("ending"),
    string("message"),
    Index("ix_notices_person_id_at_key", "person_id", "at", "key"),
    partial("ix_notices_missed", "at", "key", "kind", only="ending = 'missed'"),
)

# Local times as HH:MM:SS, both or none; `cadences` is a JSON object by kind.
wishes = Table(
    "wishes",
    metadata,
    own_person(),
    Column("quiet_begins", Text),
    Column("quiet_ends", Text),
    string("cadence"),
    string("cadences"),
    string("channel"),
)

hushes = Table(
    "hushes",
    metadata,
    own_person(),
    Column("matter", Text, primary_key=True),
    instant("at"),
    instant("until", nullable=True),
)

reminders = Table(
    "reminders",
    metadata,
    number_id(),
    person(),
    number("number"),
    string("text"),
    instant("at"),
    string("zone"),
    instant("made_at"),
    string("section"),
    instant("ended_at", nullable=True),
    UniqueConstraint("person_id", "number"),
    partial("ix_reminders_open", "person_id", "at", only="ended_at IS NULL"),
    sqlite_autoincrement=True,  # a key in the books names no other reminder later
)

# What happened and waits for a digest; `message` is the one of the outbox that told it.
gathered = Table(
    "gathered",
    metadata,
    Column("key", Text, primary_key=True),
    person(),
    string("kind"),
    instant("at"),
    string("reply"),
    string("message"),
    instant("told_at", nullable=True),
    Index("ix_gathered_person_id", "person_id"),
    partial("ix_gathered_waiting", "person_id", "at", only="message = ''"),
    partial("ix_gathered_message", "message", "at", "key", only="message <> ''"),
    partial("ix_gathered_told_at", "told_at", only="message <> ''"),
)

feeds = Table(
    "feeds",
    metadata,
    own_person(),
    Column("token_hash", Text, nullable=False, unique=True),
    instant("made_at"),
)

# What calendars were told last.
calendar_entries = Table(
    "calendar_entries",
    metadata,
    own_person(),
    Column("uid", Text, primary_key=True),
    string("title"),
    string("text"),
    Column("day", Date),
    instant("begins", nullable=True),
    instant("ends", nullable=True),
    number("sequence"),
    Column("cancelled", Boolean, nullable=False),
    instant("changed_at", nullable=True),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    number_id(),
    Column("by", Integer, nullable=False),
    string("group"),
    string("text"),
    instant("made_at"),
    string("state"),
    number("total"),
    number("queued"),
    instant("ended_at", nullable=True),
    instant("spread_until", nullable=True),
    instant("told_at", nullable=True),
    partial("ix_broadcasts_sending", "id", only="state = 'sending'"),
    partial("ix_broadcasts_untold", "id", only="state = 'sent' AND told_at IS NULL"),
    Index("ix_broadcasts_spread_until", "spread_until"),
    sqlite_autoincrement=True,  # the keys of its messages name no other broadcast later
)

broadcast_people = Table(
    "broadcast_people",
    metadata,
    Column("broadcast", Integer, primary_key=True, autoincrement=False),
    _somebody(primary_key=True),
    Column("taken", Boolean, nullable=False),
    Index("ix_broadcast_people_person_id", "person_id"),
    partial("ix_broadcast_people_left", "broadcast", "person_id", only="NOT taken"),
)
