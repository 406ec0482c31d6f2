"""A way messages enter and leave."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.domain.messages import InboundMessage, OutboundMessage

Deliver = Callable[[InboundMessage], Awaitable[None]]


class Channel(Protocol):
    """A way messages enter and leave."""

    name: str

    async def listen(self, deliver: Deliver) -> None:
        """Hands over messages until cancelled or the source ends.

        A message is acknowledged only after `deliver` returned; the same message always has the
        same id, so one that was not acknowledged may come again.
        """
        ...

    async def send(self, message: OutboundMessage) -> str:
        """Sends and gives the vendor's id; raises `DeliveryFailed` and nothing else."""
        ...

    async def close(self) -> None:
        """Lets go of connections; harmless twice."""
        ...
