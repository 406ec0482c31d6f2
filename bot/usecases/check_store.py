"""Is everything that the records hold still there and unaltered?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from bot.errors import NotFound
from bot.ports import FileStore, UnitOfWork
from bot.usecases.check_reviews import altered_reviews
from bot.usecases.check_roles import unaccounted_roles
from bot.usecases.kept_archives import kept_archives

_NAMED = 10  # of what is wrong; the rest is counted
_FIND_OUT = "find out who wrote into the database, and restore a backup of before"
_FIX_ROLES = (
    "find out who wrote into the database; then give or take each role anew with carrel appoint"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing looked at: whether all is as it should be, and a sentence."""

    ok: bool
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreReport:
    """The state of the trail, of the files, and of what the trail tells of."""

    trail: Found
    files: Found
    reviews: Found
    roles: Found

    @property
    def findings(self) -> Mapping[str, Found]:
        """Each by what was looked at, in the order to tell them."""
        return {
            "trail": self.trail,
            "files": self.files,
            "reviews": self.reviews,
            "roles": self.roles,
        }

    @property
    def ok(self) -> bool:
        """Whether all is as it should be."""
        return all(found.ok for found in self.findings.values())


def check_store(transaction: UnitOfWork, files: FileStore) -> StoreReport:
    """Reads every line of the trail, all that it vouches for, and every file that anything holds.

    Those are the files of records, waiting offers and submissions, and the archives that records
    came from. They are read after the transactions, so that nobody waits for them.
    """
    with transaction as uow:
        broken = uow.trail.broken_at()
        archives = kept_archives(uow) if broken is None else ()
        names = sorted({*uow.records.hashes(), *archives})
    if broken is None:
        trail = Found(ok=True, told="every line fits the one before")
        reviews, roles = _reviews(transaction), _roles(transaction)
    else:
        trail = Found(ok=False, told=f"line {broken} was altered")
        reviews = roles = Found(ok=False, told="the trail was altered and vouches for nothing")
    return StoreReport(trail=trail, files=_files(files, names), reviews=reviews, roles=roles)


def _reviews(transaction: UnitOfWork) -> Found:
    with transaction as uow:
        wrong = (f"submission {number}: {said}" for number, said in altered_reviews(uow))
        return _found(wrong, good="every submission is as the trail tells", advice=_FIND_OUT)


def _roles(transaction: UnitOfWork) -> Found:
    with transaction as uow:
        found = unaccounted_roles(uow)
        wrong = (f"person {number}, {role}: {said}" for (number, role), said in found)
        return _found(wrong, good="everybody has the roles the trail tells of", advice=_FIX_ROLES)


def _found(wrong: Iterable[str], *, good: str, advice: str) -> Found:
    faults = iter(wrong)
    named = tuple(islice(faults, _NAMED))
    if not named:
        return Found(ok=True, told=good)
    rest = sum(1 for _ in faults)
    more = f"; and {rest} more" if rest else ""
    told = f"{len(named) + rest} not as the trail tells ({'; '.join(named)}{more})"
    return Found(ok=False, told=f"{told}: {advice}")


def _files(files: FileStore, names: Iterable[str]) -> Found:
    bad = [name for name in names if not _whole(files, name)]
    if not bad:
        return Found(ok=True, told="every file of every record is there, unaltered")
    told = f"{len(bad)} missing or altered, restore from a backup: {', '.join(bad[:5])}"
    return Found(ok=False, told=told)


def _whole(files: FileStore, name: str) -> bool:
    try:
        with files.path(name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == name
    except (NotFound, OSError):
        return False
