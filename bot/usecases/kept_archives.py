"""Which archives that records were imported from are kept; the trail tells."""

from __future__ import annotations

from bot.ports import UnitOfWork

BYTES = "bytes"  # what a line of an erasure calls the names of the bytes that went with it


def kept_archives(uow: UnitOfWork) -> frozenset[str]:
    """The names of their bytes: what an import brought, and no erasure after it took."""
    kept: set[str] = set()
    for line in uow.trail.done(("imported", "erased")):
        if line.action == "imported":
            kept.add(line.details["archive"])
        elif line.action == "erased":
            kept.difference_update(line.details.get(BYTES, "").split())
    return frozenset(kept)
