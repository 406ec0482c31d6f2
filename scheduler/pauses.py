"""When nothing is said: on a channel in trouble, and after a message where vendors ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.messages import OutboundMessage
from bot.domain.rooms import in_room
from bot.errors import DeliveryFailed
from bot.ports import Limits
from scheduler.retry import pause


@dataclass(frozen=True, slots=True)
class _Pause:
    failures: int
    until: datetime


class Pauses:
    """Which channels are left alone until when; shared by all dispatchers of an event loop.

    `limits` are those of channels, by name, whose vendors want rests between messages.
    """

    def __init__(self, limits: Mapping[str, Limits] | None = None) -> None:
        self._pauses: dict[str, _Pause] = {}
        self._limits = limits or {}

    @property
    def rests(self) -> bool:
        """Whether any channel wants rests."""
        return any(limits.person or limits.room for limits in self._limits.values())

    def rest(self, message: OutboundMessage) -> timedelta:
        """How long its person or room is left alone after it."""
        limits = self._limits.get(message.to.channel)
        if limits is None:
            return timedelta()
        return timedelta(seconds=limits.room if in_room(message) else limits.person)

    def free(self, channels: Iterable[str], *, now: datetime) -> tuple[str, ...]:
        """Those that are not left alone now."""
        return tuple(channel for channel in channels if not self._is_paused(channel, now))

    def begin(self, channel: str, failure: DeliveryFailed, *, now: datetime) -> None:
        """Leaves it alone; longer each time, until `end`.

        Several may have been sending when the trouble began: theirs is the same failure.
        """
        known = self._pauses.get(channel)
        again = known is None or known.until <= now
        failures = (known.failures if known else 0) + again
        until = now + pause(failures, failure)
        if known and not again:
            until = max(until, known.until)
        self._pauses[channel] = _Pause(failures, until)

    def end(self, channel: str, *, now: datetime) -> None:
        """It took a message; what was under way before the trouble began proves nothing."""
        if not self._is_paused(channel, now):
            self._pauses.pop(channel, None)

    def _is_paused(self, channel: str, now: datetime) -> bool:
        known = self._pauses.get(channel)
        return known is not None and now < known.until
