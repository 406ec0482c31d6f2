"""Messages received and not yet handled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, bindparam, select

from bot.domain.messages import Address, InboundMessage
from bot.ports import Claimed
from storage.queues.queue import Queue
from storage.tables import inbox


class SqlInbox:
    """The inbox in its table; see `bot.ports.Inbox` for the contract."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[InboundMessage]) -> None:
        self._connection = connection
        self._queue = Queue(connection, inbox, adapter=adapter, finished="done")

    def add(self, message: InboundMessage, *, at: datetime) -> bool:
        """Keeps the message; false when the same channel and id are there already."""
        more = {"channel": message.sender.channel, "vendor_id": message.id}
        return self._queue.add(message, conversation=message.conversation, due=at, more=more)

    def claim(
        self, *, now: datetime, lease_seconds: float, channels: Sequence[str] | None = None
    ) -> Claimed[InboundMessage] | None:
        """Leases the oldest message due whose conversation has no earlier unfinished one."""
        only = (None,) if channels is None else channels
        return self._queue.claim(now=now, lease_seconds=lease_seconds, channels=only)

    def done(self, claimed: Claimed[InboundMessage], *, at: datetime) -> bool:
        """Marks it handled; false when the lease is no longer ours."""
        return self._queue.finish(claimed, at=at)

    def retry(self, claimed: Claimed[InboundMessage], *, at: datetime, reason: str) -> None:
        """Gives the message back, due again at `at`."""
        self._queue.retry(claimed, at=at, reason=reason)

    def give_up(self, claimed: Claimed[InboundMessage], *, at: datetime, reason: str) -> bool:
        """Stops trying; false when another worker has it."""
        return self._queue.give_up(claimed, at=at, reason=reason)

    def extend(self, claimed: Claimed[InboundMessage], *, until: datetime) -> bool:
        """Prolongs the lease; false when it is no longer ours."""
        return self._queue.extend(claimed, until=until)

    def release(self, conversation: str, *, at: datetime) -> None:
        """Ends every lease of a conversation."""
        self._queue.release(conversation, at=at)

    def release_all(self, *, at: datetime) -> int:
        """Ends every lease; how many there were."""
        return self._queue.release_all(at=at)

    def due_since(self, *, now: datetime) -> datetime | None:
        """Since when the message that waits longest is due; None when none is."""
        return self._queue.due_since(now=now)

    def waits(self, sender: Address, conversation: str) -> bool:
        """Whether something that this sender said in this conversation is not handled yet."""
        found = self._connection.execute(_open(), {"talk": conversation}).scalars()
        said_by = {"channel": sender.channel, "value": sender.value}
        return any(json.loads(message).get("sender") == said_by for message in found)

    def counts(self) -> Mapping[str, int]:
        """How many messages are waiting, claimed, done and given-up."""
        return self._queue.counts()


@cache  # building a statement takes longer than running it
def _open() -> Select[Any]:
    there = (inbox.c.conversation == bindparam("talk"), inbox.c.finished_at.is_(None))
    return select(inbox.c.message).where(*there)
