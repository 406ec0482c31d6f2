"""One process at a time: a lock that ends with its process, however that ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import Refused

LOOK_SECONDS = 0.2


@contextmanager
def alone(path: Path, *, advice: str) -> Iterator[None]:
    """Holds the lock file at `path`, which is gone afterwards.

    Raises `Refused` with the advice when another holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=LOOK_SECONDS)  # somebody may only be looking whether it is held
    except Timeout as error:
        raise Refused(advice) from error
    try:
        yield
    finally:
        _remove(path)
        lock.release()


def is_held(path: Path) -> bool:
    """Whether a living process, this one too, holds the lock file at `path`.

    One that nobody holds was left behind by a process that was killed, and is removed.
    """
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    _remove(path)
    lock.release()
    return False


def _remove(path: Path) -> None:
    """Only while the lock is held: whoever waits for the lost file sees that and makes it anew."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
