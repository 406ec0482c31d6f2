"""Messages to be sent."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
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

from bot.domain.messages import Address, Choice, OutboundMessage
from bot.ports import Claimed
from storage.queues.queue import Queue
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

    def redirect(self, old: Address, new: Address) -> int:
        """Lets messages that wait for the old address go to the new one; how many there are.

        One that a worker holds is not waiting: it is sent or given back first.
        """
        waiting = (outbox.c.finished_at.is_(None), outbox.c.token.is_(None))
        query = select(outbox.c.id, outbox.c.message).where(
            outbox.c.channel == old.channel, *waiting
        )
        rows = self._connection.execute(query).all()
        return sum(self._send_to(new, row.id, row.message, old=old) for row in rows)

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

    def _send_to(self, new: Address, number: int, text: str, *, old: Address) -> bool:
        if json.loads(text)["to"] != {"channel": old.channel, "value": old.value}:
            return False
        message = replace(self._adapter.validate_json(text), to=new, conversation=str(new))
        moved = self._connection.execute(
            update(outbox)
            .where(outbox.c.id == number, outbox.c.token.is_(None))
            .values(
                channel=new.channel,
                conversation=message.conversation,
                message=self._adapter.dump_json(message).decode(),
            )
        )
        return moved.rowcount == 1


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
