"""When to send again after a failure; pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.errors import DeliveryFailed

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 12  # with doubling waits: about half a day
LONGEST_PAUSE = timedelta(minutes=5)  # so soon it is noticed that somebody mended the channel


def next_try(attempts: int, failure: DeliveryFailed, *, now: datetime) -> datetime | None:
    """The next moment to send, or None when trying is over.

    `attempts` counts those already made, at least 1. The vendor's own `retry_after` is obeyed.
    """
    if failure.permanent or attempts >= MOST_ATTEMPTS:
        return None
    doubled: timedelta = FIRST_WAIT * 2 ** (attempts - 1)
    asked = timedelta(seconds=failure.retry_after or 0)
    return now + max(min(doubled, LONGEST_WAIT), asked)


def pause(failures: int, failure: DeliveryFailed) -> timedelta:
    """How long a channel in trouble is left alone, which failed so often on end, at least once.

    The vendor's own `retry_after` is taken as it is.
    """
    if failure.retry_after:
        return timedelta(seconds=failure.retry_after)
    doubled: timedelta = FIRST_WAIT * 2 ** min(failures - 1, 10)
    return min(doubled, LONGEST_PAUSE)
