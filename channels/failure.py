"""What a vendor did not do, as far as it is the same for all of them."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import ClassVar

from bot.domain.channel_state import State
from bot.errors import CarrelError, DeliveryFailed

LONGEST_WAIT = 3_600.0  # seconds: nobody is believed who asks for more


class Failure(CarrelError, ABC):
    """A call failed. `code` is short and holds nobody's words; `vendor` is its name for people.

    What `passes` is the vendor's trouble or the network's; the rest only a person can mend. What
    `is_limited` ends by itself, after `retry_after` seconds where the vendor tells them.
    """

    vendor: ClassVar[str]

    def __init__(
        self,
        method: str,
        code: str,
        *,
        passes: bool = False,
        is_limited: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{self.vendor}'s {method} failed: {code}")
        self.method = method
        self.code = code
        self.passes = passes
        self.is_limited = is_limited
        self.retry_after = retry_after

    @property
    @abstractmethod
    def state(self) -> State | None:
        """How the channel is doing then; None when this says nothing about it."""

    @property
    @abstractmethod
    def told(self) -> str:
        """What a person can do about it."""

    @abstractmethod
    def delivery(self) -> DeliveryFailed:
        """The same for whoever wanted a message sent."""


def believed(seconds: float) -> float | None:
    """A wait that a vendor asks for, at most `LONGEST_WAIT`; None when it is no number."""
    return min(max(seconds, 0.0), LONGEST_WAIT) if math.isfinite(seconds) else None
