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

    def hold(self, number: int) -> Broadcast | None:
        """The same, kept from everybody else who holds or saves it until the transaction ends.

        Waits for whoever holds it now.
        """
        ...

    def people(self, number: int) -> tuple[int, ...]:
        """The numbers of all whom it is for, in order; see `forget_people`."""
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
        """Takes people of it whose message is not in the outbox yet; its caller holds it."""
        ...

    def sending(self) -> Broadcast | None:
        """The oldest that is being sent."""
        ...

    def running(self) -> tuple[Broadcast, ...]:
        """All that are being sent, the newest first."""
        ...

    def forget_people(self, *, until: datetime, limit: int) -> int:
        """Forgets whom it was for, of those that are cancelled or replaced, or old drafts.

        That is, drafts of before `until`. Who was taken stays; at most so many go; how many did.
        """
        ...

    def untold(self, *, limit: int) -> tuple[Broadcast, ...]:
        """The oldest of those that were sent and whose end nobody was told."""
        ...

    def bring_back(self, *, now: datetime, latest: datetime, rate: int) -> bool:
        """Lets messages that are due after `latest` be due from now on, `rate` a second.

        For a clock that was ahead: what waits there still ended now and nobody was told of its end.
        Messages that are being sent stay. False where nothing was dated so late.
        """
        ...

    def spread_until(self) -> datetime | None:
        """When the last message of any of them is due; None before the first."""
        ...

    def waits(self, number: int) -> bool:
        """Whether a message of it is in the outbox that was neither sent nor given up."""
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

    def unsent(self, number: int, *, limit: int) -> tuple[tuple[int, str], ...]:
        """People whose message was put aside unsent, with the reason."""
        ...

    def to_come(self, number: int, *, limit: int) -> tuple[int, ...]:
        """People who were not taken yet, in order."""
        ...

    def behind(self, number: int, *, now: datetime) -> Mapping[str, int]:
        """How many of its messages are due and not sent yet, by channel."""
        ...

    def withdraw(self, number: int, *, at: datetime, reason: str) -> int:
        """Finishes unsent what waits in the outbox and nobody is sending; how many those were."""
        ...
