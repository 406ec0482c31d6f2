"""A clock that tests set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


class SetClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def __call__(self) -> datetime:
        """The time it was set to."""
        return self._now

    def forward(self, by: timedelta) -> None:
        """Lets time pass."""
        self._now += by
