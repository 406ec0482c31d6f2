"""Messages to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Update,
    bindparam,
    literal_column,
    select,
    update,
)

from bot.domain.messages import Choice, OutboundMessage
from bot.ports import Claimed
from storage.queue import Queue
from storage.tables import outbox


class SqlOutbox:
    """The outbox in its table; see `bot.ports.Outbox` for the contract."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[OutboundMessage]) -> None:
        self._connection = connection
        self._adapter = adapter
        self._queue = Queue(connection, outbox, adapter=adapter, finished="sent")

    def add(self, message: OutboundMessage, *, due: datetime) -> bool:
        """Keeps the message; false when its key is there already."""
        more = {
            "channel": message.to.channel,
            "key": message.key,
            "receipt": "",
            "offers": bool(message.reply.choices),
        }
        added = self._queue.add(message, conversation=message.conversation, due=due, more=more)
        if added:  # what is said later takes the choices before it away
            older = {"talk": message.conversation, "newer": message.key}
            self._connection.execute(_close_choices(), older)
        return added

    def claim(
        self, *, now: datetime, lease_seconds: float, channels: Sequence[str]
    ) -> Claimed[OutboundMessage] | None:
        """Leases the oldest message due, for one of the channels, whose turn it is."""
        return self._queue.claim(now=now, lease_seconds=lease_seconds, channels=channels)

    def sent(self, claimed: Claimed[OutboundMessage], *, at: datetime, receipt: str) -> None:
        """Marks it sent; `receipt` is the vendor's id."""
        self._queue.finish(claimed, at=at, receipt=receipt)

    def retry(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> None:
        """Gives the message back, due again at `at`."""
        self._queue.retry(claimed, at=at, reason=reason)

    def give_up(self, claimed: Claimed[OutboundMessage], *, at: datetime, reason: str) -> None:
        """Stops trying; the message stays readable."""
        self._queue.give_up(claimed, at=at, reason=reason)

    def last_choices(self, conversation: str) -> tuple[Choice, ...]:
        """The choices of the newest message of the conversation."""
        message = self._connection.execute(_newest(), {"conversation": conversation}).scalar()
        return self._adapter.validate_json(message).reply.choices if message is not None else ()

    def release(self, conversation: str, *, at: datetime) -> None:
        """Ends every lease of a conversation."""
        self._queue.release(conversation, at=at)

    def counts(self) -> Mapping[str, int]:
        """How many messages are waiting, claimed, sent and given-up."""
        return self._queue.counts()


# Spelled as the index spells it, or SQLite does not see that the index will do.
_OFFERS: ColumnElement[bool] = literal_column("offers")


@cache  # building a statement takes longer than running it
def _newest() -> Select[Any]:
    own = outbox.c.conversation == bindparam("conversation")
    return select(outbox.c.message).where(own, _OFFERS).order_by(outbox.c.id.desc()).limit(1)


@cache
def _close_choices() -> Update:
    own = outbox.c.conversation == bindparam("talk")
    other = outbox.c.key != bindparam("newer")
    return update(outbox).where(own, _OFFERS, other).values(offers=False)
