"""How long somebody is left alone after a message, where vendors ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.messages import OutboundMessage
from bot.domain.rooms import in_room
from bot.ports import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Rests:
    """Who is left alone how long; `limits` are those of channels, by name, that have any."""

    limits: Mapping[str, Limits] = field(default_factory=dict)

    def after(self, message: OutboundMessage) -> timedelta:
        """How long its person or room is left alone."""
        limits = self.limits.get(message.to.channel, Limits())
        return timedelta(seconds=limits.room if in_room(message) else limits.person)

    def on_any(self, channels: Iterable[str]) -> bool:
        """Whether anybody on one of the channels is ever left alone."""
        found = (self.limits.get(channel, Limits()) for channel in channels)
        return any(limits.person or limits.room for limits in found)
