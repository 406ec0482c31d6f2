"""Where somebody is spoken to, and rows of the queues that are theirs, which only messages tell."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from bot.domain.messages import ON_RECORD, Address
from bot.domain.people import Person
from storage.tables import former_identities, identities, inbox, outbox

_FIELDS = {inbox: "sender", outbox: "to"}


def everywhere(connection: Connection, person: Person) -> tuple[Address, ...]:
    """Every address where the person was ever spoken to, but those that are others' by now."""
    found = {Address(channel=ON_RECORD, value=person.email)}
    for table in (identities, former_identities):
        query = select(table.c.channel, table.c.value).where(table.c.person_id == person.id)
        found.update(
            Address(channel=row.channel, value=row.value) for row in connection.execute(query)
        )
    return tuple(
        each for each in sorted(found, key=str) if not _is_others(connection, each, person)
    )


def _is_others(connection: Connection, address: Address, person: Person) -> bool:
    at = (identities.c.channel == address.channel, identities.c.value == address.value)
    query = select(identities.c.id).where(*at, identities.c.person_id != person.id)
    return connection.execute(query).first() is not None


def rows_of(connection: Connection, table: Table, address: Address) -> list[Row[*tuple[Any, ...]]]:
    """Id, conversation and message of every row from (inbox) or to (outbox) the address."""
    field = _FIELDS[table]
    query = select(table.c.id, table.c.conversation, table.c.message).where(
        table.c.channel == address.channel,
        table.c.message.contains(inside_json(address.value), autoescape=True),
    )
    own = {"channel": address.channel, "value": address.value}
    rows = connection.execute(query.order_by(table.c.id))
    return [row for row in rows if json.loads(row.message)[field] == own]


def mentioning(connection: Connection, table: Table, words: str) -> list[Row[*tuple[Any, ...]]]:
    """Id and message of every row that has those words, in any case and anywhere."""
    found = table.c.message.icontains(inside_json(words), autoescape=True)
    return list(connection.execute(select(table.c.id, table.c.message).where(found)))


def inside_json(words: str) -> str:
    """As the words stand in the messages, which are kept without escaping other alphabets."""
    return json.dumps(words, ensure_ascii=False)[1:-1]
