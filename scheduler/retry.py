"""When to send again after a failure; pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.errors import DeliveryFailed

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 12  # with doubling waits: about half a day
SHORTEST_REST = timedelta(seconds=1)
LONGEST_REST = timedelta(hours=6)  # no vendor asks for more; a number may be wrong
LONGEST_PAUSE = timedelta(minutes=5)  # so soon it is noticed that somebody mended the channel


def next_try(attempts: int, failure: DeliveryFailed, *, now: datetime) -> datetime | None:
    """The next moment to send, or None when trying is over.

    `attempts` counts those already made, at least 1.
    """
    if failure.permanent or attempts >= MOST_ATTEMPTS:
        return None
    doubled: timedelta = FIRST_WAIT * 2 ** (attempts - 1)
    return now + min(doubled, LONGEST_WAIT)


def rest(failure: DeliveryFailed) -> timedelta | None:
    """How long the vendor wants to hear nothing more there, in a few hours; None when it does not.

    What fails for good is not tried again whatever is asked.
    """
    if failure.permanent or failure.retry_after is None:
        return None
    longest = LONGEST_REST.total_seconds()
    return max(timedelta(seconds=min(failure.retry_after, longest)), SHORTEST_REST)


def pause(failures: int, failure: DeliveryFailed) -> timedelta:
    """How long a channel in trouble is left alone, which failed so often on end, at least once.

    The vendor's own `retry_after` is taken as it is.
    """
    if failure.retry_after:
        return timedelta(seconds=failure.retry_after)
    doubled: timedelta = FIRST_WAIT * 2 ** min(failures - 1, 10)
    return min(doubled, LONGEST_PAUSE)


def outlook(attempts: int, failure: DeliveryFailed, *, now: datetime) -> str:
    """What is done next about a message, in words for the log."""
    if failure.gone:
        return "it goes to another address of the person's, if there is one"
    if failure.moved_to:
        return "it goes to where the room is now"
    if failure.ours:
        return "it waits until the channel is tried again"
    again = next_try(attempts, failure, now=now)
    wait = rest(failure) or (again and again - now)
    return f"it is tried again in {wait.total_seconds():.0f} seconds" if wait else "it is given up"
