"""Where a batch of people cannot be told: fewer at once, until who it is about waits alone."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.ports import UnitOfWork
from bot.usecases.sweep_marks import NAME

log = logging.getLogger(__name__)
FEWER = 8  # by so much a batch that fails is divided
LATER = timedelta(hours=1)  # before one who cannot be told is looked at again
MOST_FAILURES = 20  # in a row, after which it is tried again at the next minute


def fewer(transaction: UnitOfWork, limit: int, *, now: datetime, why: Exception) -> int:
    """How many people to look at next, where so many at once failed.

    One who fails alone is put off, so that nobody else waits. Raises `why` where there is nobody to
    put off: more of the same would come to no end.
    """
    log.exception(
        "Notices of %d people at most could not be told, which is tried again with fewer at once",
        limit,
        extra={"action": "notices-batch-failed", "people": limit},
    )
    if limit == 1 and not _put_off_next(transaction, now=now):
        raise why
    return max(1, limit // FEWER)


def _put_off_next(transaction: UnitOfWork, *, now: datetime) -> bool:
    """False when nobody is due."""
    with transaction as uow:
        people = uow.looks.stirred(limit=1) or uow.looks.due(now=now, limit=1)
        swept, _ = uow.looks.swept(NAME)
        before = uow.looks.failed(people)
        since = {one: before.get(one, swept) for one in people}
        uow.looks.put(dict.fromkeys(people, now + LATER), failed=since)
        uow.commit()
    return bool(people)
