"""Notices: when whom to look at, what was said, and what people chose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """All of it is new; what stirs people comes next (0007)."""
    _looks()
    _books()
    _wishes()
    _own()
    _calendars()
    _broadcasts()
    _outbox()
    _shares()


def _looks() -> None:
    _table("looks", _instant("due_at"), _instant("since", nullable=True), key=("person_id",))
    op.create_index("ix_looks_due_at", "looks", ["due_at"])
    many = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite numbers only the latter
    _table("stirred", sa.Column("id", many, nullable=False), _number("person_id"))
    op.create_index("ix_stirred_person_id", "stirred", ["person_id"])
    _table("sweeps", _text("name"), _instant("at"), _text("mark"), key=("name",))


def _books() -> None:
    _table(
        "notices",
        _text("key"),
        _number("person_id"),
        _text("kind"),
        _text("matter"),
        _instant("due"),
        _instant("at"),
        _text("ending"),
        _text("message"),
        key=("key",),
    )
    op.create_index("ix_notices_person_id_at_key", "notices", ["person_id", "at", "key"])
    missed = ["at", "key", "kind"]
    _partial_index("ix_notices_missed", "notices", missed, only="ending = 'missed'")


def _wishes() -> None:
    _table(
        "wishes",
        sa.Column("quiet_begins", sa.Text),
        sa.Column("quiet_ends", sa.Text),
        _text("cadence"),
        _text("cadences"),
        _text("channel"),
        _person("wishes"),
        key=("person_id",),
    )
    _table(
        "hushes",
        _text("matter"),
        _instant("at"),
        _instant("until", nullable=True),
        _person("hushes"),
        key=("person_id", "matter"),
    )


def _own() -> None:
    _table(
        "reminders",
        sa.Column("id", sa.Integer, nullable=False),
        _number("person_id"),
        _number("number"),
        _text("text"),
        _instant("at"),
        _text("zone"),
        _instant("made_at"),
        _text("section"),
        _instant("ended_at", nullable=True),
        _person("reminders"),
        sa.UniqueConstraint("person_id", "number", name="uq_reminders_person_id_number"),
        sqlite_autoincrement=True,
    )
    _partial_index("ix_reminders_open", "reminders", ["person_id", "at"], only="ended_at IS NULL")
    _table(
        "gathered",
        _text("key"),
        _number("person_id"),
        _text("kind"),
        _instant("at"),
        _text("reply"),
        _text("message"),
        _instant("told_at", nullable=True),
        _person("gathered"),
        key=("key",),
    )
    op.create_index("ix_gathered_person_id", "gathered", ["person_id"])
    _partial_index("ix_gathered_waiting", "gathered", ["person_id", "at"], only="message = ''")
    told = ["message", "at", "key"]
    _partial_index("ix_gathered_message", "gathered", told, only="message <> ''")
    _partial_index("ix_gathered_told_at", "gathered", ["told_at"], only="message <> ''")


def _calendars() -> None:
    _table(
        "feeds",
        _text("token_hash"),
        _instant("made_at"),
        _person("feeds"),
        sa.UniqueConstraint("token_hash", name="uq_feeds_token_hash"),
        key=("person_id",),
    )
    _table(
        "calendar_entries",
        _text("uid"),
        _text("title"),
        _text("text"),
        sa.Column("day", sa.Date),
        _instant("begins", nullable=True),
        _instant("ends", nullable=True),
        _number("sequence"),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        _instant("changed_at", nullable=True),
        _person("calendar_entries"),
        key=("person_id", "uid"),
    )


def _broadcasts() -> None:
    _table(
        "broadcasts",
        sa.Column("id", sa.Integer, nullable=False),
        _number("by"),
        _text("group"),
        _text("text"),
        _instant("made_at"),
        _text("state"),
        _number("total"),
        _number("queued"),
        _instant("ended_at", nullable=True),
        _instant("spread_until", nullable=True),
        _instant("told_at", nullable=True),
        sqlite_autoincrement=True,
    )
    _partial_index("ix_broadcasts_sending", "broadcasts", ["id"], only="state = 'sending'")
    untold = "state = 'sent' AND told_at IS NULL"
    _partial_index("ix_broadcasts_untold", "broadcasts", ["id"], only=untold)
    op.create_index("ix_broadcasts_spread_until", "broadcasts", ["spread_until"])
    number = sa.Column("broadcast", sa.Integer, autoincrement=False, nullable=False)
    taken = sa.Column("taken", sa.Boolean, nullable=False)
    _table("broadcast_people", number, taken, key=("broadcast", "person_id"))
    op.create_index("ix_broadcast_people_person_id", "broadcast_people", ["person_id"])
    left = ["broadcast", "person_id"]
    _partial_index("ix_broadcast_people_left", "broadcast_people", left, only="NOT taken")


def _outbox() -> None:
    """Of which broadcast a message is; how many were finished without being sent."""
    op.add_column("outbox", sa.Column("broadcast", sa.Integer))
    stands = ["broadcast", "state", "receipt"]
    _partial_index("ix_outbox_broadcast", "outbox", stands, only="broadcast IS NOT NULL")
    waits, due = "broadcast IS NOT NULL AND finished_at IS NULL", ["broadcast", "due_at", "channel"]
    _partial_index("ix_outbox_broadcast_due", "outbox", due, only=waits)
    _partial_index("ix_outbox_unsent", "outbox", ["id"], only="state = 'sent' AND receipt = ''")


def _shares() -> None:
    """Who is a mentor now."""
    active = "revoked_at IS NULL"
    _partial_index("ix_shares_active", "shares", ["until", "mentor_id"], only=active)


def _table(name: str, *parts: SchemaItem, key: tuple[str, ...] = ("id",), **more: bool) -> None:
    """A table with that key; a person's number that is part of the key is a column of it too."""
    own = sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False)
    columns = (own, *parts) if "person_id" in key else parts
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"), **more)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=f"fk_{table}_person_id")


def _partial_index(name: str, table: str, columns: list[str], *, only: str) -> None:
    where = sa.text(only)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
