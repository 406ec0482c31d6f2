"""Which processes work on one database, as far as this machine knows, and when they end."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex

from bot.app import Store, utc_now
from bot.settings import Settings
from bot.vendors.vendor import Setup
from storage.alone import alone, is_held

SERVED = (
    "Another carrel serve works on the database {}: stop that one first. For several processes "
    "on one database, add carrel worker."
)
TAKEN = "Another process of this name works on the database {}: start this one again."


@contextmanager
def at_work(settings: Settings, store: Store, *, listening: bool) -> Iterator[None]:
    """Says to others that this process works here, and takes over what dead ones left leased.

    Raises `Refused` when another one listens already. On PostgreSQL nobody is refused: there a
    lease that nobody prolongs ends by itself, and `heard` tells which channels are left to hear.
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


@contextmanager
def heard(store: Store, on: Sequence[Setup]) -> Iterator[frozenset[str]]:
    """The names of the channels that this process may listen to, until the end of the block.

    Slack shares out what it says among all that listen. A channel that lets one process listen is
    left to the one that came first on this database.
    """
    with ExitStack() as names:
        yield frozenset(
            setup.name
            for setup in on
            if not setup.one_listener or names.enter_context(store.held(f"listens:{setup.name}"))
        )


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


@contextmanager
def until_signalled() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and Ctrl-C set; the second time they end the process as usual."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    signals = (signal.SIGTERM, signal.SIGINT)

    def stop() -> None:
        told.set()
        for each in signals:
            loop.remove_signal_handler(each)

    for each in signals:
        loop.add_signal_handler(each, stop)
    try:
        yield told
    finally:
        for each in signals:
            loop.remove_signal_handler(each)
