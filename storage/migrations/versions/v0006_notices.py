"""Notices: when whom to look at, what was said, and what people chose; triggers that stir them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0006"
down_revision = "0005"

# What a person's notices are derived from: the column that names the person, and what may happen
# to a row. A migration that makes one of these tables anew on SQLite takes the triggers with it.
_ALL = ("INSERT", "UPDATE", "DELETE")
_OF_PEOPLE = {
    "people": ("id", ("INSERT", "UPDATE OF name, time_zone, erased_at, email")),
    "candidates": ("person_id", _ALL),
    "electives": ("person_id", _ALL),
    "identities": ("person_id", _ALL),
    "evidence": ("person_id", _ALL),
    "changes": ("person_id", ("INSERT", "UPDATE")),
    "set_routes": ("person_id", _ALL),
    "submissions": ("person_id", _ALL),
    "evidence_requests": ("person_id", _ALL),
    "appeals": ("person_id", _ALL),
    "statements": ("person_id", _ALL),
    "wishes": ("person_id", _ALL),
    "hushes": ("person_id", _ALL),
    "reminders": ("person_id", _ALL),
    "gathered": ("person_id", ("INSERT", "DELETE")),  # what was told of it changes no notice
}
# By address: whoever proved it or has it on record.
_OF_ADDRESSES = {
    "declined_kinds": ("INSERT", "DELETE"),
    "bounces": _ALL,
}
_OWNERS = """
    SELECT person_id FROM identities WHERE channel = {row}.channel AND value = {row}.value
    UNION SELECT id FROM people WHERE {row}.channel = 'email' AND email = {row}.value
"""


def upgrade() -> None:
    """All of it is new; everybody known is stirred once."""
    _looks()
    _books()
    _wishes()
    _own()
    _calendars()
    _broadcasts()
    _outbox()
    _shares()
    triggers = {"sqlite": _sqlite_triggers, "postgresql": _postgresql_triggers}
    make: Callable[[], Iterator[str]] = triggers[op.get_bind().dialect.name]
    for trigger in make():
        op.execute(trigger)
    op.execute("INSERT INTO stirred (person_id) SELECT id FROM people WHERE erased_at IS NULL")


def _sqlite_triggers() -> Iterator[str]:
    for table, event, row, whom in _events():
        name = f"{table}_stir_{event.partition(' ')[0].lower()}"
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON {table}"
            f" BEGIN INSERT INTO stirred (person_id) {whom.format(row=row)}; END"
        )


def _postgresql_triggers() -> Iterator[str]:
    for table, event, row, whom in _events():
        name = f"{table}_stir_{event.partition(' ')[0].lower()}"
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" BEGIN INSERT INTO stirred (person_id) {whom.format(row=row)}; RETURN NULL; END $$"
        )
        yield (
            f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def _events() -> Iterator[tuple[str, str, str, str]]:
    """Table, what happens to it, the row that tells of it, and the people whom it stirs."""
    for table, (column, events) in _OF_PEOPLE.items():
        for event in events:
            yield table, event, _row(event), f"SELECT {{row}}.{column}"
    for table, events in _OF_ADDRESSES.items():
        for event in events:
            yield table, event, _row(event), _OWNERS


def _row(event: str) -> str:
    return "OLD" if event == "DELETE" else "NEW"


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
