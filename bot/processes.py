"""Which processes work on one database, as far as this machine can know."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from bot.app import Store, utc_now
from bot.settings import Settings
from storage.alone import alone, is_held

SERVED = (
    "Another carrel serve works on the database {}: stop that one first. For several processes "
    "on one database, add carrel worker."
)
TAKEN = "Another process of this name works on the database {}: start this one again."


@contextmanager
def at_work(settings: Settings, store: Store, *, listening: bool) -> Iterator[None]:
    """Says to others that this process works here, and takes over what dead ones left leased.

    Raises `Refused` when another one listens already. On PostgreSQL nobody is asked: there a lease
    that nobody prolongs ends by itself, and Slack takes several that listen.
    """
    file = store.database_file
    if file is None:
        yield
        return
    own = serve_lock(file) if listening else _folder(file) / _worker()
    with alone(own, advice=(SERVED if listening else TAKEN).format(file)):
        held = [is_held(path) for path in _locks(settings, file) if path != own]  # looks at all
        if not any(held):
            _free(store)
        yield


def is_served(store: Store) -> bool:
    """Whether a process on this machine listens; true where nobody can know."""
    file = store.database_file
    return file is None or is_held(serve_lock(file))


def serve_lock(file: Path) -> Path:
    """What the process that listens holds."""
    return _folder(file) / "serve.lock"


def _folder(file: Path) -> Path:
    return file.parent / "processes"


def _worker() -> str:
    """The process's number is for people; in two containers it may be the same."""
    return f"worker-{os.getpid()}-{token_hex(4)}.lock"


def _locks(settings: Settings, file: Path) -> Iterator[Path]:
    """Of every process that may hold a lease: servers, workers and terminals."""
    yield from _folder(file).glob("*.lock")
    yield from settings.terminals.glob("*.lock")


def _free(store: Store) -> None:
    now = utc_now()
    with store.uow() as uow:
        uow.inbox.release_all(at=now)
        uow.outbox.release_all(at=now)
        uow.commit()
