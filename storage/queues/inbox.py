"""Messages received and not yet handled."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Select, bindparam, select

from bot.domain.messages import Address, InboundMessage
from bot.domain.proving import queued_at
from bot.ports import Claimed
from storage.kept.addressed import inside_json
from storage.queues import statements
from storage.queues.queue import Queue
from storage.tables import inbox

GATHER = timedelta(seconds=1.5)  # how long one of a batch waits for more of it


class SqlInbox:
    """The inbox in its table; see `bot.ports.Inbox` for the contract."""

    def __init__(self, connection: Connection, adapter: TypeAdapter[InboundMessage]) -> None:
        self._connection = connection
        self._adapter = adapter
        self._queue = Queue(connection, inbox, adapter=adapter, finished="done", strict=True)

    def add(self, message: InboundMessage, *, at: datetime) -> bool:
        """Keeps the message; false when the same channel and id are there already.

        One of a batch is due when no more of it seems to come.
        """
        more = {"channel": message.sender.channel, "vendor_id": message.id}
        due = at + GATHER if message.batch else at
        added = self._queue.add(message, conversation=queued_at(message), due=due, more=more)
        if added and message.batch:
            rows = [number for number, _ in self._batch(message)]
            self._connection.execute(statements.put_off(inbox), {"rows": rows, "until": due})
        return added

    def known(self, channel: str, ids: Collection[str]) -> frozenset[str]:
        """Those of the channel's ids that are there already."""
        there = (inbox.c.channel == channel, inbox.c.vendor_id.in_(list(ids)))
        return frozenset(
            self._connection.execute(select(inbox.c.vendor_id).where(*there)).scalars()
        )

    def claim(
        self, *, now: datetime, lease_seconds: float, channels: Sequence[str] | None = None
    ) -> Claimed[InboundMessage] | None:
        """Leases the oldest message due whose conversation has no earlier unfinished one.

        What waits of its batch becomes one message with it.
        """
        only = (None,) if channels is None else channels
        claimed = self._queue.claim(now=now, lease_seconds=lease_seconds, channels=only)
        if claimed is None or not claimed.item.batch:
            return claimed
        others = dict(self._batch(claimed.item))
        whole = _joined(claimed.item, tuple(others.values()))
        return replace(claimed, item=whole, also=tuple(others))

    def done(self, claimed: Claimed[InboundMessage], *, at: datetime) -> bool:
        """Marks it handled, with its batch; false when the lease is no longer ours."""
        return self._queue.finish(claimed, at=at)

    def retry(
        self, claimed: Claimed[InboundMessage], *, at: datetime, reason: str, counts: bool = True
    ) -> bool:
        """Gives the message back, due again at `at`; only if it `counts` was it an attempt."""
        return self._queue.retry(claimed, at=at, reason=reason, counts=counts)

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

    def bring_forward(self, *, now: datetime) -> int:
        """Lets what waits for a later moment be due now; how many."""
        return self._queue.bring_forward(now=now)

    def due_since(self, *, now: datetime) -> datetime | None:
        """Since when the message that waits longest is due; None when none is."""
        return self._queue.due_since(now=now)

    def waits(self, sender: Address, conversation: str) -> bool:
        """Whether something that this sender said in this conversation is not handled yet."""
        found = self._connection.execute(_open(), {"talk": conversation}).scalars()
        said_by = {"channel": sender.channel, "value": sender.value}
        return any(json.loads(message).get("sender") == said_by for message in found)

    def _batch(self, message: InboundMessage) -> Iterator[tuple[int, InboundMessage]]:
        """What nobody holds yet of the message's batch, oldest first, with its rows' ids."""
        named = f'"batch":"{inside_json(message.batch)}"'  # found fast, and looked at below
        found = _open_and_free().where(inbox.c.message.contains(named, autoescape=True))
        for row in self._connection.execute(found, {"talk": message.conversation}).all():
            try:
                one = self._adapter.validate_json(row.message)
            except ValidationError:
                continue  # it is set aside when its turn comes
            if (one.batch, one.sender) == (message.batch, message.sender):
                yield row.id, one

    def counts(self) -> Mapping[str, int]:
        """How many messages are waiting, claimed, done and given-up."""
        return self._queue.counts()


@cache  # building a statement takes longer than running it
def _open() -> Select[Any]:
    there = (inbox.c.conversation == bindparam("talk"), inbox.c.finished_at.is_(None))
    return select(inbox.c.message).where(*there)


@cache
def _open_and_free() -> Select[Any]:
    """Locked in their order, so that two who put off the same rows do not lock each other out."""
    waits = (inbox.c.finished_at.is_(None), inbox.c.token.is_(None))
    there = inbox.c.conversation == bindparam("talk")
    rows = select(inbox.c.id, inbox.c.message).where(there, *waits)
    return rows.order_by(inbox.c.id).with_for_update()


def _joined(first: InboundMessage, others: Sequence[InboundMessage]) -> InboundMessage:
    """All of a batch as one message: every file, and the words that stand below any of them."""
    batch = (first, *others)
    return replace(
        first,
        text="\n".join(one.text for one in batch if one.text),
        attachments=tuple(each for one in batch for each in one.attachments),
        answers=next((one.answers for one in batch if one.answers), ""),
        apart=any(one.apart for one in batch),
    )
