"""How far a broadcast is, and whom it did not reach, as values."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.notices.broadcast import Broadcast, BroadcastState


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a broadcast is, in people; `by` is the name of who drafted it.

    `unsent` were withdrawn from the outbox or declined while they waited there, and for those
    `left_out` nothing was ever put there.
    """

    broadcast: Broadcast
    by: str
    sent: int
    waiting: int
    failed: int
    unsent: int
    left_out: int

    @property
    def to_come(self) -> int:
        """How many are not in the outbox yet, and still to be told."""
        one = self.broadcast
        return one.total - one.queued if one.state is BroadcastState.SENDING else 0

    @property
    def spared(self) -> int:
        """How many had not had their turn when it was cancelled."""
        one = self.broadcast
        return one.total - one.queued if one.state is BroadcastState.CANCELLED else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReached:
    """Somebody whom a broadcast did not reach, why, and their places as `place` tells them."""

    number: int
    name: str
    why: str
    places: tuple[str, ...]
