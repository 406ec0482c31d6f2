"""Who Carrel is at a vendor, asked once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from bot.errors import StorageFailed
from channels.failure import Failure
from channels.patience import Patience

log = logging.getLogger(__name__)
Own = TypeVar("Own")


class Introduction(Generic[Own]):
    """Carrel's own account; what `ask` raises is not remembered."""

    def __init__(self, ask: Callable[[], Awaitable[Own]]) -> None:
        self._ask = ask
        self._own: Own | None = None
        self._asking = asyncio.Lock()

    async def own(self) -> Own:
        """The account; raises what asking raises."""
        async with self._asking:
            if self._own is None:
                self._own = await self._ask()
        return self._own

    async def until_told(self, patience: Patience) -> Own:
        """The account, asked for until the vendor and the database answer."""
        failures = 0
        while True:
            failures += 1
            try:
                return await self.own()
            except Failure as failure:
                action = f"{failure.vendor.lower()}-not-reached"
                extra = {"action": action, "error": str(failure)}
                told = "%s does not know Carrel: %s"
                log.warning(told, failure.vendor, failure.told, extra=extra)
                await asyncio.sleep(patience.after(failures, failure))
            except StorageFailed as error:
                log.warning("Waiting for the database", extra={"error": type(error).__name__})
                await asyncio.sleep(patience.pause(failures))
