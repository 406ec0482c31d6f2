"""What has to come to an end, however hostile the words: patterns can take hours over some."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PATIENCE = 60.0  # seconds: what is inside takes a part of one, and minutes if it is quadratic


class Endless(AssertionError):
    """Nobody would wait so long."""


@contextmanager
def ending() -> Iterator[None]:
    """Fails when what is inside is still at work after a minute; a regular expression too."""
    before = signal.signal(signal.SIGALRM, _endless)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _endless(number: int, frame: FrameType | None) -> None:
    raise Endless(f"not done after {PATIENCE:.0f} s")
