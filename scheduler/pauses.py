"""A channel that is in trouble itself is left alone for a while, by all who send for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Address
from bot.errors import DeliveryFailed
from scheduler.retry import pause, rest


@dataclass(frozen=True, slots=True)
class _Pause:
    """Before it `begins` it counts for nothing: the clock was ahead then."""

    failures: int
    begins: datetime
    until: datetime

    def lasts(self, now: datetime) -> bool:
        return self.begins <= now < self.until


class Pauses:
    """Which channels are left alone until when; shared by all dispatchers of an event loop."""

    def __init__(self) -> None:
        self._pauses: dict[str, _Pause] = {}
        self._limited: dict[str, tuple[str, datetime]] = {}  # who was limited last on a channel

    def free(self, channels: Iterable[str], *, now: datetime) -> tuple[str, ...]:
        """Those that are not left alone now."""
        return tuple(channel for channel in channels if not self._is_paused(channel, now))

    def begin(self, channel: str, failure: DeliveryFailed, *, now: datetime) -> None:
        """Leaves it alone; longer each time, until `end`.

        Several may have been sending when the trouble began: theirs is the same failure.
        """
        known = self._pauses.get(channel)
        again = known is None or not known.lasts(now)
        failures = (known.failures if known else 0) + again
        until = now + pause(failures, failure)
        if known and not again:
            until = max(until, known.until)
        self._pauses[channel] = _Pause(failures, now, until)

    def limited(self, person: Address, failure: DeliveryFailed, *, now: datetime) -> None:
        """Leaves the channel alone once two people are limited at a time: then it is all of it."""
        asked = rest(failure)
        if asked is None:
            return
        other, until = self._limited.get(person.channel, (person.value, now))
        self._limited[person.channel] = (person.value, now + asked)
        if other != person.value and now < until:
            self.begin(person.channel, failure, now=now)

    def end(self, channel: str, *, now: datetime) -> None:
        """It took a message; what was under way before the trouble began proves nothing."""
        if not self._is_paused(channel, now):
            self._pauses.pop(channel, None)

    def _is_paused(self, channel: str, now: datetime) -> bool:
        known = self._pauses.get(channel)
        return known is not None and known.lasts(now)
