"""Puts many messages into the outbox at once; each as if it had been added by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, Update, select, update

from bot.domain.messages import OutboundMessage
from bot.domain.rooms import counted_at
from storage.among import among
from storage.dialects import insert_new
from storage.queues.said import OFFERS
from storage.queues.statements import WAITING
from storage.tables import outbox


def columns_of(message: OutboundMessage) -> dict[str, Any]:
    """What the outbox keeps of a message beside what every queue does."""
    return {
        "channel": message.to.channel,
        "key": message.key,
        "receipt": "",
        "offers": bool(message.reply.choices) and not message.card,
        "card": message.card,
        "told": message.to.value if message.shared else "",
        "place": counted_at(message),
    }


def add_many(
    connection: Connection,
    adapter: TypeAdapter[OutboundMessage],
    messages: Sequence[tuple[OutboundMessage, datetime]],
) -> int:
    """Keeps the messages, each due at its instant; how many had keys that were not there."""
    elders = _oldest_open(connection, {message.conversation for message, _ in messages})
    rows = [
        {
            "conversation": message.conversation,
            "message": adapter.dump_json(message).decode(),
            "state": WAITING,
            "due_at": _not_before(elders.get(message.conversation), due),
            "attempts": 0,
            "reason": "",
            **columns_of(message),
        }
        for message, due in messages
    ]
    new = insert_new(connection, outbox, rows, outbox.c.key)
    _close_choices(connection, (m for m, _ in messages if m.key in new and not m.card))
    return len(new)


def _oldest_open(connection: Connection, conversations: Collection[str]) -> Mapping[str, Row[Any]]:
    found: dict[str, Row[Any]] = {}
    for row in connection.execute(_open(), {"conversations": list(conversations)}).all():
        found.setdefault(row.conversation, row)
    return found


def _not_before(oldest: Row[Any] | None, due: datetime) -> datetime:
    """Not before the oldest of its conversation is due again, if that waits for an attempt."""
    if oldest is None or oldest.token is not None or not oldest.attempts:
        return due
    later: datetime = max(due, oldest.due_at)
    return later


def _close_choices(connection: Connection, added: Iterable[OutboundMessage]) -> None:
    """What is said later takes the choices before it away, also among these themselves."""
    newest = {message.conversation: message.key for message in added}
    if newest:
        older = {"conversations": list(newest), "newer": list(newest.values())}
        connection.execute(_close(), older)


@cache  # building a statement takes longer than running it
def _open() -> Select[Any]:
    kept = (outbox.c.conversation, outbox.c.due_at, outbox.c.token, outbox.c.attempts)
    talk = among(outbox.c.conversation, "conversations")
    query = select(*kept).where(talk, outbox.c.finished_at.is_(None))
    return query.order_by(outbox.c.conversation, outbox.c.id)


@cache
def _close() -> Update:
    talk = among(outbox.c.conversation, "conversations")
    older = ~among(outbox.c.key, "newer")
    return update(outbox).where(talk, OFFERS, older).values(offers=False)
