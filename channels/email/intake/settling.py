"""Marks and moves what is dealt with; what the server refuses to move waits, and is moved later."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice

from bot.ports import Clock
from channels.email.intake import words
from channels.email.intake.connection import Connection
from channels.email.intake.faults import MailboxFailed
from channels.email.intake.taken import Outcome, Taken

log = logging.getLogger(__name__)
LATER = timedelta(hours=1)  # after which what was refused is tried again
AT_ONCE = 100  # mails that are moved by one command
MOST_BREAKS = 3  # connections in a row that end while mails are moved, before that waits too


class Settling:
    """What of one mailbox is dealt with, for as long as it may lie there."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._breaks = 0
        self._begin(0)

    def _begin(self, uidvalidity: int) -> None:
        self._uidvalidity = uidvalidity
        self._dealt: set[int] = set()
        self._stuck: dict[int, Outcome] = {}  # what is to be moved yet
        self._copied: set[int] = set()  # of these; else each try would make one more copy
        self._all_refused = False
        self._later: datetime | None = None

    def begin(self, uidvalidity: int) -> None:
        """The mailbox is open; with another number for its numbers nothing is known of it."""
        if uidvalidity != self._uidvalidity:
            self._begin(uidvalidity)

    def has(self, uid: int) -> bool:
        """Whether that mail is dealt with, although it lies in the inbox; from any thread."""
        return uid in self._dealt

    def forget(self, *, below: int) -> None:
        """Nobody will ask any more for mails of lower numbers."""
        self._dealt = {uid for uid in self._dealt if uid >= below}

    @property
    def told(self) -> str:
        """What whoever runs Carrel has to know; empty when all is well."""
        return words.not_moved(len(self._stuck)) if self._later else ""

    async def settle(self, connection: Connection, taken: Taken) -> None:
        """Marks and moves what is dealt with. Only a connection that ends raises."""
        dealt = {
            uid: outcome for uid, outcome in taken.outcomes.items() if outcome is not Outcome.AGAIN
        }
        self._dealt.update(dealt)
        self._stuck.update(dealt)
        if dealt and not (self._all_refused and self._waits()):
            await self._move(connection, dealt)

    async def again(self, connection: Connection) -> None:
        """Moves what was not moved before, when it is time to."""
        if self._waits():
            return
        left = dict(self._stuck)
        while some := dict(islice(left.items(), AT_ONCE)):
            await self._move(connection, some)
            if self._all_refused:
                return
            left = {uid: outcome for uid, outcome in left.items() if uid not in some}

    def _waits(self) -> bool:
        return self._later is not None and self._clock() < self._later

    async def _move(self, connection: Connection, some: Mapping[int, Outcome]) -> None:
        try:
            refused = await connection.settle(Taken(outcomes=dict(some)), copied=self._copied)
        except MailboxFailed:
            self._breaks += 1
            if self._breaks >= MOST_BREAKS:
                self._refused(len(some), all_=True)
            raise
        self._breaks = 0
        for uid in some:
            if uid not in refused:
                self._stuck.pop(uid, None)
        if refused:
            self._refused(len(refused), all_=len(refused) == len(some))
        else:
            self._all_refused = False
            self._later = self._later if self._stuck else None

    def _refused(self, count: int, *, all_: bool) -> None:
        self._all_refused = all_
        self._later = self._clock() + LATER
        extra = {"action": "mail-not-moved", "count": count}
        log.warning("Mails that are dealt with could not be moved", extra=extra)
