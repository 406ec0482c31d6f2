"""Puts many messages into the outbox at once; each as if it had been added by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, Select, Update, bindparam, select, update

from bot.domain.messages import OutboundMessage
from bot.domain.notices.broadcast import told_by
from bot.domain.rooms import counted_at
from storage.among import among
from storage.dialects import insert_new
from storage.queues.said import OFFERS
from storage.queues.statements import WAITING
from storage.tables import outbox


def columns_of(message: OutboundMessage) -> dict[str, Any]:
    """What the outbox keeps of a message beside what every queue does."""
    broadcast = told_by(message.key)
    return {
        "channel": message.to.channel,
        "key": message.key,
        "receipt": "",
        "offers": bool(message.reply.choices) and not message.card,
        "card": message.card,
        "told": message.to.value if message.shared else "",
        "place": counted_at(message),
        "broadcast": broadcast[0] if broadcast else None,
    }


def add_many(
    connection: Connection,
    adapter: TypeAdapter[OutboundMessage],
    messages: Sequence[tuple[OutboundMessage, datetime]],
) -> int:
    """Keeps the messages, each due at its instant; how many had keys that were not there."""
    once: dict[str, tuple[OutboundMessage, datetime]] = {}
    for each in messages:
        once.setdefault(each[0].key, each)
    elders = _oldest_open(connection, {message.conversation for message, _ in once.values()})
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
        for message, due in once.values()
    ]
    new = insert_new(connection, outbox, rows, outbox.c.key)
    _close_older(connection, (message for message, _ in once.values() if message.key in new))
    return len(new)


def _close_older(connection: Connection, added: Iterable[OutboundMessage]) -> None:
    """The choices of the last in each conversation stay, also of these themselves."""
    newest = {message.conversation: message.key for message in added if not message.card}
    if newest:
        older = {"conversations": list(newest), "newest": list(newest.values())}
        connection.execute(_close_many(), older)


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


def close_choices(connection: Connection, added: OutboundMessage) -> None:
    """What is said later takes the choices before it away."""
    connection.execute(_close(), {"talk": added.conversation, "newer": added.key})


@cache  # building a statement takes longer than running it
def _open() -> Select[Any]:
    kept = (outbox.c.conversation, outbox.c.due_at, outbox.c.token, outbox.c.attempts)
    talk = among(outbox.c.conversation, "conversations")
    query = select(*kept).where(talk, outbox.c.finished_at.is_(None))
    return query.order_by(outbox.c.conversation, outbox.c.id)


@cache
def _close() -> Update:
    own = outbox.c.conversation == bindparam("talk")
    other = outbox.c.key != bindparam("newer")
    return update(outbox).where(own, OFFERS, other).values(offers=False)


@cache
def _close_many() -> Update:
    own = among(outbox.c.conversation, "conversations")
    other = ~among(outbox.c.key, "newest")
    return update(outbox).where(own, OFFERS, other).values(offers=False)
