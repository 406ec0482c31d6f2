"""Messages that are on their way to a vendor."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.errors import DeliveryFailed
from channels.failure import Failure


class UnderWay:
    """Lets each message go once at a time, and for so many `seconds`."""

    def __init__(self, vendor: str, *, seconds: float) -> None:
        """`vendor` is its name for people."""
        self._vendor = vendor
        self._seconds = seconds
        self._keys: set[str] = set()

    @asynccontextmanager
    async def message(self, key: str) -> AsyncIterator[None]:
        """Around sending it; raises `DeliveryFailed` and nothing else."""
        if key in self._keys:  # two that send it would both send what is missing
            raise DeliveryFailed(
                f"It is on its way to {self._vendor} already: see later whether it arrived."
            )
        self._keys.add(key)
        try:
            async with asyncio.timeout(self._seconds):
                yield
        except DeliveryFailed:
            raise
        except Failure as failure:
            raise failure.delivery() from failure
        except Exception as error:
            told = f"{self._vendor} could not be served: {type(error).__name__}"
            raise DeliveryFailed(told) from error
        finally:
            self._keys.discard(key)
