"""One process at a time: a lock that ends with its process, however that ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import Refused


@contextmanager
def alone(path: Path, *, advice: str) -> Iterator[None]:
    """Holds the lock file at `path`; raises `Refused` with the advice when another holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise Refused(advice) from error
    try:
        yield
    finally:
        lock.release()
