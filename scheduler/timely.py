"""A channel that does not say what has lost its worth while it waited."""

from __future__ import annotations

from bot.domain.codes import is_past
from bot.domain.messages import OutboundMessage
from bot.errors import DeliveryFailed
from bot.ports import Channel, Clock, Deliver


class Timely:
    """Another channel, but for messages whose code is past its time: those fail for good."""

    def __init__(self, channel: Channel, *, clock: Clock) -> None:
        self.name = channel.name
        self._channel = channel
        self._clock = clock

    async def listen(self, deliver: Deliver) -> None:
        """As the channel does."""
        await self._channel.listen(deliver)

    async def send(self, message: OutboundMessage) -> tuple[str, ...]:
        """As the channel does, while there is a use in it."""
        if is_past(message.key, now=self._clock()):
            raise DeliveryFailed("the code that it tells is past its time", permanent=True)
        return await self._channel.send(message)

    async def close(self) -> None:
        """As the channel does."""
        await self._channel.close()
