"""Forget the bytes of files that were refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.ports import FileStore, UnitOfWork

KEPT = timedelta(days=1)  # long enough that no message in the making still counts on them


def tidy_files(uow: UnitOfWork, files: FileStore, *, now: datetime) -> int:
    """Discards what no record holds and nobody sent within a day; gives the number.

    Nothing is touched while messages wait, since theirs are not in a record yet.
    """
    counts = uow.inbox.counts()
    if counts["waiting"] or counts["claimed"]:
        return 0
    held = set(uow.records.hashes())
    idle = [name for name in files.names() if name not in held and _age(files, name, now) > KEPT]
    for name in idle:
        files.discard(name)
    return len(idle)


def _age(files: FileStore, name: str, now: datetime) -> timedelta:
    return now - datetime.fromtimestamp(files.path(name).stat().st_mtime, UTC)
