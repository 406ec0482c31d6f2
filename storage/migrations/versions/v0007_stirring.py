"""Triggers that stir people: whatever changes their state has them looked at again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from alembic import op

revision = "0007"
down_revision = "0006"

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
    """Makes them; everybody known is stirred once."""
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
