"""Messages received and not yet handled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection

from bot.domain.messages import InboundMessage
from bot.ports import Claimed
from storage.queues.queue import Queue
from storage.tables import inbox


class SqlInbox:
    """The inbox in its table; see `bot.ports.Inbox` for the contract."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[InboundMessage]) -> None:
        self._queue = Queue(connection, inbox, adapter=adapter, finished="done")

    def add(self, message: InboundMessage, *, at: datetime) -> bool:
        """Keeps the message; false when the same channel and id are there already."""
        more = {"channel": message.sender.channel, "vendor_id": message.id}
        return self._queue.add(message, conversation=message.conversation, due=at, more=more)

    def claim(self, *, now: datetime, lease_seconds: float) -> Claimed[InboundMessage] | None:
        """Leases the oldest message due whose conversation has no earlier unfinished one."""
        return self._queue.claim(now=now, lease_seconds=lease_seconds)

    def done(self, claimed: Claimed[InboundMessage], *, at: datetime) -> bool:
        """Marks it handled; false when the lease is no longer ours."""
        return self._queue.finish(claimed, at=at)

    def retry(self, claimed: Claimed[InboundMessage], *, at: datetime, reason: str) -> None:
        """Gives the message back, due again at `at`."""
        self._queue.retry(claimed, at=at, reason=reason)

    def give_up(self, claimed: Claimed[InboundMessage], *, at: datetime, reason: str) -> bool:
        """Stops trying; false when the lease is no longer ours."""
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

    def counts(self) -> Mapping[str, int]:
        """How many messages are waiting, claimed, done and given-up."""
        return self._queue.counts()
