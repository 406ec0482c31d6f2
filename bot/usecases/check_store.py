"""Is everything that the records hold still there and unaltered?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bot.errors import NotFound
from bot.ports import FileStore, UnitOfWork
from bot.usecases.kept_archives import kept_archives


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReport:
    """The trail's and the files' state, each as a verdict and a sentence."""

    trail_ok: bool
    trail: str
    files_ok: bool
    files: str


def check_store(transaction: UnitOfWork, files: FileStore) -> StoreReport:
    """Reads every line of the trail and every stored file that anything holds.

    That is: records, waiting offers, submissions, and the archives that records came from. The
    files are read after the transaction, so that nobody waits for them.
    """
    with transaction as uow:
        broken = uow.trail.broken_at()
        archives = kept_archives(uow) if broken is None else ()
        names = sorted({*uow.records.hashes(), *archives})
    trail = "every line fits the one before" if broken is None else f"line {broken} was altered"
    bad = [name for name in names if not _whole(files, name)]
    told = "every file of every record is there, unaltered"
    if bad:
        told = f"{len(bad)} missing or altered, restore from a backup: {', '.join(bad[:5])}"
    return StoreReport(trail_ok=broken is None, trail=trail, files_ok=not bad, files=told)


def _whole(files: FileStore, name: str) -> bool:
    try:
        with files.path(name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == name
    except (NotFound, OSError):
        return False
