"""Forget what was kept for a while only, once its time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.pacing import WITHIN
from bot.ports import FileStore, UnitOfWork
from bot.usecases.hold_mail import ask_waiting
from bot.usecases.kept_archives import kept_archives
from bot.usecases.late_news import NEWS_FOR

DRAFTS_FOR = timedelta(days=7)  # longer than a draft can be sent without being made anew
PEOPLE, TURNS = 5_000, 200  # forgotten in one transaction, which others wait for; such transactions


def sweep(transaction: UnitOfWork, files: FileStore, *, now: datetime) -> int:
    """Forgets mails that waited too long or were discarded, and answers of before the last hour.

    The mails' bytes are discarded where nobody holds them: how many those were. Inside the
    transaction, so that nobody files the same bytes meanwhile; none of it waits for anybody any
    more. Whoever was not asked yet about what waits is asked, as far as there is time for it.
    News that were told in a digest are forgotten some weeks later, and whom a broadcast was for
    that nobody sent, or that was stopped.
    """
    _forget_people(transaction, now=now)
    with transaction as uow:
        uow.answers.forget(until=now - WITHIN)
        uow.gathered.forget(until=now - NEWS_FOR)
        told_of = uow.held_mails.forget(now=now)
        ask_waiting(uow, now=now)
        free = uow.erasure.unheld(told_of) - kept_archives(uow) if told_of else frozenset()
        for name in sorted(free):
            files.discard(name)
        uow.commit()
    return len(free)


def _forget_people(transaction: UnitOfWork, *, now: datetime) -> None:
    for _ in range(TURNS):
        with transaction as uow:
            if not uow.broadcasts.forget_people(until=now - DRAFTS_FOR, limit=PEOPLE):
                return
            uow.commit()
