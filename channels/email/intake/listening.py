"""Reads a mailbox for as long as Carrel is served."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.channel_state import State
from bot.errors import CarrelError
from bot.ports import Clock, Mailboxes, MailboxPlace
from channels.email.access import ImapAccess
from channels.email.intake import words
from channels.email.intake.connection import Connection, connected
from channels.email.intake.faults import Fault, MailboxFailed
from channels.email.intake.mailbox import Mailbox
from channels.email.intake.taking import Outcome, Taking
from channels.email.standing import Sides
from channels.patience import Patience

log = logging.getLogger(__name__)
MOST_IDLE_FAULTS = 3  # in a row, after which the server is asked for news instead


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPatience(Patience):
    """In seconds too: `polling` is how often a server is asked that does not tell of news itself.

    `idling` is after how long one that does is asked all the same: whether it is still there, and
    whether it forgot to tell (RFC 2177 wants less than half an hour).
    """

    mending: float = 120.0
    polling: float = 30.0
    idling: float = 240.0


PATIENCE = MailPatience()


class Listening:
    """Takes what is new in one mailbox, in its order, until cancelled.

    What came before the mailbox was seen first stays untouched. Trouble is told and outlasted.
    """

    def __init__(
        self,
        access: ImapAccess,
        places: Mailboxes,
        sides: Sides,
        *,
        clock: Clock,
        patience: MailPatience = PATIENCE,
    ) -> None:
        self._access = access
        self._places = places
        self._sides = sides
        self._clock = clock
        self._patience = patience
        self._idle_faults = 0
        self._failures = 0

    async def run(self, taking: Taking) -> None:
        """Until cancelled."""
        while True:
            try:
                async with connected(self._access) as connection:
                    await self._rounds(connection, taking)
            except MailboxFailed as failure:
                await self._outlast(failure)
            except CarrelError as error:  # the database is away, or the certificates' file
                self._failures += 1
                extra = {"action": "mailbox-waits", "error": type(error).__name__}
                log.warning("Mail waits in the mailbox", extra=extra)
                await asyncio.sleep(self._patience.pause(self._failures))

    async def _outlast(self, failure: MailboxFailed) -> None:
        extra = {"action": "mailbox-failed", "error": str(failure)}
        log.warning("The mailbox is not read: %s", failure.told, extra=extra)
        if (failure.method, failure.fault) == ("idle", Fault.UNABLE):
            self._idle_faults += 1
            return
        self._failures += 1
        self._sides.mailbox(failure.state, failure.told)
        await asyncio.sleep(self._patience.after(self._failures, failure))

    async def _rounds(self, connection: Connection, taking: Taking) -> None:
        place, since = await self._place(connection.box)
        while True:
            failed = await connection.do(Mailbox.failed_count)
            self._sides.mailbox(State.CONNECTED, words.lie_in_failed(failed))
            reached, whole = await self._sweep(connection, taking, place, since=since)
            if (reached != place or since) and (whole or since is None):
                await asyncio.to_thread(self._places.keep, self._access.name, reached)
                place = reached
            if whole:
                since, self._failures = None, 0
                if await connection.do(Mailbox.failed_count) == failed:
                    await self._rest(connection)
            else:
                self._failures += 1
                await asyncio.sleep(self._patience.pause(self._failures))

    async def _place(self, box: Mailbox) -> tuple[MailboxPlace, datetime | None]:
        """Where to go on, and where numbers tell nothing any more, since when to look again."""
        name = self._access.name
        known = await asyncio.to_thread(self._places.place, name)
        if known is None:
            # The server tells whole seconds of when it got a mail.
            now = self._clock().replace(microsecond=0)
            known = MailboxPlace(uidvalidity=box.uidvalidity, next_uid=box.uid_next, since=now)
            await asyncio.to_thread(self._places.keep, name, known)
        elif known.uidvalidity != box.uidvalidity or known.next_uid > box.uid_next:
            extra = {"action": "mailbox-renumbered"}
            log.warning("The mailbox has new numbers: it is looked through again", extra=extra)
            return replace(known, uidvalidity=box.uidvalidity, next_uid=1), known.since
        return known, None

    async def _sweep(
        self,
        connection: Connection,
        taking: Taking,
        place: MailboxPlace,
        *,
        since: datetime | None,
    ) -> tuple[MailboxPlace, bool]:
        """Takes what there is; how far that went, and whether to the end."""
        first = place.next_uid
        listed = connection.parcels(lambda box: box.listed(first, since=since))
        async with aclosing(listed) as parcels:
            async for parcel in parcels:
                taken = await taking.take(parcel)
                await connection.settle(taken)
                if again := taken.uids(Outcome.AGAIN):
                    return replace(place, next_uid=min(again)), False
                last = max((one.listed.uid for one in parcel), default=0)
                place = replace(place, next_uid=max(place.next_uid, last + 1))
        if since is not None:  # what came before that instant has lower numbers
            place = replace(place, next_uid=max(place.next_uid, connection.box.uid_next))
        return place, True

    async def _rest(self, connection: Connection) -> None:
        """Until there is news, as far as the server tells."""
        if self._idle_faults >= MOST_IDLE_FAULTS or not await connection.do(_can_idle):
            await connection.do(lambda box: box.sleep(self._patience.polling))
            return
        await connection.do(lambda box: box.wait(self._patience.idling))
        self._idle_faults = 0


def _can_idle(box: Mailbox) -> bool:
    return box.can_idle
