"""The order in which all processes speak on one channel, kept in the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.errors import DeliveryFailed, StorageFailed
from bot.ports import Clock, Limits, UnitOfWork

CROWDED = 5.0  # seconds until the next try when too many wait


class Pace:
    """Turns of one channel; see `bot.ports.Turns` for the contract. Tasks may share it."""

    def __init__(
        self,
        transaction: Callable[[], UnitOfWork],
        channel: str,
        *,
        limits: Limits,
        clock: Clock,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._transaction = transaction
        self._channel = channel
        self.limits = limits
        self._every = timedelta(seconds=limits.anywhere)
        self._clock = clock
        self._sleep = sleep

    async def take(self) -> None:
        """Returns when one more message may be sent.

        Raises `DeliveryFailed` without a database, or when too many wait: a lease is not held for
        waiting. A turn whose taker is cancelled is nobody's.
        """
        if not self._every:
            return
        try:
            at = await asyncio.to_thread(self._turn)
        except StorageFailed as error:
            raise DeliveryFailed(str(error), ours=True) from error
        if at is None:
            told = "Too many messages wait for their turn: fewer senders would do."
            raise DeliveryFailed(told, ours=True, retry_after=CROWDED)
        seconds = (at - self._clock()).total_seconds()
        if seconds > 0:
            await self._sleep(seconds)

    def _turn(self) -> datetime | None:
        with self._transaction() as uow:
            at = uow.channels.turn(self._channel, now=self._clock(), every=self._every)
            uow.commit()
        return at
