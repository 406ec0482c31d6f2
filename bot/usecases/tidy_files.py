"""Forget the bytes of files that were refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.ports import FileStore, UnitOfWork

KEPT = timedelta(days=1)  # long enough that no message in the making still counts on them


def tidy_files(transaction: UnitOfWork, files: FileStore, *, now: datetime) -> int:
    """Discards what no record holds and nobody sent within a day; gives the number.

    Nothing is touched while messages wait or were given up, since theirs are in no record.
    """
    with transaction as uow:
        counts = uow.inbox.counts()
        held = set(uow.records.hashes())
    if counts["waiting"] or counts["claimed"] or counts["given-up"]:
        return 0
    idle = [name for name in files.names() if name not in held and _age(files, name, now) > KEPT]
    for name in idle:
        files.discard(name)
    return len(idle)


def _age(files: FileStore, name: str, now: datetime) -> timedelta:
    return now - datetime.fromtimestamp(files.path(name).stat().st_mtime, UTC)
