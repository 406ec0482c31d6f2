"""Rows of the queues that are somebody's, which only the messages in them tell."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from bot.domain.messages import Address
from storage.tables import inbox, outbox

_FIELDS = {inbox: "sender", outbox: "to"}


def rows_of(connection: Connection, table: Table, address: Address) -> list[Row[*tuple[Any, ...]]]:
    """Id, conversation and message of every row from (inbox) or to (outbox) the address."""
    field = _FIELDS[table]
    query = select(table.c.id, table.c.conversation, table.c.message).where(
        table.c.channel == address.channel,
        table.c.message.contains(_inside_json(address.value), autoescape=True),
    )
    own = {"channel": address.channel, "value": address.value}
    rows = connection.execute(query.order_by(table.c.id))
    return [row for row in rows if json.loads(row.message)[field] == own]


def mentioning(connection: Connection, table: Table, words: str) -> list[Row[*tuple[Any, ...]]]:
    """Id and message of every row that has those words, in any case and anywhere."""
    found = table.c.message.icontains(_inside_json(words), autoescape=True)
    return list(connection.execute(select(table.c.id, table.c.message).where(found)))


def _inside_json(words: str) -> str:
    """As the words stand in the messages, which are kept without escaping other alphabets."""
    return json.dumps(words, ensure_ascii=False)[1:-1]
