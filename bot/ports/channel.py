"""A way messages enter and leave."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.domain.messages import Attachment, InboundMessage, OutboundMessage

Deliver = Callable[[InboundMessage], Awaitable[bool]]  # true when the message is new


class Channel(Protocol):
    """A way messages enter and leave."""

    name: str

    async def listen(self, deliver: Deliver) -> None:
        """Hands over messages until cancelled or the source ends.

        A message is acknowledged only after `deliver` returned; the same message always has the
        same id, so one that was not acknowledged may come again.
        """
        ...

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """Sends and gives the vendor's ids of its posts, in order; the first names the message.

        Raises `DeliveryFailed` and nothing else. A message that `replaces` another takes its place
        where the vendor can do that.
        """
        ...

    async def close(self) -> None:
        """Lets go of connections; harmless twice."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How often a vendor lets a bot speak, in seconds from one message to the next.

    `anywhere` counts all of them, `person` those to one person, `room` those to one room.
    """

    anywhere: float = 0.0
    person: float = 0.0
    room: float = 0.0


class Turns(Protocol):
    """The order in which all processes speak on one channel, and the `limits` that it keeps."""

    limits: Limits

    async def take(self) -> None:
        """Returns when one more message may be sent, wherever it goes.

        Raises `DeliveryFailed` when that cannot be known now.
        """
        ...


class Fetcher(Protocol):
    """Brings the bytes of files that wait at a vendor; from any thread without an event loop."""

    def fetch(self, attachment: Attachment, *, into: Path, largest: int) -> Path:
        """The file, in the folder `into`; raises `Unfetched`, also beyond `largest` bytes."""
        ...
