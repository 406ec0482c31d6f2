"""What is kept of messages to many. Everything may raise `StorageFailed`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.notices.broadcast import Broadcast


class Broadcasts(Protocol):
    """Messages of staff's to many."""

    def add(self, new: Broadcast, people: Sequence[int]) -> Broadcast:
        """Keeps a draft and the numbers of whom it is for; its own number is given here."""
        ...

    def get(self, number: int) -> Broadcast | None:
        """The broadcast of that number."""
        ...

    def people(self, number: int) -> tuple[int, ...]:
        """The numbers of all whom it is for, in order."""
        ...

    def newest(self, *, limit: int) -> tuple[Broadcast, ...]:
        """The newest first."""
        ...

    def save(self, broadcast: Broadcast, *, was: Broadcast) -> bool:
        """Keeps the new state; False when it is not any more what it `was`."""
        ...

    def alone(self) -> bool:
        """Whether this transaction alone may send any of them, until it ends."""
        ...

    def next_people(self, number: int, *, limit: int) -> tuple[int, ...]:
        """Takes people of it whose message is not in the outbox yet, for one caller only."""
        ...

    def sending(self) -> Broadcast | None:
        """The oldest that is being sent."""
        ...

    def untold(self, *, limit: int) -> tuple[Broadcast, ...]:
        """The oldest of those that were sent and whose end nobody was told."""
        ...

    def spread_until(self) -> datetime | None:
        """When the last message of any of them is due; None before the first."""
        ...

    def outcomes(self, number: int) -> Mapping[str, int]:
        """How many of its messages are in each state of the outbox.

        Those that were finished without being sent are `unsent`.
        """
        ...

    def unreached(self, number: int, *, limit: int) -> tuple[tuple[int, str], ...]:
        """People whom it did not reach for good, with the reason."""
        ...

    def left_out(self, number: int, *, limit: int) -> tuple[int, ...]:
        """People who were taken, and for whom no message was put into the outbox."""
        ...

    def behind(self, number: int, *, now: datetime) -> Mapping[str, int]:
        """How many of its messages are due and not sent yet, by channel."""
        ...

    def withdraw(self, number: int, *, at: datetime, reason: str) -> int:
        """Finishes unsent what waits in the outbox and nobody is sending; how many those were."""
        ...
