"""The durable queue of what was received."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.messages import Address, InboundMessage
from bot.ports.queues import Claimed


class Inbox(Protocol):
    """Messages received and not yet handled."""

    def add(self, message: InboundMessage, *, at: datetime) -> bool:
        """Keeps the message; false when the same channel and id are there already."""
        ...

    def known(self, channel: str, ids: Collection[str]) -> frozenset[str]:
        """Those of the channel's ids that are there already, whatever became of them."""
        ...

    def claim(
        self, *, now: datetime, lease_seconds: float, channels: Sequence[str] | None = None
    ) -> Claimed[InboundMessage] | None:
        """Leases the oldest message due whose conversation has no earlier unfinished one.

        Of `channels` alone when they are named, for one who cannot serve the others. One of a batch
        is due a little after the last of it came, and brings along what is there of it by then. A
        lease that ends later than two leases from now is taken for ended: the clock was ahead.
        """
        ...

    def done(self, claimed: Claimed[InboundMessage], *, at: datetime) -> bool:
        """Marks it handled, with its batch.

        False when the lease is no longer ours, or somebody else has one of the batch: roll back,
        for a part of it may be marked by then.
        """
        ...

    def retry(
        self, claimed: Claimed[InboundMessage], *, at: datetime, reason: str, counts: bool = True
    ) -> bool:
        """Gives the message back, due again at `at`, and what waits behind it with it.

        Unless it `counts`, the attempt is forgotten: the message was not what failed. False when
        the lease is no longer ours.
        """
        ...

    def give_up(self, claimed: Claimed[InboundMessage], *, at: datetime, reason: str) -> bool:
        """Stops trying, with its batch; the messages stay readable.

        False when the lease is no longer ours, or somebody else has one of the batch: roll back
        then.
        """
        ...

    def extend(self, claimed: Claimed[InboundMessage], *, until: datetime) -> bool:
        """Prolongs the lease; false when it is no longer ours."""
        ...

    def release(self, conversation: str, *, at: datetime) -> None:
        """Ends every lease of a conversation, for one who knows that its worker is gone."""
        ...

    def release_all(self, *, at: datetime) -> int:
        """Ends every lease, for one who knows that no worker is left; how many there were."""
        ...

    def bring_forward(self, *, now: datetime) -> int:
        """Lets what waits for a later moment be due now, for a clock that went back; how many."""
        ...

    def due_since(self, *, now: datetime) -> datetime | None:
        """Since when the message that waits longest is due; None when none is."""
        ...

    def waits(self, sender: Address, conversation: str) -> bool:
        """Whether something that this sender said in this conversation is not handled yet."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many messages are in each state."""
        ...
