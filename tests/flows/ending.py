"""How things stand at the end of a story, without what each run makes anew or each channel calls
differently: when and under which name something was said, and codes made at random.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import Table, select

from storage.database import Database
from storage.tables import metadata

Row = tuple[str, ...]
# Queues, and what is about channels: who is reached where, how each is doing, what cards show.
_OF_CHANNELS = frozenset(
    {
        "announcements",
        "answers_given",
        "bounces",
        "channel_homes",
        "channel_invitations",
        "channel_states",
        "channel_turns",
        "declined_kinds",
        "further_posts",
        "heard_from",
        "identities",
        "inbox",
        "let_go",
        "mailbox_places",
        "moved_rooms",
        "outbox",
        "private_forms",
        "private_tokens",
        "rests",
    }
)
_SAID = re.compile(r"\b(?:email|memory|slack|telegram):[^\s\"',)\]}]+")
_CODE = re.compile(r"\b[A-Z2-9]{4}-?[A-Z2-9]{4}\b")


def ending(database: Database) -> Mapping[str, list[Row]]:
    """Every row of every table that says something of people and their records, sorted."""
    kept = [table for table in metadata.sorted_tables if table.name not in _OF_CHANNELS]
    return {table.name: _rows(database, table) for table in kept}


def _rows(database: Database, table: Table) -> list[Row]:
    with database.engine.connect() as connection:
        found = connection.execute(select(table)).all()
    return sorted(tuple(_plain(value) for value in row) for row in found)


def _plain(value: object) -> str:
    return _CODE.sub("CODE", _SAID.sub("said", str(value)))
