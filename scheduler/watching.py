"""A look at the queues that never keeps anybody waiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from bot.errors import StorageFailed
from bot.ports import Clock, UnitOfWork
from bot.usecases.see_vitals import Vitals, see_vitals

FRESH_SECONDS = 1.0  # counting is dear when many messages were handled, and anybody may ask
PATIENCE_SECONDS = 3.0


class Watching:
    """Tells the vitals. Safe from any thread; everybody who asks at once shares one look."""

    def __init__(
        self,
        transaction: Callable[[], UnitOfWork],
        *,
        clock: Clock,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._transaction = transaction
        self._clock = clock
        self._patience = patience
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="watching")
        self._asking = threading.Lock()
        self._look: Future[Vitals] | None = None
        self._looked = 0.0  # when the look began, on the machine's steady clock

    def vitals(self) -> Vitals | None:
        """None when the database does not answer within a few seconds."""
        try:
            return self._latest().result(timeout=self._patience)
        except (StorageFailed, TimeoutError):
            return None

    def close(self) -> None:
        """Harmless twice; a look that is stuck is left alone."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _latest(self) -> Future[Vitals]:
        with self._asking:
            now = time.monotonic()
            stale = now - self._looked >= FRESH_SECONDS
            if self._look is None or (self._look.done() and stale):
                self._look = self._thread.submit(self._see)
                self._looked = now
            return self._look

    def _see(self) -> Vitals:
        with self._transaction() as uow:
            return see_vitals(uow, now=self._clock())
