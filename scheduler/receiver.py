"""Channel to inbox: messages that arrive at the same moment share one commit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.domain.messages import InboundMessage
from bot.errors import CarrelError, StorageFailed
from bot.ports import Clock, UnitOfWork
from bot.usecases.receive_message import receive_message

log = logging.getLogger(__name__)
MOST_AT_ONCE = 100  # in one commit: holds the database's lock for some twenty milliseconds
MOST_WAITING = 2_000  # more than that could not be kept within the time a vendor waits
MOST_FAILURES = 2  # in a row, by the database: then it is away, not the message wrong

Result = bool | Exception


class Overloaded(CarrelError):
    """More messages arrive than can be kept; the vendor is to send this one again."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A message, and where its sender's channel waits to hear that it is kept."""

    message: InboundMessage
    kept: asyncio.Future[bool]


class Receiver:
    """Keeps messages in the inbox. A commit waits for the disk; a hundred together wait once.

    Everything but the transactions happens on one event loop.
    """

    def __init__(
        self,
        transaction: Callable[[], UnitOfWork],
        *,
        clock: Clock,
        told: Callable[[int], None] = lambda _: None,
    ) -> None:
        """`told` is called whenever new messages were kept, with how many they are."""
        self._uow = transaction()
        self._clock = clock
        self._told = told
        self._arrived: list[_Arrival] = []
        self._writing: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="receiver")

    async def receive(self, message: InboundMessage) -> bool:
        """Returns once the message is safe; false when it was known.

        Raises `Overloaded` at once when too many wait, and what the database said when it could
        not be kept; then the vendor is not to forget it.
        """
        if len(self._arrived) >= MOST_WAITING:
            raise Overloaded(f"{MOST_WAITING} messages wait to be kept: send it again later.")
        arrival = _Arrival(message, asyncio.get_running_loop().create_future())
        self._arrived.append(arrival)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await arrival.kept

    async def close(self) -> None:
        """Keeps what has arrived, then ends; what comes later is refused."""
        if self._writing is not None:
            await self._writing
        self._thread.shutdown()

    async def _write(self) -> None:
        while self._arrived:
            batch, self._arrived = self._arrived[:MOST_AT_ONCE], self._arrived[MOST_AT_ONCE:]
            results = await self._kept([arrival.message for arrival in batch])
            for arrival, result in zip(batch, results, strict=True):
                _tell(arrival.kept, result)
            if fresh := results.count(True):
                self._told(fresh)

    async def _kept(self, messages: Sequence[InboundMessage]) -> Sequence[Result]:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, self._keep, messages)
        except RuntimeError as error:  # closed: nobody may wait for ever
            return [error] * len(messages)

    def _keep(self, messages: Sequence[InboundMessage]) -> Sequence[Result]:
        """All in one transaction, or where that fails each in its own."""
        try:
            return self._together(messages)
        except Exception as error:
            if len(messages) == 1:
                return [error]
            log.warning("Keeping messages one by one", extra={"action": "receive-one-by-one"})
            return self._one_by_one(messages)

    def _together(self, messages: Sequence[InboundMessage]) -> Sequence[bool]:
        with self._uow as uow:
            now = self._clock()
            fresh = [receive_message(uow, message, now=now) for message in messages]
            uow.commit()
        return fresh

    def _one_by_one(self, messages: Sequence[InboundMessage]) -> Sequence[Result]:
        results: list[Result] = []
        for message in messages:
            if away := _is_away(results):
                results.append(away)
                continue
            try:
                results += self._together([message])
            except Exception as error:
                log.exception("Could not keep a message", extra={"action": "receive-failed"})
                results.append(error)
        return results


def _is_away(results: Sequence[Result]) -> StorageFailed | None:
    """What the database said when it failed the last few in a row; each may take half a minute."""
    last = [result for result in results[-MOST_FAILURES:] if isinstance(result, StorageFailed)]
    return last[-1] if len(last) == MOST_FAILURES else None


def _tell(kept: asyncio.Future[bool], result: Result) -> None:
    if kept.done():  # whoever waited has left; the vendor sends it again, and it is known then
        return
    if isinstance(result, Exception):
        kept.set_exception(result)
    else:
        kept.set_result(result)
